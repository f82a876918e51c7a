package recruiter

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/answers"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ShowCandidate shows one candidate beside the board: alone to a script, else with the board around.
func (s Screens) ShowCandidate(c echo.Context) error {
	id, err := web.ID(c, "participation")
	if err != nil {
		return err
	}
	ac, err := s.participation(c, id)
	if err != nil {
		return err
	}
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	d, err := p.drawer(ac, c.QueryParam("tab"), web.Zone(c))
	if err != nil {
		return err
	}
	if web.IsPart(c) {
		return web.Part(c, views.DrawerContent(d))
	}
	page, _, err := s.pipelinePage(c)
	if err != nil {
		return err
	}
	return web.Page(c, views.PipelinePage(withDrawer(page, views.DrawerContent(d), d.Name)))
}

// drawer loads one candidate: whom it is about, then what the tab shows.
func (p *pipeline) drawer(ac models.AssessmentCandidate, tab string, zone *time.Location) (views.Drawer, error) {
	base := fmt.Sprintf("/assessments/%d/pipeline/", p.assessment.ID)
	d := views.Drawer{AssessmentID: p.assessment.ID, ID: ac.ID, Status: ac.Status(), Since: since(ac.StatusSince, p.now), Tab: tab,
		Query: p.filter.query(), Href: fmt.Sprintf("%s%d%s", base, ac.ID, p.filter.query()), Score: ac.Score,
		CutOff: review.CutOff(p.sections), MayDecide: access.Can(p.actor, "participation.decide"),
		MayReport: access.Can(p.actor, "report.view")}
	d.Low, d.High = p.spread.MiddleHalf()
	if ac.Score != nil && p.spread.Total > 1 {
		d.Rank = fmt.Sprintf("ahead of %s of the %s who were scored", ui.Number(p.spread.Below(*ac.Score)), ui.Number(p.spread.Total))
	}
	d.CanUndo = d.MayDecide && ac.Status().IsDecision()
	veil, err := review.VeilOver(p.db, p.actor, ac.ID)
	if err != nil {
		return d, err
	}
	steps := []func() error{
		func() error { return p.drawerPerson(&d, ac, veil) },
		func() error { return p.drawerPanel(&d, ac, veil, zone) },
		func() error { return p.drawerSections(&d, ac) },
		func() error { return p.drawerNeighbours(&d, ac, base) },
		func() error { return p.drawerMessage(&d, ac, zone) },
	}
	if tab == "history" {
		steps = append(steps, func() error { return p.drawerHistory(&d, ac, zone) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return d, err
		}
	}
	return d, nil
}

func since(at, now time.Time) string {
	switch days := int(now.Sub(at).Hours() / 24); days {
	case 0:
		return "since today"
	case 1:
		return "for a day"
	default:
		return fmt.Sprintf("for %d days", days)
	}
}

func (p *pipeline) drawerPerson(d *views.Drawer, ac models.AssessmentCandidate, veil review.Veil) error {
	var found struct {
		models.Candidate
		ReasonLabel, ReasonText *string
	}
	err := p.db.Table("assessment_candidates ac").Scopes(access.Own(p.actor, "ac")).
		Select("c.*, r.label AS reason_label, ac.reason_text").Joins("JOIN candidates c ON c.id = ac.candidate_id").
		Joins("LEFT JOIN status_reasons r ON r.id = ac.status_reason_id").Where("ac.id = ?", ac.ID).Take(&found).Error
	if err != nil {
		return fmt.Errorf("load candidate: %w", err)
	}
	d.Name, d.Email = found.Name(), found.Email
	if veil.Nameless(ac.ID) {
		d.Name, d.Email = review.Alias(ac.ID), ""
	}
	d.Reason = cardRow{ReasonLabel: found.ReasonLabel, ReasonText: found.ReasonText}.reason()
	return nil
}

func (p *pipeline) drawerPanel(d *views.Drawer, ac models.AssessmentCandidate, veil review.Veil, zone *time.Location) error {
	var panel []struct {
		Attempt, UserID int64
		IsEvaluated     bool
	}
	err := p.db.Table("panel_candidates pc").Scopes(access.Own(p.actor, "pc")).
		Select("pc.assessment_section_candidate_id AS attempt, p.user_id, pc.is_evaluated").
		Joins("JOIN panels p ON p.id = pc.panel_id").Where("pc.assessment_candidate_id = ?", ac.ID).Order("pc.id").Scan(&panel).Error
	if err != nil {
		return fmt.Errorf("load panel: %w", err)
	}
	for _, row := range panel {
		d.Assigned++
		if row.IsEvaluated {
			d.Evaluated++
		} else if row.UserID == p.actor.ID && ac.Status() >= models.Completed {
			d.EvaluateHref = fmt.Sprintf("/evaluations/%d", row.Attempt)
		}
	}
	given, hidden, err := review.Evaluations(p.db, p.actor, veil, ac.ID)
	if err != nil {
		return err
	}
	d.Hidden = hidden
	for _, g := range given {
		d.Evaluations = append(d.Evaluations, shownEvaluation(g, zone))
	}
	return nil
}

func shownEvaluation(g review.Given, zone *time.Location) views.EvaluationShown {
	shown := views.EvaluationShown{By: g.By, Section: g.Section, When: g.At.In(zone).Format("Mon 2 Jan"),
		Recommendation: g.Recommendation, Comment: g.Comment}
	for _, r := range g.Ratings {
		value := ""
		if r.Rating != nil {
			value = ui.Score(*r.Rating)
		} else if r.Text != nil {
			value = *r.Text
		}
		shown.Ratings = append(shown.Ratings, views.RatingShown{Name: r.Name, Value: value})
	}
	if mean := g.Mean(); mean != nil {
		shown.Mean = ui.Score(*mean)
	}
	return shown
}

func (p *pipeline) drawerSections(d *views.Drawer, ac models.AssessmentCandidate) error {
	var attempts []models.AssessmentSectionCandidate
	if err := p.own().Where("assessment_candidate_id = ?", ac.ID).Find(&attempts).Error; err != nil {
		return fmt.Errorf("load attempts: %w", err)
	}
	var papers map[int64][]review.Answered
	if d.Tab == "answers" {
		ids := make([]int64, len(attempts))
		for i, a := range attempts {
			ids[i] = a.ID
		}
		var err error
		if papers, err = review.Answers(p.db, p.actor, ids); err != nil {
			return err
		}
	}
	for _, paper := range papers {
		for i := range paper {
			paper[i].Question = paper[i].Question.MapHTML(p.sign)
		}
	}
	spreads, err := review.SectionScores(p.db, p.actor, p.assessment.ID)
	if err != nil {
		return err
	}
	byPlace := map[int64]models.AssessmentSectionCandidate{}
	for _, a := range attempts {
		byPlace[a.AssessmentSectionID] = a
	}
	for _, section := range p.sections {
		if attempt, ok := byPlace[section.ID]; ok {
			d.Sections = append(d.Sections, p.scoredSection(section, attempt, spreads[section.ID], papers[attempt.ID]))
		}
	}
	return nil
}

func (p *pipeline) scoredSection(s review.Section, a models.AssessmentSectionCandidate, spread review.Spread, paper []review.Answered) views.ScoredSection {
	shown := views.ScoredSection{Title: s.Title, Note: s.Type.Label(), Score: a.Percent(), State: attemptState(a)}
	shown.Low, shown.High = spread.MiddleHalf()
	if s.CutOff != nil {
		shown.CutOff = *s.CutOff
	}
	if a.Score != nil && a.MaxScore != nil {
		shown.Marks = ui.Score(*a.Score) + " of " + ui.Score(*a.MaxScore) + " marks"
	}
	for i, answered := range paper {
		sheet := answers.New(i+1, answered.Answer, answered.Question)
		sheet.Level = 4 // beneath the section's heading
		shown.Answers = append(shown.Answers, sheet)
	}
	shown.Skills = a.SkillScores
	return shown
}

func attemptState(a models.AssessmentSectionCandidate) string {
	switch {
	case a.IsClosed() && a.StartedAt != nil:
		return fmt.Sprintf("%d min", int(a.CompletedAt.Sub(*a.StartedAt).Minutes()+.5))
	case a.IsClosed():
		return "Done"
	case a.IsStarted():
		return "Under way"
	}
	return "Not started"
}

// drawerNeighbours finds the next person of the column in both directions, under the same filter.
func (p *pipeline) drawerNeighbours(d *views.Drawer, ac models.AssessmentCandidate, base string) error {
	beside := func(sign, order string) (string, error) {
		var found []int64
		err := p.rows().Where("ac.status_id = ?", ac.StatusID).
			Where("ac.status_since "+sign+" ? OR (ac.status_since = ? AND ac.id "+sign+" ?)", ac.StatusSince, ac.StatusSince, ac.ID).
			Order("ac.status_since "+order+", ac.id "+order).Limit(1).Pluck("ac.id", &found).Error
		if err != nil || len(found) == 0 {
			return "", err
		}
		return fmt.Sprintf("%s%d%s", base, found[0], p.filter.query()), nil
	}
	var err error
	if d.PrevHref, err = beside(">", "ASC"); err != nil {
		return fmt.Errorf("find the one before: %w", err)
	}
	if d.NextHref, err = beside("<", "DESC"); err != nil {
		return fmt.Errorf("find the next one: %w", err)
	}
	return nil
}

// drawerMessage says when a message about the decision leaves, while it waits.
func (p *pipeline) drawerMessage(d *views.Drawer, ac models.AssessmentCandidate, zone *time.Location) error {
	if !ac.Status().IsDecision() {
		return nil
	}
	var found []models.Notification
	err := p.own().Where("assessment_candidate_id = ? AND status = ?", ac.ID, models.NotificationScheduled).
		Order("id DESC").Limit(1).Find(&found).Error
	if err != nil {
		return fmt.Errorf("find a waiting message: %w", err)
	}
	if len(found) > 0 && found[0].ScheduledAt != nil {
		d.TellAt = found[0].ScheduledAt.In(zone).Format("Mon 2 Jan, 15:04 MST")
	}
	return nil
}
