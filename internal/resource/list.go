package resource

import (
	"context"
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"gorm.io/gorm"
)

// How many rows a page holds when nothing is asked, and at most.
const (
	PageSize     = 20
	MostPageSize = 50
)

// Page is some rows of a list. With a cursor there is no count: Total and Number are 0, and Next is where to go on, ""
// at the end.
type Page struct {
	Objects             []Object
	Total               int64
	Number, Size, Count int
	Next                string
}

// List returns the page of rows that the parameters ask for. Faults: Forbidden, Invalid with the parameters at fault.
func (r *Resource) List(ctx context.Context, db *gorm.DB, ask Ask) (Page, error) {
	if err := access.Check(ask.Actor, r.GrantFor(List)); err != nil {
		return Page{}, err
	}
	size, err := ask.Params.number(PageSize, "pageSize", "per-page")
	if err != nil {
		return Page{}, err
	}
	page := Page{Size: min(size, MostPageSize)}
	deleted := r.Deleted
	if deleted == RestoreDeleted {
		deleted = HideDeleted
	}
	q, err := r.narrow(ask, r.among(ask, db.WithContext(ctx).Table(r.table.Table), deleted))
	if err != nil {
		return page, err
	}
	if _, along := ask.Params["cursor"]; along {
		q, err = r.along(q, ask, &page)
	} else {
		q, err = r.numbered(q, ask, &page)
	}
	if err != nil {
		return page, err
	}
	rows := reflect.New(reflect.SliceOf(r.rowType))
	if err := q.Limit(page.Size).Find(rows.Interface()).Error; err != nil {
		return page, fmt.Errorf("list %s: %w", r.Name, err)
	}
	if n := rows.Elem().Len(); ask.Params["cursor"] != nil && n == page.Size {
		page.Next = cursorOf(rows.Elem().Index(n - 1).FieldByName("ID").Int())
	}
	page.Objects, err = r.encode(ctx, Load{DB: db.WithContext(ctx), Ask: ask}, rows.Elem(), wanted(ask.Params))
	return page, err
}

// numbered goes by page numbers, with the exact count that the documented headers hold.
func (r *Resource) numbered(q *gorm.DB, ask Ask, page *Page) (*gorm.DB, error) {
	number, err := ask.Params.number(1, "page")
	if err != nil {
		return nil, err
	}
	order, err := r.order(ask.Params)
	if err != nil {
		return nil, err
	}
	if err := q.Session(&gorm.Session{}).Count(&page.Total).Error; err != nil {
		return nil, fmt.Errorf("count %s: %w", r.Name, err)
	}
	page.Number, page.Count = number, int((page.Total+int64(page.Size)-1)/int64(page.Size))
	return q.Order(order).Offset((number - 1) * page.Size), nil
}

// along goes by key from where the last page ended, as fast at the end as at the start.
func (r *Resource) along(q *gorm.DB, ask Ask, page *Page) (*gorm.DB, error) {
	if len(ask.Params["sort"]) > 0 {
		return nil, fault.Field("sort", "A list read by cursor is in the order of its ids.")
	}
	if at := ask.Params.First("cursor"); at != "" {
		id, ok := readCursor(at)
		if !ok {
			return nil, fault.Field("cursor", "This is no cursor of a list. Leave it empty to begin.")
		}
		q = q.Where(r.table.Table+".id > ?", id)
	}
	return q.Order(r.table.Table + ".id"), nil
}

func cursorOf(id int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("id:" + strconv.FormatInt(id, 10)))
}

func readCursor(text string) (int64, bool) {
	plain, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return 0, false
	}
	digits, ok := strings.CutPrefix(string(plain), "id:")
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, ok && err == nil
}

// order reads sort=-created_at,id. The key comes last, so that no row is on two pages.
func (r *Resource) order(params Params) (string, error) {
	var terms []string
	last := r.table.Table + ".id"
	names := params.Names("sort")
	if len(names) == 0 {
		names = strings.Fields(r.Order)
	}
	for _, name := range names {
		plain, down := strings.CutPrefix(name, "-")
		c, ok := r.sorts[plain]
		if !ok {
			return "", fault.Field("sort", "This list cannot be sorted by %q.", plain)
		}
		term := r.sql(c)
		if c.nullable() {
			terms = append(terms, term+" IS NULL") // none comes last, on both databases
		}
		if down {
			term += " DESC"
		}
		terms = append(terms, term)
		if plain == "id" {
			return strings.Join(terms, ", "), nil
		}
	}
	return strings.Join(append(terms, last), ", "), nil
}

// View returns one row. Faults: Forbidden, NotFound.
func (r *Resource) View(ctx context.Context, db *gorm.DB, ask Ask, id int64) (Object, error) {
	if err := access.Check(ask.Actor, r.GrantFor(View)); err != nil {
		return Object{}, err
	}
	return r.show(ctx, db, ask, id)
}

// show is View without asking for the grant: what a write answers with.
func (r *Resource) show(ctx context.Context, db *gorm.DB, ask Ask, id int64) (Object, error) {
	rows := reflect.New(reflect.SliceOf(r.rowType))
	only := ask
	only.Params = Params{}
	for _, name := range append(strings.Fields(r.Narrows), "is_deleted") {
		only.Params[name] = ask.Params[name]
	}
	q, err := r.narrow(only, r.among(only, db.WithContext(ctx).Table(r.table.Table), r.Deleted).Where(r.table.Table+".id = ?", id))
	if err != nil {
		return Object{}, err
	}
	if err := q.Limit(1).Find(rows.Interface()).Error; err != nil {
		return Object{}, fmt.Errorf("view %s %d: %w", r.Name, id, err)
	}
	if rows.Elem().Len() == 0 {
		return Object{}, database.Fault(gorm.ErrRecordNotFound, r.noun())
	}
	objects, err := r.encode(ctx, Load{DB: db.WithContext(ctx), Ask: ask}, rows.Elem(), wanted(ask.Params))
	if err != nil {
		return Object{}, err
	}
	return objects[0], nil
}

// noun is what messages call a row.
func (r *Resource) noun() string {
	name := r.Name[strings.LastIndexByte(r.Name, '.')+1:]
	return strings.ReplaceAll(name, "-", " ")
}
