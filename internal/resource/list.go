package resource

import (
	"context"
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/access"
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
	page, db := Page{Size: min(size, MostPageSize)}, db.WithContext(ctx)
	q, err := r.narrow(ask, r.among(ask, db, r.listed()))
	if err != nil {
		return page, err
	}
	_, byCursor := ask.Params["cursor"]
	if byCursor {
		q, err = r.along(q, ask)
	} else {
		q, err = r.numbered(q, ask, &page)
	}
	if err != nil {
		return page, err
	}
	rows, objects, err := r.read(ctx, Load{DB: db, Ask: ask}, q.Limit(page.Size), wanted(ask.Params))
	if byCursor && len(objects) == page.Size {
		page.Next = cursorOf(keyAt(rows, page.Size-1))
	}
	page.Objects = objects
	return page, err
}

// listed is what lists show of deleted rows: those that can be restored are found by an update only.
func (r *Resource) listed() Deletion {
	if r.Deleted == RestoreDeleted {
		return HideDeleted
	}
	return r.Deleted
}

// read runs a query of the resource's rows and encodes what it finds.
func (r *Resource) read(ctx context.Context, l Load, q *gorm.DB, w want) (rows reflect.Value, objects []Object, err error) {
	found := reflect.New(reflect.SliceOf(r.rowType))
	if err := q.Find(found.Interface()).Error; err != nil {
		return found.Elem(), nil, fmt.Errorf("read %s: %w", r.Name, err)
	}
	objects, err = r.encode(ctx, l, found.Elem(), w)
	return found.Elem(), objects, err
}

func keyAt(rows reflect.Value, i int) int64 { return rows.Index(i).FieldByName("ID").Int() }

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
func (r *Resource) along(q *gorm.DB, ask Ask) (*gorm.DB, error) {
	if len(ask.Params["sort"]) > 0 {
		return nil, fault.Field("sort", "A list read by cursor is in the order of its ids.")
	}
	if at := ask.Params.First("cursor"); at != "" {
		id, ok := readCursor(at)
		if !ok {
			return nil, fault.Field("cursor", "This is no cursor of a list. Leave it empty to begin.")
		}
		q = q.Where(r.key+" > ?", id)
	}
	return q.Order(r.key), nil
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
	return strings.Join(append(terms, r.key), ", "), nil
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
	only := ask
	only.Params = Params{}
	for _, name := range append(strings.Fields(r.Narrows), "is_deleted") {
		only.Params[name] = ask.Params[name]
	}
	db = db.WithContext(ctx)
	q, err := r.narrow(only, r.among(only, db, r.Deleted).Where(r.key+" = ?", id))
	if err != nil {
		return Object{}, err
	}
	_, objects, err := r.read(ctx, Load{DB: db, Ask: ask}, q.Limit(1), wanted(ask.Params))
	if err != nil {
		return Object{}, err
	}
	if len(objects) == 0 {
		return Object{}, fault.Missing(r.noun())
	}
	return objects[0], nil
}

// noun is what messages call a row.
func (r *Resource) noun() string {
	name := r.Name[strings.LastIndexByte(r.Name, '.')+1:]
	return strings.ReplaceAll(name, "-", " ")
}
