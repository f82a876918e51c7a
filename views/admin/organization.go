package admin

import (
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Organization is what an organization says about itself.
type Organization struct {
	layout.Page
	Organization models.Organization
	MayChange    bool
	Refused      fault.Fields
}

// Organizations are the own one and those one manages.
type Organizations struct {
	layout.Page
	Organizations  []models.Organization
	Own            int64
	Name, TimeZone string // of the one to be founded, as typed
	MayFound       bool
	Refused        fault.Fields
}

// Managed is one of them, with who manages it.
type Managed struct {
	Organization
	Links  []models.OrganizationManager
	Users  []models.User // behind the links
	Email  string        // typed
	Me     int64
	IsHome bool
}

func (p Managed) path(end string) string {
	return "/admin/organizations/" + number(p.Organization.Organization.ID) + end
}

func (p Managed) user(link models.OrganizationManager) models.User {
	for _, u := range p.Users {
		if u.ID == link.UserID {
			return u
		}
	}
	return models.User{}
}

// Fields is the list of custom fields, and a form for one of them.
type Fields struct {
	layout.Page
	Fields  []models.CustomField
	Typed   models.CustomField // what the form holds; a zero ID is a new one
	Refused fault.Fields
}

// Categories is the list of categories and of reasons for statuses.
type Categories struct {
	layout.Page
	Categories []models.Category
	Reasons    []models.StatusReason
	Typed      models.Category
	Reason     models.StatusReason
	Refused    fault.Fields
}

func fieldOwner(t models.CustomFieldType) string {
	if t == models.AssessmentField {
		return "Assessments"
	}
	return "Candidates"
}

func fieldKinds() []ui.Option {
	var options []ui.Option
	for _, k := range models.FieldKinds {
		options = append(options, ui.Option{Value: k.Name, Label: k.Label})
	}
	return options
}

func fieldKind(name *string) string {
	for _, k := range models.FieldKinds {
		if name != nil && k.Name == *name {
			return k.Label
		}
	}
	return "Text"
}

func fieldPlaces(f models.CustomField) string {
	switch {
	case f.IsHidden:
		return "Hidden"
	case f.IsReport:
		return "Shown, and in reports"
	}
	return "Shown"
}

// group is a heading with the categories of one type.
type group struct {
	label      string
	categories []models.Category
}

func (p Categories) groups() []group {
	var groups []group
	for _, t := range models.CategoryTypes {
		g := group{label: t.Label()}
		for _, c := range p.Categories {
			if c.Type == t {
				g.categories = append(g.categories, c)
			}
		}
		if len(g.categories) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func categoryTypes() []ui.Option {
	var options []ui.Option
	for _, t := range models.CategoryTypes {
		options = append(options, ui.Option{Value: number(int64(t)), Label: t.Label()})
	}
	return options
}

func decisions() []ui.Option {
	var options []ui.Option
	for _, k := range models.Decisions {
		options = append(options, ui.Option{Value: number(k.ID()), Label: k.Label()})
	}
	return options
}

func reasonStatus(r models.StatusReason) string {
	if r.StatusID == nil {
		return ""
	}
	return models.StatusOf(*r.StatusID).Label()
}
