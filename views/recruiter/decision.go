package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Decision is the question before candidates are moved: to where, why, and whether they are told.
type Decision struct {
	layout.Page
	AssessmentID int64
	Query        string
	IDs          []int64
	Names        []string // of the first few
	Status       models.StatusKey
	Reasons      []ui.Option
	ReasonKey    string
	ReasonText   string
	Tell         bool
	When         string // "tomorrow" or "now"
	TellAt       string // "tomorrow, Tue 3 Mar, at 09:00 WET"
	Subject      string
	Message      string // plain text, with tags
	Preview      string // HTML, of the first candidate; empty when there is no standard message
	Refused      fault.Fields
}

func (d Decision) title() string {
	who := "this candidate"
	switch {
	case len(d.IDs) > 1:
		who = ui.Number(len(d.IDs)) + " candidates"
	case len(d.Names) == 1:
		who = d.Names[0]
	}
	switch d.Status {
	case models.Hold:
		return "Put " + who + " on hold?"
	case 0:
		return "Move " + who + "?"
	default:
		return verb(d.Status) + " " + who + "?"
	}
}

func (d Decision) action() string {
	return fmt.Sprintf("/assessments/%d/pipeline/decisions%s", d.AssessmentID, d.Query)
}

func (d Decision) backHref() string {
	return fmt.Sprintf("/assessments/%d/pipeline%s", d.AssessmentID, d.Query)
}

// mayTell tells whether candidates can be told of the decision.
func (d Decision) mayTell() bool {
	return d.Status == models.Selected || d.Status == models.Rejected || d.Status == models.Hold
}

func (d Decision) button() string {
	if d.Status == 0 {
		return "Move"
	}
	if len(d.IDs) > 1 {
		return fmt.Sprintf("%s %s", verb(d.Status), ui.Number(len(d.IDs)))
	}
	return verb(d.Status)
}

func (d Decision) statusOptions() []ui.Option {
	options := make([]ui.Option, len(models.Decisions))
	for i, key := range models.Decisions {
		options[i] = ui.Option{Value: fmt.Sprint(int(key)), Label: key.Label(), Status: glyph(key)}
	}
	return options
}

func (d Decision) statusValue() string {
	if d.Status == 0 {
		return ""
	}
	return fmt.Sprint(int(d.Status))
}

func (d Decision) others() string {
	switch rest := len(d.IDs) - len(d.Names); {
	case len(d.IDs) < 2:
		return ""
	case rest <= 0:
		return list(d.Names)
	default:
		return list(append(append([]string{}, d.Names...), fmt.Sprintf("%s more", ui.Number(rest))))
	}
}

// list joins names: "A, B and C".
func list(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		text := names[0]
		for _, name := range names[1 : n-1] {
			text += ", " + name
		}
		return text + " and " + names[n-1]
	}
}
