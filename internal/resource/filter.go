package resource

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/textfold"
	"gorm.io/gorm"
)

// equal narrows by a column being one of the values.
func (r *Resource) equal(c column) Filter {
	switch c.kind {
	case Moment, Day:
		return Filter{Kind: c.kind, By: func(_ Ask, db *gorm.DB, values []any) *gorm.DB { return within(db, r.sql(c), values) }}
	case Boolean:
		return Filter{Kind: Boolean, SQL: r.sql(c)}
	default:
		return Filter{Kind: c.kind, SQL: r.sql(c) + " IN ?"}
	}
}

// within narrows by a time being in the second that a value names, or on its day when it names midnight exactly: a
// caller who knows a date only means all of it.
func within(db *gorm.DB, column string, values []any) *gorm.DB {
	either := db.Session(&gorm.Session{NewDB: true})
	for i, v := range values {
		from := v.(time.Time)
		to := from.Add(time.Second)
		if from.Equal(from.Truncate(24 * time.Hour)) {
			to = from.Add(24 * time.Hour)
		}
		if condition := column + " >= ? AND " + column + " < ?"; i == 0 {
			either = either.Where(condition, from, to)
		} else {
			either = either.Or(condition, from, to)
		}
	}
	return db.Where(either)
}

// part narrows by a text holding one of the values somewhere, whatever case and accents.
func (r *Resource) part(c column) Filter {
	return Filter{Kind: Text, By: func(_ Ask, db *gorm.DB, values []any) *gorm.DB {
		return holding(db, []string{r.sql(c)}, values)
	}}
}

// holding narrows by any of the columns holding any of the values.
func holding(db *gorm.DB, columns []string, values []any) *gorm.DB {
	var conditions []string
	var patterns []any
	for _, v := range values {
		for _, c := range columns {
			folded := database.Dialect(db.Name()).Folded(c)
			if strings.HasSuffix(c, `."search_text"`) {
				folded = c // is folded already
			}
			conditions = append(conditions, folded+` LIKE ? ESCAPE '\'`)
			patterns = append(patterns, "%"+textfold.Like(textfold.Fold(v.(string)))+"%")
		}
	}
	return db.Where("("+strings.Join(conditions, " OR ")+")", patterns...)
}

// narrow applies the parameters of a list. Parameters that the resource does not know are left alone.
func (r *Resource) narrow(ask Ask, db *gorm.DB) (*gorm.DB, error) {
	bad, asked := fault.Fields{}, false
	for _, name := range slices.Sorted(maps.Keys(ask.Params)) {
		f, known := r.filters[name]
		if !known {
			continue
		}
		values, err := f.read(ask.Params, name)
		if err != nil {
			f, _ := fault.As(err)
			bad[name] = f.Fields[name]
			continue
		}
		if len(values) > 0 {
			db, asked = f.apply(ask, db, values), true
		}
	}
	if term := strings.TrimSpace(ask.Params.First("s")); term != "" && len(r.search) > 0 {
		if _, own := r.filters["s"]; !own && storable(term) {
			db, asked = holding(db, r.search, []any{term}), true
		}
	}
	if r.Unasked != nil && !asked {
		db = r.Unasked(ask, db)
	}
	return db, fault.Refuse(bad)
}

func (f Filter) read(params Params, name string) ([]any, error) {
	if f.Keyed {
		return params.pairs(name)
	}
	return params.values(name, f.Kind)
}

func (f Filter) apply(ask Ask, db *gorm.DB, values []any) *gorm.DB {
	switch {
	case f.By != nil:
		return f.By(ask, db, values)
	case f.Kind == Boolean:
		yes, no := slices.Contains(values, any(true)), slices.Contains(values, any(false))
		if yes == no {
			return db
		}
		if no {
			return db.Where("NOT (" + f.SQL + ")")
		}
		return db.Where(f.SQL)
	default:
		return db.Where(f.SQL, values)
	}
}

// among begins a query of the rows that exist for the actor: the resource's scope, below what the path names, not deleted
// unless that is asked for. The organization comes first in the condition: SQLite goes by the order of its parts where
// two ways seem alike, and would read all organizations' rows.
func (r *Resource) among(ask Ask, db *gorm.DB, deleted Deletion) *gorm.DB {
	db = r.scope(ask.Actor)(db.Table(r.table.Table))
	for word, name := range r.Above {
		db = db.Where(r.sql(r.column[name])+" = ?", ask.Above[word])
	}
	if r.Below != nil {
		db = r.Below(ask, db)
	}
	c, deletable := r.column["is_deleted"]
	if !deletable || deleted != HideDeleted {
		return db
	}
	if yes, err := parseBool(ask.Params.First("is_deleted")); err == nil && yes == true {
		return db.Where(r.sql(c))
	}
	return db.Where("NOT " + r.sql(c))
}
