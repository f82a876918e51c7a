package recruiter

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// panelForm is who evaluates whom, and until when.
type panelForm struct {
	Sections []int64 `form:"sections"`
	Users    []int64 `form:"users"`
	IDs      []int64 `form:"ids" query:"ids"`
	Mode     string  `form:"mode"`
	Date     string  `form:"end_date"`
	Tell     bool    `form:"tell"`
}

// panelDays is how long panelists have unless somebody says otherwise.
const panelDays = 7

// ShowPanels shows who evaluates which section, and the form that assigns.
func (s Screens) ShowPanels(c echo.Context) error {
	form := panelForm{Tell: true, Mode: string(actions.PanelAll)}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	form.Date = s.DB.Clock.Now().In(web.Zone(c)).AddDate(0, 0, panelDays).Format(time.DateOnly)
	page, err := s.panels(c, form)
	if err != nil {
		return err
	}
	return web.Page(c, views.PanelsPage(page))
}

// AssignPanel assigns as the form says.
func (s Screens) AssignPanel(c echo.Context) error {
	var form panelForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	add := &actions.AddPanel{AssessmentSections: actions.RefsTo(form.Sections), Panel: actions.RefsTo(form.Users),
		AssessmentCandidates: actions.RefsTo(form.IDs), IsNotify: form.Tell, Mode: actions.PanelMode(form.Mode)}
	// The day counts to its end. Of a day that cannot be read the action says that it is missing.
	if end, err := readMoment(form.Date, "", web.Zone(c).String()); err == nil && end != nil {
		add.EndDate = *end
	}
	_, err := s.Actions.Record(web.Context(c), web.Actor(c), add)
	if fields, refused := web.Refused(err); refused {
		return s.assignAgain(c, form, fields)
	}
	if err != nil {
		return err
	}
	if err := web.SetFlash(c, fmt.Sprintf("Assigned %s to the panel.", people(add.Size()))); err != nil {
		return err
	}
	return web.Redirect(c, c.Request().URL.Path)
}

func (s Screens) assignAgain(c echo.Context, form panelForm, fields fault.Fields) error {
	page, err := s.panels(c, form)
	if err != nil {
		return err
	}
	page.Refused = fields
	return web.Form(c, views.PanelsPage(page))
}

