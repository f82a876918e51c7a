package actions

import (
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// lockAssessment loads an assessment and keeps others from changing it until the transaction ends, so that nothing is
// edited while it is opened.
func lockAssessment(w *Work, id int64) (models.Assessment, error) {
	var assessment models.Assessment
	if err := locked(w.Own()).Where("NOT is_deleted").First(&assessment, id).Error; err != nil {
		return assessment, database.Fault(err, "assessment")
	}
	return assessment, nil
}

// lockDraft loads an assessment whose sections may be changed.
func lockDraft(w *Work, id int64) (models.Assessment, error) {
	assessment, err := lockAssessment(w, id)
	if err != nil {
		return assessment, err
	}
	if !assessment.AllowsEditing() {
		return assessment, fault.New(fault.Conflict,
			"The assessment is %s: its sections and questions stay as candidates see them. Duplicate it to change them.",
			lowerLabel(assessment.StatusID))
	}
	return assessment, nil
}

func lowerLabel(s models.AssessmentStatus) string {
	return map[models.AssessmentStatus]string{models.AssessmentDraft: "a draft", models.AssessmentOpen: "open",
		models.AssessmentClosed: "closed", models.AssessmentFilled: "filled"}[s]
}

// draftSection is a section of a draft, to be changed.
type draftSection struct {
	assessment models.Assessment
	placed     models.AssessmentSection
	section    models.Section
}

// lockSection loads a section by its assessment section id, if its assessment is a draft.
func lockSection(w *Work, id int64) (draftSection, error) {
	var d draftSection
	var where models.AssessmentSection
	if err := w.Own().Select("id", "assessment_id").First(&where, id).Error; err != nil {
		return d, database.Fault(err, "section")
	}
	var err error
	if d.assessment, err = lockDraft(w, where.AssessmentID); err != nil {
		return d, err
	}
	// Read only now: whoever held the assessment may have changed or removed the section.
	if err := w.Own().First(&d.placed, id).Error; err != nil {
		return d, database.Fault(err, "section")
	}
	if err := w.Own().First(&d.section, d.placed.SectionID).Error; err != nil {
		return d, database.Fault(err, "section")
	}
	return d, nil
}

// lockSlot loads a slot and its section, if the assessment is a draft. The section is that of the assessment section
// with this id.
func lockSlot(w *Work, sectionID, slotID int64) (draftSection, models.SectionSlot, error) {
	var slot models.SectionSlot
	d, err := lockSection(w, sectionID)
	if err != nil {
		return d, slot, err
	}
	err = w.Own().Where("section_id = ?", d.section.ID).First(&slot, slotID).Error
	return d, slot, database.Fault(err, "slot")
}

// reorder gives the rows of a list their numbers from 1, with one of them moved to a place from 1; 0 leaves all in their
// order. The query names table and list.
func reorder(list *gorm.DB, moved int64, to int) error {
	var ids []int64
	if err := list.Session(&gorm.Session{}).Order("sort_order, id").Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("load the order: %w", err)
	}
	if to > 0 {
		ids = slices.DeleteFunc(ids, func(id int64) bool { return id == moved })
		ids = slices.Insert(ids, min(to-1, len(ids)), moved)
	}
	for i, id := range ids {
		err := list.Session(&gorm.Session{}).Where("id = ? AND sort_order <> ?", id, i+1).UpdateColumn("sort_order", i+1).Error
		if err != nil {
			return fmt.Errorf("number the list: %w", err)
		}
	}
	return nil
}

// touch notes that the draft was changed, and tells open pages.
func (d draftSection) touch(w *Work) error { return touchAssessment(w, d.assessment.ID) }

func touchAssessment(w *Work, id int64) error {
	w.Changed(TopicAssessment, id)
	err := w.Own().Model(&models.Assessment{}).Where("id = ?", id).
		Updates(map[string]any{"updated_by": w.Actor.UserID(), "updated_at": w.Now}).Error
	if err != nil {
		return fmt.Errorf("note the change: %w", err)
	}
	return nil
}
