package recruiter

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

func (s SectionProgress) isRunning() bool { return s.StartedAt != nil && s.CompletedAt == nil }

// mayGrow tells whether more time can be given: not once it was submitted or evaluated.
func (s SectionProgress) mayGrow() bool {
	return s.CompletedAt == nil || (s.ClosedBy != models.ClosedBySubmit && s.EvaluatedAt == nil)
}

// given says what was added to the section's time, and up to what bound.
func (s SectionProgress) given() string {
	text := fmt.Sprintf("Given back for lost connections: %s of at most %s.", span(s.CreditSeconds), span(s.CreditCap))
	if s.ExtraSeconds > 0 {
		text += fmt.Sprintf(" Added by hand: %s.", span(s.ExtraSeconds))
	}
	return text
}

// deadline says when a running section ends.
func (p Candidate) deadline(s SectionProgress) string {
	if !s.isRunning() || s.DeadlineAt == nil {
		return ""
	}
	return "Ends " + s.DeadlineAt.In(p.Zone).Format("Mon 2 Jan, 15:04:05 MST")
}

// evidence says of one credit when the connection came back, for how long it was lost, and what was given back.
func (p Candidate) evidence(e models.AttemptEvent) string {
	// A number of the detail is of another type in memory than read back from the database.
	lost, err := strconv.ParseFloat(fmt.Sprint(e.Detail["lost_seconds"]), 64)
	if err != nil {
		lost = 0
	}
	seconds := 0.0
	if e.Seconds != nil {
		seconds = *e.Seconds
	}
	return fmt.Sprintf("Back on %s after %s without a sign of life; %s given back.", e.At.In(p.Zone).Format("2 Jan, 15:04:05 MST"),
		span(int(lost)), span(int(seconds)))
}

// span words seconds, as "4 min 10 s".
func span(seconds int) string {
	switch minutes, rest := seconds/60, seconds%60; {
	case minutes == 0:
		return fmt.Sprintf("%d s", rest)
	case rest == 0:
		return fmt.Sprintf("%d min", minutes)
	default:
		return fmt.Sprintf("%d min %d s", minutes, rest)
	}
}

// timesOpen tells whether the part's sections are shown open: one of its small forms was refused.
func (p Candidate) timesOpen(t Part) bool {
	return slices.ContainsFunc(t.Sections, func(s SectionProgress) bool { return s.AttemptID == p.Attempt })
}

// attemptField is a field of one of the small forms of a section: "extend" or "end".
func (p Candidate) attemptField(s SectionProgress, form, name, label string) ui.Field {
	f := ui.Field{Name: name, ID: fmt.Sprintf("%s-%s-%d", form, name, s.AttemptID), Label: label}
	if p.Attempt == s.AttemptID {
		f.Error = p.Refused[form+"."+name]
	}
	return f
}

// isRefused tells whether a small form of a section was refused.
func (p Candidate) isRefused(s SectionProgress, form string) bool {
	return p.attemptField(s, form, "minutes", "").Error != "" || p.attemptField(s, form, "reason", "").Error != ""
}
