package recruiter

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SaveSectionEvaluation decides what panelists rate in a section and the form they fill in.
func (s Screens) SaveSectionEvaluation(c echo.Context) error {
	placed, section, err := s.placed(c)
	if err != nil {
		return err
	}
	known, err := s.sectionEvaluation(c, placed, section)
	if err != nil {
		return err
	}
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	typed := known
	typed.PreFormID = values.Get("pre_form")
	typed.FormID, typed.NewName, typed.NewScale = values.Get("form"), values.Get("name"), values.Get("max_value")
	typed.Parameters = typedParameters(known.Parameters, values)
	typed.HideOthers, typed.IsBlind = values.Get("hide_others") != "", values.Get("is_blind") != ""
	set := &actions.SetEvaluation{SectionID: placed.ID, HideOthers: &typed.HideOthers, IsBlind: &typed.IsBlind}
	if form, err := strconv.ParseInt(typed.FormID, 10, 64); err == nil {
		set.FormID = &form
	}
	if pre, err := strconv.ParseInt(typed.PreFormID, 10, 64); err == nil || typed.PreFormID == "" {
		set.PreForm = &pre
	}
	for _, line := range typed.Parameters {
		set.Parameters = append(set.Parameters, parameterInput(line))
	}
	if added, ok := addedParameter(values.Get("add"), values.Get("then"), typed); ok {
		set.Parameters = append(set.Parameters, added)
	}
	return s.apply(c, change{action: set, section: stay(placed.ID), tab: views.EvaluationTab,
		said: said(!web.IsPart(c) || values.Get("then")+values.Get("remove") == "", "Evaluation saved."),
		refused: func(p *views.Build, fields fault.Fields) {
			p.Evaluation = typed
			p.Evaluation.Refused = fields
		}})
}

// said is a toast that is worth it only sometimes.
func said(worth bool, text string) string {
	if worth {
		return text
	}
	return ""
}

func parameterInput(line views.ParameterLine) actions.ParameterInput {
	in := actions.ParameterInput{ID: line.ID, MaxValue: line.Max, Mandatory: line.Mandatory}
	if value, err := strconv.Atoi(line.Recommended); err == nil {
		in.Recommended = &value
	}
	return in
}

// addedParameter reads the row that adds one: an existing parameter, or a new name with its scale.
func addedParameter(existing, then string, typed views.SectionEvaluation) (actions.ParameterInput, bool) {
	if id, err := strconv.ParseInt(existing, 10, 64); err == nil {
		return actions.ParameterInput{ID: id, MaxValue: highestScale(typed.Known, id)}, true
	}
	scale, _ := strconv.Atoi(typed.NewScale)
	return actions.ParameterInput{Name: typed.NewName, MaxValue: scale}, typed.NewName != "" || then == "add"
}

func highestScale(known []models.Parameter, id int64) int {
	for _, p := range known {
		if p.ID == id {
			return scaleOf(p.MaxValue)
		}
	}
	return actions.DefaultScale
}

func scaleOf(highest *int) int {
	if highest == nil || *highest < 2 {
		return actions.DefaultScale
	}
	return *highest
}

// typedParameters reads the rows in the order they were shown in, without the one to be removed.
func typedParameters(known []views.ParameterLine, values map[string][]string) []views.ParameterLine {
	lines := map[string]views.ParameterLine{}
	for _, line := range known {
		lines[strconv.FormatInt(line.ID, 10)] = line
	}
	var typed []views.ParameterLine
	for i, id := range values["parameter"] {
		line, exists := lines[id]
		if !exists || slices.Contains(values["remove"], id) {
			continue
		}
		if i < len(values["recommended"]) {
			line.Recommended = values["recommended"][i]
		}
		line.Mandatory = slices.Contains(values["mandatory"], id)
		typed = append(typed, line)
	}
	return typed
}

// sectionEvaluation loads how a section is judged, and the choices.
func (s Screens) sectionEvaluation(c echo.Context, placed models.AssessmentSection, section models.Section) (views.SectionEvaluation, error) {
	e := views.SectionEvaluation{NewScale: strconv.Itoa(actions.DefaultScale), HideOthers: placed.HideOthers, IsBlind: placed.IsBlind}
	if section.EvaluationFormID != nil {
		e.FormID = strconv.FormatInt(*section.EvaluationFormID, 10)
	}
	if section.FormID != nil {
		e.PreFormID = strconv.FormatInt(*section.FormID, 10)
	}
	e.MayMakeForms = access.Can(web.Actor(c), "form.manage")
	err := s.own(c).Where("type = ? AND NOT is_deleted", models.EvaluationForm).Order("name, id").Limit(maxChoices).Find(&e.Forms).Error
	if err != nil {
		return e, fmt.Errorf("load evaluation forms: %w", err)
	}
	err = s.own(c).Where("type IN ? AND NOT is_deleted", models.PreFormTypes).Order("name, id").Limit(maxChoices).Find(&e.PreForms).Error
	if err != nil {
		return e, fmt.Errorf("load forms for candidates: %w", err)
	}
	if err := s.own(c).Where("type = ?", models.NumericParameter).Order("name, id").Limit(maxChoices).Find(&e.Known).Error; err != nil {
		return e, fmt.Errorf("load parameters: %w", err)
	}
	var attached []struct {
		models.SectionParameter
		Name     string
		MaxValue *int
	}
	err = s.own(c, "section_parameters").Table("section_parameters").
		Joins("JOIN parameters ON parameters.id = section_parameters.parameter_id").Where("section_parameters.section_id = ?", section.ID).
		Select("section_parameters.*, parameters.name, parameters.max_value").Order("section_parameters.sort_order, section_parameters.id").
		Scan(&attached).Error
	if err != nil {
		return e, fmt.Errorf("load the section's parameters: %w", err)
	}
	for _, a := range attached {
		line := views.ParameterLine{ID: a.ParameterID, Name: a.Name, Max: scaleOf(a.MaxValue), Mandatory: a.IsMandatory != nil && *a.IsMandatory}
		if a.RecommendedValue != nil {
			line.Recommended = strconv.Itoa(*a.RecommendedValue)
		}
		e.Parameters = append(e.Parameters, line)
	}
	return e, nil
}
