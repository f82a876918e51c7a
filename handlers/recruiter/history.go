package recruiter

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
)

// mostHistory bounds the lines of one candidate's history.
const mostHistory = 200

// dated is a line of history with its moment.
type dated struct {
	at   time.Time
	line views.HistoryLine
}

// drawerHistory tells what happened: stations, decisions and evaluations from the ledger, and what was observed during
// the attempts, as evidence and in the order of time.
func (p *pipeline) drawerHistory(d *views.Drawer, ac models.AssessmentCandidate, zone *time.Location) error {
	lines := stations(ac)
	var entries []models.AuditEntry
	err := p.own().Where("subject_type = 'assessment_candidate' AND subject_id = ?", ac.ID).Order("id").Limit(mostHistory).
		Find(&entries).Error
	if err != nil {
		return fmt.Errorf("load the ledger's entries: %w", err)
	}
	for _, e := range entries {
		if line, ok := told(e, d.Hidden > 0); ok {
			lines = append(lines, dated{e.At, line})
		}
	}
	var events []models.AttemptEvent
	err = p.own().Where("kind <> ? AND assessment_section_candidate_id IN (SELECT id FROM assessment_section_candidates WHERE assessment_candidate_id = ?)",
		models.EventHeartbeat, ac.ID).Order("at, id").Limit(mostHistory).Find(&events).Error
	if err != nil {
		return fmt.Errorf("load what was observed: %w", err)
	}
	sections, err := p.sectionTitles(ac.ID)
	if err != nil {
		return err
	}
	for _, e := range events {
		lines = append(lines, dated{e.At, observed(e, sections[e.AssessmentSectionCandidateID])})
	}
	slices.SortStableFunc(lines, func(a, b dated) int { return a.at.Compare(b.at) })
	for _, l := range lines {
		l.line.At, l.line.When = l.at.Format(time.RFC3339), l.at.In(zone).Format("2 Jan 15:04")
		d.History = append(d.History, l.line)
	}
	return nil
}

func stations(ac models.AssessmentCandidate) []dated {
	var lines []dated
	add := func(at *time.Time, k models.StatusKey, text string) {
		if at != nil {
			lines = append(lines, dated{*at, views.HistoryLine{Status: k, Text: text}})
		}
	}
	add(ac.InvitedAt, models.Invited, "Invited")
	add(ac.RemindedAt, models.Mailed, "Reminded")
	add(ac.AttendedAt, models.Attending, "Started")
	add(ac.EvaluatedAt, models.Evaluated, "All evaluations in")
	return lines
}

// told words an entry of the ledger. While others' evaluations are hidden, so is how they recommend.
func told(e models.AuditEntry, veiled bool) (views.HistoryLine, bool) {
	detail := func(key string) string {
		text, _ := e.Detail[key].(string)
		return text
	}
	switch e.Verb {
	case "change-status":
		line := views.HistoryLine{Status: statusNamed(detail("to")), Text: fmt.Sprintf("%s moved from %s to %s", e.ActorName, detail("from"), detail("to")),
			Note: detail("reason")}
		return line, true
	case "undo-status":
		return views.HistoryLine{Icon: ui.IconUndo, Text: fmt.Sprintf("%s took %s back", e.ActorName, detail("from"))}, true
	case "evaluate":
		text := fmt.Sprintf("%s evaluated %s", e.ActorName, detail("section"))
		if !veiled {
			text += ": " + detail("recommendation")
		}
		return views.HistoryLine{Icon: ui.IconPen, Text: text}, true
	case "share-report":
		return views.HistoryLine{Icon: ui.IconLink, Text: e.ActorName + " shared the report"}, true
	}
	return views.HistoryLine{}, false
}

func statusNamed(label string) models.StatusKey {
	for _, s := range models.Statuses {
		if s.Label == label {
			return s.SortKey
		}
	}
	return 0
}

var observations = map[models.AttemptEventKind]string{
	models.EventStarted: "Began a section", models.EventResumed: "Went on", models.EventTabLeft: "Left the tab",
	models.EventTabBack: "Came back to the tab", models.EventFocusLost: "Another window was in front",
	models.EventFullscreenLeft: "Left full screen", models.EventPaste: "Pasted text", models.EventOffline: "Lost the connection",
	models.EventOnline: "Was connected again", models.EventSecondDevice: "Opened on a second device",
	models.EventCredit: "Time credited for an outage", models.EventClosed: "Section closed",
}

// sectionTitles returns the titles of the sections that a candidate attempts, by attempt.
func (p *pipeline) sectionTitles(participation int64) (map[int64]string, error) {
	var rows []struct {
		ID    int64
		Title string
	}
	err := p.own().Model(&models.AssessmentSectionCandidate{}).Where("assessment_candidate_id = ?", participation).
		Select("id, (SELECT title FROM sections WHERE sections.id = section_id) AS title").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the titles of the sections: %w", err)
	}
	titles := map[int64]string{}
	for _, r := range rows {
		titles[r.ID] = r.Title
	}
	return titles, nil
}

// observed words an observation as a fact, never a verdict.
func observed(e models.AttemptEvent, section string) views.HistoryLine {
	line := views.HistoryLine{Icon: ui.IconEye, Text: observations[e.Kind]}
	switch {
	case e.Kind == models.EventStarted && section != "":
		line.Text = "Began " + section
	case e.Kind == models.EventClosed && section != "":
		line.Text = "Finished " + section
	}
	if line.Text == "" {
		line.Text = string(e.Kind)
	}
	if e.Seconds != nil {
		line.Text += fmt.Sprintf(", %s s", ui.Score(*e.Seconds))
	}
	return line
}
