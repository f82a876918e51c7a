package recruiter

import (
	"fmt"
	"net/url"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// ChooseAssessment asks what the chosen people are invited to.
type ChooseAssessment struct {
	layout.Page
	Assessments []models.Assessment
	Chosen      url.Values
}

func (p ChooseAssessment) href(a models.Assessment) string {
	return fmt.Sprintf("/assessments/%d/invitations/new?%s", a.ID, p.Chosen.Encode())
}

// Invitation is the form for inviting people to an assessment, with what they would read.
type Invitation struct {
	layout.Page
	Head       AssessmentHead
	Assessment models.Assessment
	Chosen     string // query that says who was chosen before
	People     string // pasted addresses
	Date, Time string
	Zone       *time.Location
	Now        time.Time
	Subject    string
	Message    string
	Quiet      bool // nobody is written to
	Refused    fault.Fields
	HasMail    bool
	MayWord    bool

	ChosenCount int
	ChosenFirst []models.Candidate
	Already     int // of those chosen, invited before
	Pasted      int
	Repeated    int
	Unread      []string
	FirstName   string

	TemplateSubject string // as the template words it
	PreviewSubject  string
	PreviewHTML     string // sanitized
	Tags            []Tag
}

// Tag is a place in a template that is filled in for each message.
type Tag struct{ Name, Meaning string }

func (p Invitation) href(rest string) string {
	return fmt.Sprintf("/assessments/%d/invitations%s", p.Assessment.ID, rest)
}

// count is how many would be invited anew.
func (p Invitation) count() int { return p.ChosenCount - p.Already + p.Pasted }

func (p Invitation) verb() string {
	if p.count() == 0 {
		return "Invite"
	}
	return "Invite " + people(p.count())
}

// lead says who would be invited, in sentences.
func (p Invitation) lead() string {
	switch n := p.count(); {
	case n == 0 && p.Already > 0:
		return "Everybody you chose was invited before."
	case n == 0:
		return "Nobody yet. Paste addresses, or choose people from the list."
	case n == 1:
		return "1 person gets a link of their own and a code."
	default:
		return fmt.Sprintf("%s people get a link of their own and a code each.", ui.Number(n))
	}
}

// chosenNames are the first of those chosen, in a line.
func (p Invitation) chosenNames() string {
	names := ""
	for i, c := range p.ChosenFirst {
		if i > 0 {
			names += ", "
		}
		names += c.Name()
	}
	if more := p.ChosenCount - len(p.ChosenFirst); more > 0 {
		names += fmt.Sprintf(" and %s more", ui.Number(more))
	}
	return names
}

func (p Invitation) end() ui.DateTimeProps {
	return ui.DateTimeProps{Field: ui.Field{Name: "end", Label: "May be taken until", Error: p.Refused["end"] + p.Refused["endDate"]},
		Date: p.Date, Time: p.Time, Zone: p.Zone.String(), Zones: ZonesAround(p.Zone), Min: p.Now.In(p.Zone).Format(time.DateOnly)}
}

// ActionProgress is how a recorded action goes.
type ActionProgress struct {
	layout.Page
	Action     models.ActionRecord
	Assessment *models.Assessment
	HasMail    bool
}

// ActionHref leads to the progress of a recorded action.
func ActionHref(id int64) string { return fmt.Sprintf("/actions/%d", id) }

var actionHeadings = map[string]string{
	"invite": "Invitations", "re-invite": "Invitations, again", "remind-candidate": "Reminders", "extend-date": "More time",
	"correct-key": "Scoring anew",
}

// Heading names the action.
func (p ActionProgress) Heading() string {
	if heading, known := actionHeadings[p.Action.Name]; known {
		return heading
	}
	return p.Action.Name
}

func (p ActionProgress) running() bool {
	return p.Action.Status == models.ActionRequested || p.Action.Status == models.ActionProcessing
}

func (p ActionProgress) number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

func (p ActionProgress) progress() ui.ProgressProps {
	done := p.number(p.Action.SuccessCount) + p.number(p.Action.ErrorCount)
	note := fmt.Sprintf("%s of %s done", ui.Number(done), ui.Number(p.number(p.Action.TotalCount)))
	return ui.ProgressProps{Value: done, Max: max(1, p.number(p.Action.TotalCount)), Label: note, Note: note}
}

var doneWords = map[string][2]string{
	"invite": {"1 person invited.", "%s people invited."}, "re-invite": {"1 person invited again.", "%s people invited again."},
	"remind-candidate": {"1 person reminded.", "%s people reminded."}, "extend-date": {"1 person has more time.", "%s people have more time."},
	"correct-key": {"1 section scored anew.", "%s sections scored anew."},
}

// lead says how it ended.
func (p ActionProgress) lead() string {
	if p.Action.Status == models.ActionFailed {
		return "This stopped before its end. What was done until then stands. " + said(p.Action.Message)
	}
	words, known := doneWords[p.Action.Name]
	if !known {
		words = [2]string{"1 done.", "%s done."}
	}
	text := words[0]
	if n := p.number(p.Action.SuccessCount); n != 1 {
		text = fmt.Sprintf(words[1], ui.Number(n))
	}
	if n := p.number(p.Action.ErrorCount); n > 0 {
		text += fmt.Sprintf(" %s left out.", ui.Number(n))
	}
	return text
}

func (p ActionProgress) refusals() []string { return Refusals(p.Action) }

func repeatedWords(n int) string {
	if n == 1 {
		return "1 stood there more than once and counts once."
	}
	return ui.Number(n) + " stood there more than once and count once."
}
