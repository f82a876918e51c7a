package recruiter

import (
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/labstack/echo/v4"
)

// fillFilter completes a page with what can be chosen to narrow it.
func (s Screens) fillFilter(c echo.Context, p *pipeline, page *views.Pipeline) error {
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
	page.Views, err = s.savedViews(c, pipelineViews, fmt.Sprintf("/assessments/%d/pipeline", p.assessment.ID), p.filter.values)
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
