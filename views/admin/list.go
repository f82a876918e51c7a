package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
)

// Lists are the drop-down lists of the organization.
type Lists struct {
	layout.Page
	Lists   []ListLine
	Name    string // typed for a new one
	Refused fault.Fields
}

// ListLine is a drop-down list with how many options it has.
type ListLine struct {
	ID      int64
	Name    string
	Options int
}

// List is one drop-down list.
type List struct {
	layout.Page
	List        models.SelectFieldType
	Options     []models.SelectFieldData // in order
	More        bool                     // there are more than are shown
	Name, Lines string                   // as typed, where refused
	Refused     fault.Fields
}

func listHref(id int64, rest string) string { return fmt.Sprintf("/admin/lists/%d%s", id, rest) }

func optionHref(o models.SelectFieldData, rest string) string {
	return fmt.Sprintf("/admin/list-options/%d%s", o.ID, rest)
}

func (l ListLine) count() string {
	if l.Options == 1 {
		return "1 option"
	}
	return fmt.Sprintf("%d options", l.Options)
}

func (p List) name() string {
	if p.Refused["name"] != "" {
		return p.Name
	}
	return p.List.Name
}

// below are the options that stand under one, or with 0 at the top: those whose parent is not shown in this list.
func (p List) below(id int64) []models.SelectFieldData {
	shown := map[int64]bool{}
	for _, o := range p.Options {
		shown[o.ID] = true
	}
	var found []models.SelectFieldData
	for _, o := range p.Options {
		parent := int64(0)
		if o.ParentID != nil && shown[*o.ParentID] && *o.ParentID != o.ID {
			parent = *o.ParentID
		}
		if parent == id {
			found = append(found, o)
		}
	}
	return found
}

// under names a parent that stands in another list or was deleted.
func (p List) under(o models.SelectFieldData) string {
	if o.ParentValue == nil {
		return ""
	}
	return "Under " + *o.ParentValue
}
