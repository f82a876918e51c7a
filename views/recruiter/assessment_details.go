package recruiter

import (
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// AssessmentDetails is the form of what an assessment is called, who runs it and when it can be taken.
type AssessmentDetails struct {
	Title, Description, ExternalID string
	Start, End                     Moment
	Owner                          string // user id
	Credit                         string // minutes
	Categories                     string // names between commas
	Collaborators                  []CollaboratorLine
	Fields                         []CustomValue
	Users                          []models.User // who may be chosen
	Known                          []string      // names of categories that exist
	Refused                        fault.Fields
}

// Moment is a day, a time and the zone they are meant in, as typed.
type Moment struct{ Date, Time, Zone string }

// CollaboratorLine is a collaborator as shown in the form.
type CollaboratorLine struct {
	UserID int64
	Name   string
	Role   models.CollaboratorRole
}

// CustomValue is a custom field with its value.
type CustomValue struct{ Key, Label, Kind, Value string }

func (d AssessmentDetails) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: d.Refused[name]}
}

func (d AssessmentDetails) optional(name, label string) ui.Field {
	f := d.field(name, label)
	f.Optional = true
	return f
}

func (d AssessmentDetails) dateTime(name, label string, m Moment) ui.DateTimeProps {
	return ui.DateTimeProps{Field: d.optional(name, label), Date: m.Date, Time: m.Time, Zone: m.Zone, Zones: zones(m.Zone)}
}

func zones(own string) []ui.Option {
	options := []ui.Option{{Value: own, Label: own}}
	if own != "UTC" {
		options = append(options, ui.Option{Value: "UTC", Label: "UTC"})
	}
	return options
}

func (d AssessmentDetails) people() []ui.Option {
	options := make([]ui.Option, len(d.Users))
	for i, u := range d.Users {
		options[i] = ui.Option{Value: strconv.FormatInt(u.ID, 10), Label: u.Name}
	}
	return options
}

// others are the users who do not collaborate yet.
func (d AssessmentDetails) others() []ui.Option {
	has := map[string]bool{d.Owner: true}
	for _, c := range d.Collaborators {
		has[strconv.FormatInt(c.UserID, 10)] = true
	}
	var options []ui.Option
	for _, o := range d.people() {
		if !has[o.Value] {
			options = append(options, o)
		}
	}
	return options
}

func collaboratorRoles() []ui.Option {
	return []ui.Option{{Value: "2", Label: "Works along"}, {Value: "1", Label: "Looks"}, {Value: "0", Label: "Remove"}}
}

func roleValue(r models.CollaboratorRole) string { return strconv.Itoa(int(r)) }

func (v CustomValue) inputType() string {
	switch v.Kind {
	case "number", "integer":
		return "number"
	case "date":
		return "date"
	}
	return "text"
}

func (d AssessmentDetails) creditField() ui.Field {
	f := d.field("outage_credit", "Outage credit, at most")
	f.Hint = "Given back for measured disconnections"
	return f
}

func (d AssessmentDetails) categoriesField() ui.Field {
	f := d.optional("categories", "Categories")
	f.Hint = "Between commas"
	if len(d.Known) > 0 {
		f.Hint += ". There are: " + strings.Join(d.Known, ", ")
	}
	return f
}