// RemindPanels writes to every panelist of the assessment who has something left.
func (s Screens) RemindPanels(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	var open []int64
	err = p.db.Table("panel_candidates pc").Scopes(access.Own(p.actor, "pc")).
		Joins("JOIN assessment_section_candidates t ON t.id = pc.assessment_section_candidate_id").
		Where("t.assessment_id = ? AND NOT pc.is_evaluated AND t.completed_at IS NOT NULL", p.assessment.ID).
		Distinct("pc.assessment_candidate_id").Pluck("pc.assessment_candidate_id", &open).Error
	if err != nil {
		return fmt.Errorf("find open evaluations: %w", err)
	}
	if len(open) == 0 {
		return fault.New(fault.Conflict, "Nobody is left to remind: every evaluation that can be given is in.")
	}
	remind := &actions.RemindPanel{AssessmentCandidates: actions.RefsTo(open), IsNotify: true}
	if _, err := s.Actions.Record(web.Context(c), web.Actor(c), remind); err != nil {
		return err
	}
	if err := web.SetFlash(c, "Reminded everybody who has something left to evaluate."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/assessments/%d/panels", p.assessment.ID))
}

func (s Screens) panels(c echo.Context, form panelForm) (views.Panels, error) {
	p, err := s.pipelineOf(c)
	if err != nil {
		return views.Panels{}, err
	}
	chrome, err := web.Chrome(c, "Panel · "+p.assessment.Title)
	if err != nil {
		return views.Panels{}, err
	}
	page := views.Panels{Page: chrome, IDs: form.IDs, Mode: form.Mode,
		Date: form.Date, Tell: form.Tell, Users: texts(form.Users), Sections: texts(form.Sections)}
	page.Wide = true
	if page.Head, err = s.assessmentHead(c, p.assessment); err != nil {
		return page, err
	}
	if page.Rows, err = p.panelRows(); err != nil {
		return page, err
	}
	for _, section := range p.sections {
		if actions.TakesPanel(section.Type) {
			page.SectionOptions = append(page.SectionOptions, ui.Option{Value: strconv.FormatInt(section.ID, 10), Label: section.Title,
				Hint: sectionHint(section.IsBlind, section.HideOthers)})
		}
	}
	if len(page.SectionOptions) == 1 {
		page.Sections = []string{page.SectionOptions[0].Value}
	}
	page.UserOptions, err = p.ableUsers()
	return page, err
}

func sectionHint(blind, hideOthers bool) string {
	switch {
	case blind && hideOthers:
		return "Names hidden; others’ evaluations hidden until the own is in"
	case blind:
		return "Names hidden"
	case hideOthers:
		return "Others’ evaluations hidden until the own is in"
	}
	return ""
}

func texts(ids []int64) []string {
	found := make([]string, len(ids))
	for i, id := range ids {
		found[i] = strconv.FormatInt(id, 10)
	}
	return found
}

// panelRows counts what each panelist has and has done, and how they recommend as far as the
// reader may see it, in one query.
func (p *pipeline) panelRows() ([]views.PanelRow, error) {
	var rows []views.PanelRow
	err := p.db.Table("panels p").Scopes(access.Own(p.actor, "p")).
		Select(`u.name, b.title AS section, COUNT(pc.id) AS assigned, COALESCE(SUM(CASE WHEN pc.is_evaluated THEN 1 ELSE 0 END), 0) AS done,
			COALESCE(SUM(CASE WHEN e.recommendation = 'select' THEN 1 ELSE 0 END), 0) AS selects,
			COALESCE(SUM(CASE WHEN e.recommendation = 'hold' THEN 1 ELSE 0 END), 0) AS holds,
			COALESCE(SUM(CASE WHEN e.recommendation = 'reject' THEN 1 ELSE 0 END), 0) AS rejects`).
		Joins("JOIN users u ON u.id = p.user_id").Joins("JOIN assessment_sections s ON s.id = p.assessment_section_id").
		Joins("JOIN sections b ON b.id = s.section_id").Joins("LEFT JOIN panel_candidates pc ON pc.panel_id = p.id").
		Joins("LEFT JOIN evaluations e ON e.panel_id = p.id AND e.assessment_section_candidate_id = pc.assessment_section_candidate_id AND e.evaluated_at IS NOT NULL AND "+
			review.Shown("e"), p.actor.ID, p.actor.ID).
		Where("s.assessment_id = ?", p.assessment.ID).Group("p.id, u.name, b.title, s.sort_order").Order("s.sort_order, u.name").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load panels: %w", err)
	}
	return rows, nil
}

// mostPanelists bounds the list of users to choose from.
const mostPanelists = 300

// ableUsers are the organization's users with a role that may evaluate.
func (p *pipeline) ableUsers() ([]ui.Option, error) {
	var users []models.User
	err := p.own().Where("NOT is_deleted AND status IN ?", []models.UserStatus{models.UserNew, models.UserActive}).Order("name, id").
		Limit(mostPanelists).Find(&users).Error
	if err != nil {
		return nil, fmt.Errorf("load users: %w", err)
	}
	var options []ui.Option
	for _, u := range users {
		able := slices.ContainsFunc(u.Roles, func(r models.Role) bool {
			return access.Can(access.Actor{Kind: access.User, Role: r}, "evaluation.give")
		})
		if able {
			options = append(options, ui.Option{Value: strconv.FormatInt(u.ID, 10), Label: u.Name, Hint: string(u.CurrentRole)})
		}
	}
	return options, nil
}

func people(n int) string {
	if n == 1 {
		return "1 candidate"
	}
	return ui.Number(n) + " candidates"
}
