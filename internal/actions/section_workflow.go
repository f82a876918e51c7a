package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SectionWorkflow puts a new section into a draft between two neighbours in its order, or takes one out. Parent and Child
// are assessment sections; none stands for the beginning and the end. The section to take out is named, or is the one
// between the two.
type SectionWorkflow struct {
	AssessmentID        int64           `json:"assessmentID" needs:"yes"`
	Type                string          `json:"type" needs:"yes"`
	Parent              *int64          `json:"parent"`
	Child               *int64          `json:"child"`
	AssessmentSectionID *int64          `json:"assessmentSectionID"`
	Section             WorkflowSection `json:"section"`
	Sync                bool            `json:"sync"` // it always runs at once
}

// The documented types of a section workflow.
const (
	SectionInsert = "insert"
	SectionDelete = "delete"
)

// WorkflowSection is a section to be made, in the document's words.
type WorkflowSection struct {
	SectionInput
	EvaluationFormID    *int64            `json:"evaluation_form_id"`
	EvaluationFormURL   *string           `json:"evaluation_form_url"`
	QuestionDisplayTime int               `json:"questionDisplayTime"` // seconds
	Parameters          []json.RawMessage `json:"parameters"`
}

// Grant implements Action.
func (*SectionWorkflow) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *SectionWorkflow) Validate() error {
	bad := fault.Fields{}
	if a.AssessmentID < 1 {
		bad["assessmentID"] = "Say which assessment it is."
	}
	a.Section.Title = strings.TrimSpace(a.Section.Title)
	switch a.Type {
	case SectionInsert:
		if a.Section.Title == "" || a.Section.Type.Label() == "" {
			bad["section"] = "A section has a title and a section_type_id."
		}
		if a.Section.QuestionDisplayTime < 0 || a.Section.QuestionDisplayTime > dayOfSeconds {
			bad["section"] = "A question is shown for 0 seconds to a day."
		}
	case SectionDelete:
	default:
		bad["type"] = "Choose insert or delete."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SectionWorkflow) Perform(ctx context.Context, w *Work) error {
	assessment, err := lockDraft(w, a.AssessmentID)
	if err != nil {
		return err
	}
	var chain []int64
	err = w.Own().Model(&models.AssessmentSection{}).Where("assessment_id = ?", assessment.ID).Order("sort_order, id").Pluck("id", &chain).Error
	if err != nil {
		return fmt.Errorf("load the order of sections: %w", err)
	}
	before, after, err := a.ends(chain)
	if err != nil {
		return err
	}
	if a.Type == SectionInsert {
		return a.insert(w, before, after)
	}
	return a.remove(ctx, w, chain, before, after)
}

// ends returns the places of parent and child in the order, from 0; -1 before the first and len(chain) behind the last.
func (a *SectionWorkflow) ends(chain []int64) (before, after int, err error) {
	before, after = -1, len(chain)
	if a.Parent != nil {
		if before = slices.Index(chain, *a.Parent); before < 0 {
			return 0, 0, fault.Field("parent", "There is no such section in the assessment.")
		}
	}
	if a.Child != nil {
		if after = slices.Index(chain, *a.Child); after < 0 {
			return 0, 0, fault.Field("child", "There is no such section in the assessment.")
		}
	}
	return before, after, nil
}

// insert makes the section and places it behind the parent.
func (a *SectionWorkflow) insert(w *Work, before, after int) error {
	if after != before+1 {
		return fault.Field("child", "Parent and child are no neighbours in the order of sections.")
	}
	a.Section.Order = after + 1
	placed, err := placeSection(w, a.AssessmentID, a.Section.SectionInput)
	if err != nil {
		return err
	}
	if err := a.Section.finish(w, &placed); err != nil {
		return err
	}
	list := w.Own().Model(&models.AssessmentSection{}).Where("assessment_id = ?", a.AssessmentID)
	if err := reorder(list, placed.ID, after+1); err != nil {
		return err
	}
	a.AssessmentSectionID = &placed.ID
	if err := touchAssessment(w, a.AssessmentID); err != nil {
		return err
	}
	w.Done()
	return w.Audit(ledger.Entry{Verb: "section-workflow", SubjectType: "assessment", SubjectID: a.AssessmentID,
		Detail: map[string]any{"type": a.Type, "section": placed.ID, "title": a.Section.Title, "place": after + 1}})
}

// finish writes what a section has beside what every new one has.
func (s WorkflowSection) finish(w *Work, placed *models.AssessmentSection) error {
	if s.EvaluationFormID != nil {
		var known int64
		if err := w.Own().Model(&models.Form{}).Where("id = ?", *s.EvaluationFormID).Count(&known).Error; err != nil {
			return fmt.Errorf("look for the evaluation form: %w", err)
		}
		if known == 0 {
			return fault.Missing("form")
		}
	}
	err := w.Own().Model(&models.Section{}).Where("id = ?", placed.SectionID).
		Updates(map[string]any{"evaluation_form_id": s.EvaluationFormID, "evaluation_form_url": s.EvaluationFormURL}).Error
	if err != nil {
		return fmt.Errorf("give the section its form: %w", err)
	}
	placed.QuestionDisplayTime = s.QuestionDisplayTime
	if err := w.Tx.Save(placed).Error; err != nil {
		return fmt.Errorf("finish the section: %w", err)
	}
	return nil
}

// remove takes out the section that is named, or the one between parent and child.
func (a *SectionWorkflow) remove(ctx context.Context, w *Work, chain []int64, before, after int) error {
	switch {
	case a.AssessmentSectionID != nil:
		if !slices.Contains(chain, *a.AssessmentSectionID) {
			return fault.Field("assessmentSectionID", "There is no such section in the assessment.")
		}
	case after == before+2:
		a.AssessmentSectionID = &chain[before+1]
	default:
		return fault.Field("child", "Between parent and child must stand exactly the section to take out.")
	}
	w.Done()
	return w.Also(ctx, &RemoveSection{ID: *a.AssessmentSectionID})
}
