package actions

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// SetEvaluation decides how panelists judge a section of a draft: the parameters they rate, in order, the form they fill
// in, and what is kept from them meanwhile.
type SetEvaluation struct {
	SectionID  int64 // assessment section
	FormID     *int64
	PreForm    *int64 // the form that candidates fill in before; nil leaves it as it is, 0 takes it away
	Parameters []ParameterInput
	HideOthers *bool // others' evaluations until one's own is in; nil leaves it as it is
	IsBlind    *bool // candidates' names; nil leaves it as it is
}

// ParameterInput is a parameter of a section: one of the organization's by id, or by name and scale, which is made when
// there is none yet.
type ParameterInput struct {
	ID          int64
	Name        string
	MaxValue    int // the scale goes from 1 to this
	Recommended *int
	Mandatory   bool
}

// DefaultScale is the highest rating where nothing else is said.
const DefaultScale = 5

const maxScale = 100

// Grant implements Action.
func (*SetEvaluation) Grant() access.Grant { return "parameter.manage" }

// Validate implements Action.
func (a *SetEvaluation) Validate() error {
	bad := fault.Fields{}
	seen := map[string]bool{}
	for i := range a.Parameters {
		p := &a.Parameters[i]
		p.Name = strings.Join(strings.Fields(p.Name), " ")
		if p.MaxValue == 0 {
			p.MaxValue = DefaultScale
		}
		key := fmt.Sprintf("%d %s", p.ID, strings.ToLower(p.Name))
		switch {
		case p.ID == 0 && p.Name == "":
			bad["name"] = "Give the parameter a name."
		case p.MaxValue < 2 || p.MaxValue > maxScale:
			bad["max_value"] = fmt.Sprintf("A scale ends at 2 to %d.", maxScale)
		case p.Recommended != nil && (*p.Recommended < 1 || *p.Recommended > p.MaxValue):
			bad["recommended_value"] = "The recommended value lies on the scale."
		case seen[key]:
			bad["name"] = "This parameter stands here already."
		}
		seen[key] = true
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SetEvaluation) Perform(_ context.Context, w *Work) error {
	d, err := lockSection(w, a.SectionID)
	if err != nil {
		return err
	}
	if err := a.chooseForm(w, &d.section); err != nil {
		return err
	}
	if err := a.chooseVeil(w, &d.placed); err != nil {
		return err
	}
	if err := w.Own().Where("section_id = ?", d.section.ID).Delete(&models.SectionParameter{}).Error; err != nil {
		return fmt.Errorf("clear the section's parameters: %w", err)
	}
	attached := map[int64]bool{}
	for i, in := range a.Parameters {
		parameter, err := findOrMakeParameter(w, in)
		if err != nil {
			return err
		}
		if attached[parameter.ID] {
			return fault.Field("name", "%s stands here already.", parameter.Name)
		}
		attached[parameter.ID] = true
		order, mandatory := i+1, in.Mandatory
		row := models.SectionParameter{Owned: d.section.Owned, ParameterID: parameter.ID, SectionID: d.section.ID,
			SortOrder: &order, RecommendedValue: in.Recommended, IsMandatory: &mandatory}
		if err := w.Tx.Create(&row).Error; err != nil {
			return fmt.Errorf("attach parameter: %w", err)
		}
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "set-evaluation", SubjectType: "assessment_section", SubjectID: a.SectionID,
		After: a.Parameters, Detail: map[string]any{"assessment": d.assessment.ID, "parameters": len(a.Parameters), "form": a.FormID, "form_before": d.section.FormID,
			"others_hidden": d.placed.HideOthers, "blind": d.placed.IsBlind}})
}

func (a *SetEvaluation) chooseVeil(w *Work, placed *models.AssessmentSection) error {
	if a.HideOthers != nil {
		placed.HideOthers = *a.HideOthers
	}
	if a.IsBlind != nil {
		placed.IsBlind = *a.IsBlind
	}
	err := w.Tx.Model(placed).Updates(map[string]any{"hide_others": placed.HideOthers, "is_blind": placed.IsBlind}).Error
	if err != nil {
		return fmt.Errorf("set what panelists see: %w", err)
	}
	return nil
}

func (a *SetEvaluation) chooseForm(w *Work, section *models.Section) error {
	if a.FormID != nil {
		err := w.Own().Where("type = ? AND NOT is_deleted", models.EvaluationForm).First(&models.Form{}, *a.FormID).Error
		if err != nil {
			return database.Fault(err, "evaluation form")
		}
	}
	section.EvaluationFormID, section.UpdatedBy = a.FormID, w.Actor.UserID()
	if err := a.choosePreForm(w, section); err != nil {
		return err
	}
	if err := w.Tx.Save(section).Error; err != nil {
		return fmt.Errorf("set the evaluation form: %w", err)
	}
	return nil
}

func (a *SetEvaluation) choosePreForm(w *Work, section *models.Section) error {
	switch {
	case a.PreForm == nil:
		return nil
	case *a.PreForm == 0:
		section.FormID = nil
		return nil
	}
	err := w.Own().Where("type IN ? AND NOT is_deleted", models.PreFormTypes).First(&models.Form{}, *a.PreForm).Error
	section.FormID = a.PreForm
	return database.Fault(err, "form")
}

func findOrMakeParameter(w *Work, in ParameterInput) (models.Parameter, error) {
	var parameter models.Parameter
	if in.ID != 0 {
		err := w.Own().First(&parameter, in.ID).Error
		return parameter, database.Fault(err, "parameter")
	}
	err := w.Own().Where("LOWER(name) = LOWER(?) AND type = ? AND max_value = ?", in.Name, models.NumericParameter, in.MaxValue).
		Order("id").First(&parameter).Error
	if err == nil {
		return parameter, nil
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return parameter, fmt.Errorf("find parameter: %w", err)
	}
	parameter = models.Parameter{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
		Type: models.NumericParameter, Name: in.Name, MaxValue: &in.MaxValue, RecommendedValue: in.Recommended}
	if err := w.Tx.Create(&parameter).Error; err != nil {
		return parameter, fmt.Errorf("make parameter: %w", err)
	}
	return parameter, nil
}
