package recruiter

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// pipelineViews is the object type of saved views of a pipeline.
const pipelineViews = "ac"

// fillFilter completes a page with what can be chosen to narrow it.
func (s Screens) fillFilter(p *pipeline, page *views.Pipeline) error {
	f := p.filter
	shown := views.PipelineFilter{Q: f.get("q"), Min: f.get("min"), Max: f.get("max"), Cut: f.get("cut"), Rec: f.get("rec"),
		Days: f.get("days"), Field: f.get("field"), Value: f.get("value"), Section: f.get("section"), Evaluator: f.get("evaluator")}
	for _, section := range p.sections {
		shown.Sections = append(shown.Sections, ui.Option{Value: strconv.FormatInt(section.ID, 10), Label: section.Title})
	}
	var err error
	if shown.Evaluators, err = p.evaluators(); err != nil {
		return err
	}
	var fields []models.CustomField
	err = p.own().Where("type = ? AND NOT is_deleted AND NOT is_hidden", models.CandidateField).Order("sort_order, id").Find(&fields).Error
	if err != nil {
		return fmt.Errorf("load custom fields: %w", err)
	}
	for _, field := range fields {
		shown.Fields = append(shown.Fields, ui.Option{Value: field.Key, Label: field.Label})
	}
	for name, values := range f.values {
		for _, value := range values {
			if name != "q" {
				shown.Hidden = append(shown.Hidden, ui.HiddenField{Name: name, Value: value})
			}
		}
	}
	shown.Chips = p.chips(shown)
	page.Filter = shown
	page.Views, err = p.savedViews()
	return err
}

func (p *pipeline) evaluators() ([]ui.Option, error) {
	var found []models.User
	err := p.db.Model(&models.User{}).Scopes(access.Own(p.actor, "users")).Select("DISTINCT users.id, users.name").
		Joins("JOIN panels ON panels.user_id = users.id").Joins("JOIN assessment_sections s ON s.id = panels.assessment_section_id").
		Where("s.assessment_id = ?", p.assessment.ID).Order("users.name").Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load evaluators: %w", err)
	}
	options := make([]ui.Option, len(found))
	for i, u := range found {
		options[i] = ui.Option{Value: strconv.FormatInt(u.ID, 10), Label: u.Name}
	}
	return options, nil
}

// chips are the filters that are on, each leading to the list without it.
func (p *pipeline) chips(shown views.PipelineFilter) []ui.ChipProps {
	base := fmt.Sprintf("/assessments/%d/pipeline", p.assessment.ID)
	var chips []ui.ChipProps
	add := func(label string, without ...string) {
		var changes []string
		for _, name := range without {
			changes = append(changes, name, "")
		}
		chips = append(chips, ui.ChipProps{Label: label, Href: base + p.filter.query(changes...), On: true})
	}
	for _, key := range p.filter.statuses() {
		add(key.Label(), "status")
	}
	if shown.Min != "" {
		add("Score "+shown.Min+" or more", "min")
	}
	if shown.Max != "" {
		add("Score up to "+shown.Max, "max")
	}
	if shown.Days != "" {
		add(shown.Days+" days or more here", "days")
	}
	if shown.Section != "" {
		word := "reached"
		if shown.Cut == "below" {
			word = "missed"
		}
		add(labelOf(shown.Sections, shown.Section)+": cut-off "+word, "section", "cut")
	}
	if shown.Evaluator != "" {
		add("Evaluator "+labelOf(shown.Evaluators, shown.Evaluator), "evaluator")
	}
	if shown.Rec != "" {
		add("Recommended to "+shown.Rec, "rec")
	}
	if shown.Field != "" && shown.Value != "" {
		add(labelOf(shown.Fields, shown.Field)+": "+shown.Value, "field", "value")
	}
	return chips
}

func labelOf(options []ui.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

func (p *pipeline) savedViews() ([]views.SavedView, error) {
	var found []models.SavedFilter
	err := p.own().Where("object_type = ? AND NOT is_deleted AND (is_shared OR created_by = ?)", pipelineViews, p.actor.ID).
		Order("name, id").Limit(50).Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load saved views: %w", err)
	}
	var shown []views.SavedView
	for _, f := range found {
		var values url.Values
		if err := json.Unmarshal(f.Filter, &values); err != nil {
			continue // a view that another system wrote in its own form
		}
		shown = append(shown, views.SavedView{ID: f.ID, Name: f.Name, Mine: f.CreatedBy != nil && *f.CreatedBy == p.actor.ID,
			Href: fmt.Sprintf("/assessments/%d/pipeline?%s", p.assessment.ID, values.Encode())})
	}
	return shown, nil
}

// SavePipelineView keeps the filters of the address under a name.
func (s Screens) SavePipelineView(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.SaveView{ObjectType: pipelineViews}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if len(form.Query) > 0 && form.Query[0] == '?' {
		form.Query = form.Query[1:]
	}
	if err := web.Run(c, &form); err != nil {
		return err
	}
	if err := web.SetFlash(c, "Saved the view "+form.Name+"."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/assessments/%d/pipeline?%s", id, form.Query))
}

// nameOf returns how a candidate is called for the reader.
func (p *pipeline) nameOf(ac models.AssessmentCandidate) (string, error) {
	veil, err := review.VeilOver(p.db, p.actor, ac.ID)
	if err != nil || veil.Nameless(ac.ID) {
		return review.Alias(ac.ID), err
	}
	var candidate models.Candidate
	if err := p.own().First(&candidate, ac.CandidateID).Error; err != nil {
		return "", fmt.Errorf("load candidate: %w", err)
	}
	return candidate.Name(), nil
}
