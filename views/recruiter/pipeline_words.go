package recruiter

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// oob marks a piece that travels beside the answer.
func oob(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"hx-swap-oob": "true"}
}

func outOfBand(c Column) Column {
	c.OutOfBand = true
	return c
}

// verb is a decision as something to do.
func verb(k models.StatusKey) string {
	return map[models.StatusKey]string{models.Selected: "Select", models.Hold: "Hold", models.Rejected: "Reject",
		models.Suspended: "Suspend", models.Archived: "Archive"}[k]
}

// firstNames keeps a row of pictures short.
func firstNames(names []string) []string {
	return names[:min(len(names), 3)]
}

// moveHref is where a card's decision is asked for.
func moveHref(c Card) string {
	base, _, _ := strings.Cut(c.Href, "/pipeline/")
	return fmt.Sprintf("%s/pipeline/decisions/new?ids=%d", base, c.ID)
}

func (p Pipeline) tableColumns() []ui.Column {
	byScore, byTime := ui.Column{Label: "Score", SortHref: p.with("view", "table") + "&sort=score"},
		ui.Column{Label: "Since", End: true, SortHref: p.with("view", "table")}
	if p.Sort == "score" {
		byScore.Sort = ui.Descending
	} else {
		byTime.Sort = ui.Descending
	}
	return []ui.Column{{Label: "Candidate"}, {Label: "Status"}, byScore, {Label: "Sections", Middle: true},
		{Label: "Evaluations", Middle: true}, {Label: "Note", Middle: true}, byTime, {Label: "Move", HideName: true, End: true}}
}

func (p Pipeline) spreadSentence() string {
	text := fmt.Sprintf("%s scored.", ui.Number(p.Scored))
	if p.High > 0 {
		text += fmt.Sprintf(" The middle half lies from %s to %s.", ui.Score(p.Low), ui.Score(p.High))
	}
	return text
}

func statusOrNone(k models.StatusKey) ui.StatusKey {
	if k == 0 {
		return ""
	}
	return glyph(k)
}
