package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
)

// UpdateSection changes a section's title and the rules it is taken under, in a draft.
type UpdateSection struct {
	ID    int64 // assessment section
	Title string
	models.SectionRules
}

// Grant implements Action.
func (*UpdateSection) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *UpdateSection) Validate() error {
	bad := fault.Fields{}
	a.Title = strings.TrimSpace(a.Title)
	if a.Title == "" {
		bad["title"] = "Give the section a title."
	}
	if a.MultipleAnswer == "" {
		a.MultipleAnswer = models.AllOrNothing
	}
	if a.MultipleAnswer != models.AllOrNothing && a.MultipleAnswer != models.PartialScoring {
		bad["multiple_answer"] = "Choose how several right choices are counted."
	}
	ruleProblems(a.SectionRules, bad)
	return fault.Refuse(bad)
}

const dayOfSeconds = 24 * 60 * 60

func ruleProblems(r models.SectionRules, bad fault.Fields) {
	for name, limit := range map[string]*int{"max_section_time": r.MaxSectionTime, "max_question_time": r.MaxQuestionTime} {
		if limit != nil && (*limit < 1 || *limit > dayOfSeconds) {
			bad[name] = "A time limit is more than nothing and at most a day."
		}
	}
	if r.MaxSectionTime != nil && r.MaxQuestionTime != nil && *r.MaxQuestionTime > *r.MaxSectionTime {
		bad["max_question_time"] = "One question cannot have more time than its section."
	}
	if r.PositiveMark < 0 || r.PositiveMark > 1000 {
		bad["positive_mark"] = "Choose 0 to 1,000 marks."
	}
	if r.NegativeMark < 0 || r.NegativeMark > 1000 {
		bad["negative_mark"] = "Write what is taken off as a number from 0 to 1,000."
	}
	if r.CutOff != nil && (*r.CutOff < 0 || *r.CutOff > 100) {
		bad["cut_off"] = "The cut-off is a percentage: choose 0 to 100."
	}
}

// Perform implements Action.
func (a *UpdateSection) Perform(_ context.Context, w *Work) error {
	d, err := lockSection(w, a.ID)
	if err != nil {
		return err
	}
	before := d.placed.Rules()
	a.Intro, a.Conclusion = cleanText(a.Intro), cleanText(a.Conclusion)
	d.placed.Follow(a.SectionRules)
	d.placed.UpdatedBy, d.section.UpdatedBy, d.section.Title = w.Actor.UserID(), w.Actor.UserID(), a.Title
	if err := w.Tx.Save(&d.placed).Error; err != nil {
		return fmt.Errorf("change the section's rules: %w", err)
	}
	if err := w.Tx.Save(&d.section).Error; err != nil {
		return fmt.Errorf("rename the section: %w", err)
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "update-section", SubjectType: "assessment_section", SubjectID: a.ID,
		Before: before, After: a.SectionRules, Detail: map[string]any{"assessment": d.assessment.ID, "title": a.Title}})
}

func cleanText(html *string) *string {
	if html == nil {
		return nil
	}
	return optional(richtext.Sanitize(*html))
}

// MoveSection gives a section another place in its draft.
type MoveSection struct {
	ID int64 // assessment section
	To int   // place from 1
}

// Grant implements Action.
func (*MoveSection) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *MoveSection) Validate() error { return validPlace(a.To) }

func validPlace(to int) error {
	if to < 1 {
		return fault.Field("to", "Places are counted from 1.")
	}
	return nil
}

// Perform implements Action.
func (a *MoveSection) Perform(_ context.Context, w *Work) error {
	d, err := lockSection(w, a.ID)
	if err != nil {
		return err
	}
	list := w.Own().Model(&models.AssessmentSection{}).Where("assessment_id = ?", d.assessment.ID)
	if err := reorder(list, a.ID, a.To); err != nil {
		return err
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "move-section", SubjectType: "assessment_section", SubjectID: a.ID,
		Detail: map[string]any{"assessment": d.assessment.ID, "from": d.placed.SortOrder, "to": a.To}})
}

// RemoveSection takes a section with its slots out of a draft. Its questions stay in the bank.
type RemoveSection struct{ ID int64 }

// Grant implements Action.
func (*RemoveSection) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (*RemoveSection) Validate() error { return nil }

// Perform implements Action.
func (a *RemoveSection) Perform(_ context.Context, w *Work) error {
	d, err := lockSection(w, a.ID)
	if err != nil {
		return err
	}
	if err := w.Own().Where("assessment_section_id = ?", a.ID).Delete(&models.Panel{}).Error; err != nil {
		return fmt.Errorf("remove the section's panel: %w", err)
	}
	if err := w.Tx.Delete(&d.placed).Error; err != nil {
		return fmt.Errorf("remove section: %w", err)
	}
	if err := w.Own().Where("section_id = ?", d.section.ID).Delete(&models.SectionSlot{}).Error; err != nil {
		return fmt.Errorf("remove the section's slots: %w", err)
	}
	d.section.IsDeleted = true
	if err := w.Tx.Save(&d.section).Error; err != nil {
		return fmt.Errorf("hide the section: %w", err)
	}
	list := w.Own().Model(&models.AssessmentSection{}).Where("assessment_id = ?", d.assessment.ID)
	if err := reorder(list, 0, 0); err != nil {
		return err
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "remove-section", SubjectType: "assessment", SubjectID: d.assessment.ID,
		Detail: map[string]any{"section": a.ID, "title": d.section.Title}})
}
