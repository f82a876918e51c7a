package recruiter

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// decisionForm is the question before candidates are moved, as answered.
type decisionForm struct {
	IDs       []int64 `form:"ids" query:"ids"`
	Status    int     `form:"status" query:"status"`
	ReasonKey string  `form:"reason_key" query:"reason_key"`
	Reason    string  `form:"reason" query:"reason"`
	Tell      bool    `form:"tell" query:"tell"`
	When      string  `form:"when" query:"when"`
	Message   string  `form:"message" query:"message"`
}

// tellHour is the hour of the morning, in the reader's zone, at which candidates are told the day after.
const tellHour = 9

// AskDecision shows the question: over the board, or on its own page.
func (s Screens) AskDecision(c echo.Context) error {
	var form decisionForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if len(form.IDs) == 0 {
		return fault.New(fault.Invalid, "Choose at least one candidate first.")
	}
	d, err := s.decision(c, form)
	if err != nil {
		return err
	}
	return web.PageOr(c, views.DecisionPage(d), views.DecisionDialog(d))
}

// Decide moves the candidates as answered.
func (s Screens) Decide(c echo.Context) error {
	var form decisionForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	assessment := p.assessment.ID
	change := form.change(s.DB.Clock.Now(), web.Zone(c))
	if err := p.holds(change.AssessmentCandidates.IDs()); err != nil {
		return err
	}
	row, err := s.Actions.Record(web.Context(c), web.Actor(c), &change)
	if fields, refused := web.Refused(err); refused {
		return s.askAgain(c, form, fields)
	}
	if err != nil {
		return err
	}
	who, err := s.who(c, change.AssessmentCandidates.IDs())
	if err != nil {
		return err
	}
	text := fmt.Sprintf("Moved %s to %s.", who, change.StatusSortKey.Label())
	if change.Size() > 25 {
		text = fmt.Sprintf("Moving %s to %s. The board follows along.", who, change.StatusSortKey.Label())
	}
	undoURL := fmt.Sprintf("/assessments/%d/pipeline/undo?action=%d", assessment, row.ID)
	if form.Tell && form.When == "now" {
		undoURL = ""
	}
	return s.decided(c, assessment, text, undoURL)
}

// decided closes the dialog, has the board look again and offers the way back.
func (s Screens) decided(c echo.Context, assessment int64, text, undoURL string) error {
	if web.IsPart(c) {
		c.Response().Header().Set("HX-Trigger", `{"assay:close":"decide","assay:changed":"","assay:clear-selection":""}`)
		return web.Part(c, views.DecisionDone(), web.Toast(text, undoURL))
	}
	if err := web.SetFlashUndo(c, text, undoURL); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/assessments/%d/pipeline%s", assessment, filterOf(c).query()))
}

// UndoDecision takes back one change of status, or the decision on one candidate.
func (s Screens) UndoDecision(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	var asked struct {
		Action        int64 `query:"action"`
		Participation int64 `query:"participation"`
	}
	if err := (&echo.DefaultBinder{}).BindQueryParams(c, &asked); err != nil {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	undo := &actions.UndoStatus{ActionID: asked.Action}
	if asked.Participation != 0 {
		undo.AssessmentCandidates = actions.RefsTo([]int64{asked.Participation})
	}
	about := undo.AssessmentCandidates.IDs()
	if asked.Action != 0 {
		if about, err = p.decidedBy(asked.Action); err != nil {
			return err
		}
	}
	if err := p.holds(about); err != nil {
		return err
	}
	if err := web.Run(c, undo); err != nil {
		return err
	}
	moved := make([]int64, len(undo.Moved))
	for i, p := range undo.Moved {
		moved[i] = p.ID
	}
	who, err := s.who(c, moved)
	if err != nil {
		return err
	}
	return s.decided(c, p.assessment.ID, fmt.Sprintf("Took the decision on %s back.", who), "")
}

// holds refuses participations of which one is not in the assessment.
func (p *pipeline) holds(participations []int64) error {
	var held int64
	err := p.own().Model(&models.AssessmentCandidate{}).
		Where("assessment_id = ? AND id IN ?", p.assessment.ID, participations).Count(&held).Error
	if err != nil {
		return fmt.Errorf("count participations of the assessment: %w", err)
	}
	if held < int64(len(participations)) {
		return fault.Missing("candidate in this assessment")
	}
	return nil
}

// decidedBy returns whom a recorded change of status was about.
func (p *pipeline) decidedBy(action int64) ([]int64, error) {
	var row models.ActionRecord
	if err := p.own().Where("name = ?", "change-status").First(&row, action).Error; err != nil {
		return nil, database.Fault(err, "change of status")
	}
	var made actions.ChangeStatus
	if err := json.Unmarshal(row.Input, &made); err != nil {
		return nil, fmt.Errorf("read the change of status: %w", err)
	}
	return actions.RefsTo(made.AssessmentCandidates.IDs()).IDs(), nil
}

// who names the first of several candidates and counts the others.
func (s Screens) who(c echo.Context, participations []int64) (string, error) {
	if len(participations) == 0 {
		return "nobody", nil
	}
	p, err := s.pipelineOf(c)
	if err != nil {
		return "", err
	}
	names, _, err := p.firstNames(participations[:1])
	if err != nil {
		return "", err
	}
	if more := len(participations) - 1; more > 0 {
		return fmt.Sprintf("%s and %s more", names[0], ui.Number(more)), nil
	}
	return names[0], nil
}

func (f decisionForm) change(now time.Time, zone *time.Location) actions.ChangeStatus {
	change := actions.ChangeStatus{StatusSortKey: models.StatusKey(f.Status), AssessmentCandidates: actions.RefsTo(f.IDs),
		ReasonKey: f.ReasonKey, ReasonText: f.Reason}
	if _, tells := actions.DecisionNotice(change.StatusSortKey); !tells || !f.Tell {
		return change
	}
	change.IsNotify, change.Content = true, asHTML(f.Message)
	if f.When != "now" {
		at := tomorrow(now, zone)
		change.NotifyAt = &at
	}
	return change
}

func tomorrow(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	return time.Date(local.Year(), local.Month(), local.Day()+1, tellHour, 0, 0, 0, zone)
}

// asHTML turns what was typed into paragraphs.
func asHTML(text string) string {
	var b strings.Builder
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>") + "</p>\n")
		}
	}
	return b.String()
}

