package resource

import (
	"context"
	"encoding/base64"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"gorm.io/gorm"
)

// SyncParam is the parameter with which a list is read by what changed: empty to begin, then the token of the last page.
const SyncParam = "sync_token"

// SinceParam is the parameter that narrows a list to the rows that were made or changed from a time on.
const SinceParam = "updated_since"

// Feed is some rows of a list that is read by what changed. A row that is gone, or that is not among those asked for any
// more, is {id, is_deleted: true}.
type Feed struct {
	Objects []Object
	Token   string // where to go on
	More    bool   // there is more right now
}

// HasFeed tells whether the list can be read by what changed.
func (r *Resource) HasFeed() bool { return r.watched }

// spot is how far a reader has come. While it reads the rows for the first time, in the order of their keys, it keeps
// the place of its first page: from there on it reads what changed.
type spot struct {
	of      string // the resource
	place   database.Place
	isFirst bool
	key     int64 // of the last row read for the first time
}

func (s spot) token() string {
	first := 0
	if s.isFirst {
		first = 1
	}
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %d %d %s", s.place.Tx, s.place.ID, first, s.key, s.of))
}

func (r *Resource) readToken(token string) (s spot, err error) {
	plain, undecoded := base64.RawURLEncoding.DecodeString(token)
	first := 0
	_, unread := fmt.Sscanf(string(plain), "%d %d %d %d %s", &s.place.Tx, &s.place.ID, &first, &s.key, &s.of)
	if s.isFirst = first == 1; undecoded != nil || unread != nil || s.of != r.Name {
		return s, fault.Field(SyncParam, "This is no token of this list. Leave it empty to begin.")
	}
	return s, nil
}

// Changes returns the rows that changed since the page that gave the token, each once and as it is now; with an empty
// token it begins with all rows. Filters apply; a change that is still in a transaction comes later and is never missed.
// Faults: Forbidden; Invalid; Gone for a token so old that what changed since is not known any more.
func (r *Resource) Changes(ctx context.Context, db *gorm.DB, ask Ask) (Feed, error) {
	if err := access.Check(ask.Actor, r.GrantFor(List)); err != nil {
		return Feed{}, err
	}
	size, err := r.checkFeed(ask)
	if err != nil {
		return Feed{}, err
	}
	db = db.WithContext(ctx)
	settled, floor, err := database.SettledPlace(db)
	if err != nil {
		return Feed{}, err
	}
	from := spot{of: r.Name, place: settled, isFirst: true}
	if token := strings.TrimSpace(ask.Params.First(SyncParam)); token != "" {
		if from, err = r.readToken(token); err != nil {
			return Feed{}, err
		}
	}
	if from.place.Before(floor) || settled.Before(from.place) {
		return Feed{}, tooOld()
	}
	if from.isFirst {
		return r.firstRows(ctx, db, ask, from, size)
	}
	feed, err := r.changedRows(ctx, db, ask, from, settled, size)
	if err != nil {
		return Feed{}, err
	}
	// Pruned while this was read?
	if _, floor, err = database.SettledPlace(db); err == nil && from.place.Before(floor) {
		err = tooOld()
	}
	return feed, err
}

func tooOld() error {
	return fault.New(fault.Gone, "This token is too old: what changed since is not known any more. Read the list anew, with an empty %s.", SyncParam)
}

func (r *Resource) checkFeed(ask Ask) (size int, err error) {
	bad := fault.Fields{}
	if !r.watched {
		bad[SyncParam] = "This list cannot be read by what changed."
	}
	for _, name := range []string{"page", "cursor", "sort"} {
		if len(ask.Params[name]) > 0 {
			bad[name] = "A list that is read by what changed has its own order."
		}
	}
	if err := fault.Refuse(bad); err != nil {
		return 0, err
	}
	size, err = ask.Params.number(PageSize, "pageSize", "per-page")
	return min(size, MostPageSize), err
}

// firstRows reads all rows once, by key.
func (r *Resource) firstRows(ctx context.Context, db *gorm.DB, ask Ask, from spot, size int) (Feed, error) {
	rows, objects, err := r.readFed(ctx, db, ask, func(q *gorm.DB) *gorm.DB {
		return q.Where(r.key+" > ?", from.key).Order(r.key).Limit(size + 1)
	})
	next := from
	if next.isFirst = len(objects) > size; next.isFirst {
		objects, next.key = objects[:size], keyAt(rows, size-1)
	}
	return Feed{Objects: objects, Token: next.token(), More: next.isFirst}, err
}

// readFed reads those of the rows that are asked for that a condition names. Deleted ones are told of by their changes.
func (r *Resource) readFed(ctx context.Context, db *gorm.DB, ask Ask, only func(*gorm.DB) *gorm.DB) (reflect.Value, []Object, error) {
	q, err := r.narrow(ask, r.among(ask.plain(), db, r.Deleted))
	if err != nil {
		return reflect.Value{}, nil, err
	}
	return r.read(ctx, Load{DB: db, Ask: ask}, only(q), wanted(ask.Params))
}

// changedRows reads what changed up to where changes are complete: the rows as they are now, in the order of the changes.
func (r *Resource) changedRows(ctx context.Context, db *gorm.DB, ask Ask, from spot, settled database.Place, size int) (Feed, error) {
	changes, err := database.ChangesBetween(db, ask.Actor.OrganizationID, r.table.Table, from.place, settled, size+1)
	next := spot{of: r.Name, place: settled}
	isMore := len(changes) > size
	if isMore {
		changes = changes[:size]
		next.place = database.PlaceOf(changes[size-1])
	}
	feed := Feed{Token: next.token(), More: isMore}
	if err != nil || len(changes) == 0 {
		return feed, err
	}
	ids := make([]int64, len(changes))
	for i, c := range changes {
		ids[i] = c.RowID
	}
	rows, objects, err := r.readFed(ctx, db, ask, func(q *gorm.DB) *gorm.DB { return q.Where(r.key+" IN ?", ids) })
	if err != nil {
		return feed, err
	}
	hidden, err := r.hiddenRows(db, ask, ids)
	if err != nil {
		return feed, err
	}
	shown := map[int64]Object{}
	for i, o := range objects {
		shown[keyAt(rows, i)] = o
	}
	for _, id := range ids {
		if o, there := shown[id]; there {
			feed.Objects = append(feed.Objects, o)
		} else if !hidden[id] {
			feed.Objects = append(feed.Objects, goneRow(id))
		}
	}
	return feed, nil
}

func goneRow(id int64) (o Object) {
	o.Set("id", id)
	o.Set("is_deleted", true)
	return o
}

// hiddenRows returns the rows that are there, but not for the actor: nothing is told of those.
func (r *Resource) hiddenRows(db *gorm.DB, ask Ask, ids []int64) (map[int64]bool, error) {
	var there, visible []int64
	err := db.Table(r.table.Table).Where(r.key+" IN ?", ids).Pluck(r.key, &there).Error
	if err == nil {
		err = r.among(ask.plain(), db, ShowDeleted).Where(r.key+" IN ?", ids).Pluck(r.key, &visible).Error
	}
	if err != nil {
		return nil, fmt.Errorf("look for changed rows of %s: %w", r.Name, err)
	}
	hidden := map[int64]bool{}
	for _, id := range there {
		hidden[id] = !slices.Contains(visible, id)
	}
	return hidden, nil
}
