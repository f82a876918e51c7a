package resource

import (
	"context"

	"github.com/assay-hire/assay/internal/access"
	"gorm.io/gorm"
)

// Verb is one of the five things that can be done with a resource.
type Verb string

// The verbs.
const (
	List   Verb = "list"
	View   Verb = "view"
	Create Verb = "create"
	Update Verb = "update"
	Delete Verb = "delete"
)

// Declaration is one resource of an API as data. Lists of names are one text with spaces between the names; all names
// are wire names, which a struct holds in its JSON tags.
type Declaration struct {
	Name  string // unique among all, as relations call it: "candidate", "admin.category"
	Path  string // of the list, {word} standing for the key of what it is below: "/admin/organization/{oid}/category"
	Alias string // other paths that lead to the same list
	About string // a sentence for readers of the documentation
	Model any    // the zero value of the table's struct
	Verbs string // "list view create update delete"

	Grant  string                // the matrix's subject: "candidate" asks for candidate.view, candidate.create …
	Grants map[Verb]access.Grant // where a verb asks for something else
	Rows   Rows                  // which rows exist for an actor; nil for those of the own organization
	Above  map[string]string     // word of Path: the column that holds the key
	Below  Narrow                // else which rows are below what the path names; nil for all

	Filters string            // columns that a parameter of the same name compares; id and ids always do
	Part    string            // text columns of which a part is enough, whatever case and accents
	Where   map[string]Filter // parameters that take more than a column
	Search  string            // columns that s looks through, by their name in the table
	Sorts   string            // beside id, created_at and updated_at
	Order   string            // what a list is sorted by unless asked otherwise, as sort has it; "" for the key
	Unasked Narrow            // what a list shows that nothing was asked of; nil for all
	Narrows string            // parameters that narrow the reading of a single row too
	Deleted Deletion          // how lists treat rows that are deleted

	Hide     string              // columns not sent although they have a wire name
	Decimals string              // numbers sent as text with two places
	Also     map[string]string   // second name of a member: its first
	Fields   map[string]Field    // members that are no column; one of a column's name takes its place
	Expands  map[string]Relation // relations by the name they are asked for
	Links    map[string]string   // name: path with {member}; left out while a member it needs is null

	Create, Update string            // members that a body may set; "name!" must be there
	Inputs         map[string]Kind   // members of a body that are no member of the row
	Accepts        map[string]string // other spelling in a body: member
	Passes         string            // documented members of bodies that the server sets itself: taken, and passed over
	Before         Hook              // looks at a row before it is written, and completes it
}

// Rows says which rows of a table exist for an actor.
type Rows func(access.Actor) access.Scope

// Every is the Rows of a table that is the same for everybody.
func Every(access.Actor) access.Scope { return func(db *gorm.DB) *gorm.DB { return db } }

// Narrow leaves out rows by what is asked.
type Narrow func(ask Ask, db *gorm.DB) *gorm.DB

// Deletion says what a list shows of rows that were deleted.
type Deletion int

// HideDeleted lists them with is_deleted=true only; ShowDeleted lists all; RestoreDeleted hides them from lists, but
// lets an update find and restore them.
const (
	HideDeleted Deletion = iota
	ShowDeleted
	RestoreDeleted
)

// Filter is a parameter of a list that narrows it by more than one column of its table.
type Filter struct {
	Kind Kind
	// SQL is a condition with one ? for the list of values, as in "id IN (SELECT … WHERE panel_id IN ?)". For a Boolean
	// it is the condition itself, negated when the value is false.
	SQL string
	// By narrows where a fixed condition cannot. Values are of the kind's Go type.
	By func(ask Ask, db *gorm.DB, values []any) *gorm.DB
	// Keyed says that the parameter is a map, name[key]=value; By gets pairs of key and value then.
	Keyed bool
	// Hidden leaves the parameter out of the documentation.
	Hidden bool
}

// Relation leads from a row to one other row, or to several.
type Relation struct {
	To   string // the other resource's name
	By   string // column here that holds the other's key
	Back string // else: column there that holds the key of the row here, and the relation is a list
	Only string // condition on the rows there, if not all are meant
}

// Change is a write about to happen, as a Hook sees it.
type Change struct {
	Tx     *gorm.DB
	Ask    Ask
	Verb   Verb
	Values Values // what the body set
	Row    any    // pointer to the row as it is going to be
	Was    any    // pointer to the row as it is; nil on create
}

// Hook completes or refuses a write.
type Hook func(ctx context.Context, c *Change) error

// Load is what computed members have in hand.
type Load struct {
	DB  *gorm.DB
	Ask Ask
}

// Field is a member that is no column.
type Field struct {
	Kind  Kind
	Asked bool // sent only when expand names it, and in the answer to a write
	of    func(ctx context.Context, l Load, rows any) ([]any, error)
}

// OnRequest returns the field as one that is sent only when expand names it, and in the answer to a write.
func (f Field) OnRequest() Field { f.Asked = true; return f }

// From returns a member computed from its row alone.
func From[T any](kind Kind, f func(row T, ask Ask) any) Field {
	return Field{Kind: kind, of: func(_ context.Context, l Load, rows any) ([]any, error) {
		values := make([]any, 0)
		for _, row := range rows.([]T) {
			values = append(values, f(row, l.Ask))
		}
		return values, nil
	}}
}

// Together returns a member computed for all rows of a page at once, in their order: one query, not one a row.
func Together[T any](kind Kind, f func(ctx context.Context, l Load, rows []T) ([]any, error)) Field {
	return Field{Kind: kind, of: func(ctx context.Context, l Load, rows any) ([]any, error) { return f(ctx, l, rows.([]T)) }}
}