func (s Screens) askAgain(c echo.Context, form decisionForm, fields fault.Fields) error {
	d, err := s.decision(c, form)
	if err != nil {
		return err
	}
	d.Refused = fields
	if web.IsPart(c) {
		return web.Form(c, views.DecisionDialog(d))
	}
	return web.Form(c, views.DecisionPage(d))
}

// namesShown is how many of those who are moved are named in the question.
const namesShown = 3

func (s Screens) decision(c echo.Context, form decisionForm) (views.Decision, error) {
	p, err := s.pipelineOf(c)
	if err != nil {
		return views.Decision{}, err
	}
	p.filter.values.Del("status") // the dialog's own
	chrome, err := web.Chrome(c, "Decide")
	if err != nil {
		return views.Decision{}, err
	}
	to := models.StatusKey(form.Status)
	if !to.IsDecision() {
		to = 0
	}
	at := tomorrow(p.now, web.Zone(c))
	d := views.Decision{Page: chrome, AssessmentID: p.assessment.ID, IDs: actions.RefsTo(form.IDs).IDs(), Status: to,
		ReasonKey: form.ReasonKey, ReasonText: form.Reason, Tell: form.Tell, When: form.When, Message: form.Message,
		Query: p.filter.query(), TellAt: "tomorrow, " + at.Format("Mon 2 Jan, at 15:04 MST")}
	var first []models.Candidate
	if d.Names, first, err = p.firstNames(d.IDs); err != nil {
		return d, err
	}
	if d.Reasons, err = p.reasons(to); err != nil || len(first) == 0 {
		return d, err
	}
	return d, p.preview(&d, first[0])
}

func (p *pipeline) firstNames(participations []int64) ([]string, []models.Candidate, error) {
	shown := participations[:min(len(participations), namesShown)]
	var found []struct {
		models.Candidate
		Participation int64
	}
	err := p.db.Table("candidates").Scopes(access.Own(p.actor, "candidates")).Select("candidates.*, ac.id AS participation").
		Joins("JOIN assessment_candidates ac ON ac.candidate_id = candidates.id").
		Where("ac.assessment_id = ? AND ac.id IN ?", p.assessment.ID, shown).Order("ac.id").Scan(&found).Error
	if err != nil {
		return nil, nil, fmt.Errorf("load names: %w", err)
	}
	if len(found) < len(shown) {
		return nil, nil, fault.Missing("candidate in this assessment")
	}
	veil, err := review.VeilOver(p.db, p.actor, shown...)
	var names []string
	var people []models.Candidate
	for _, f := range found {
		if veil.Nameless(f.Participation) {
			f.FirstName, f.MiddleName, f.LastName = review.Alias(f.Participation), nil, nil
		}
		names, people = append(names, f.Name()), append(people, f.Candidate)
	}
	return names, people, err
}

func (p *pipeline) reasons(to models.StatusKey) ([]ui.Option, error) {
	var found []models.StatusReason
	err := p.own().Where("status_id IS NULL OR status_id = ?", to.ID()).Order("label, id").Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load reasons: %w", err)
	}
	options := make([]ui.Option, len(found))
	for i, r := range found {
		options[i] = ui.Option{Value: r.Key, Label: r.Label}
	}
	return options, nil
}

// preview words the standard message as the first candidate would read it.
func (p *pipeline) preview(d *views.Decision, first models.Candidate) error {
	kind, ok := actions.DecisionNotice(d.Status)
	if !ok || d.Status == models.Hold {
		return nil
	}
	words, err := notify.WordingOf(p.db, kind, p.actor.OrganizationID, &p.assessment.ID)
	if err != nil {
		return err
	}
	message := words.Compose(notify.Notice{To: first.Email, Tags: notify.Tags{"candidate-name": first.Name(),
		"candidate-first-name": first.FirstName, "assessment-name": p.assessment.Title, "organization-name": p.actor.Organization}}, p.now)
	d.Subject, d.Preview = message.Subject, richtext.Sanitize(message.Content)
	return nil
}
