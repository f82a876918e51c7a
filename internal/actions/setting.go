package actions

import (
	"fmt"

	"github.com/assay-hire/assay/models"
)

// setting is an assessment as its messages speak of it.
type setting struct {
	assessment   models.Assessment
	organization models.Organization
	sections     []models.AssessmentSection // in order
}

func loadSetting(w *Work, assessmentID int64) (setting, error) {
	var s setting
	if err := w.Own().First(&s.assessment, assessmentID).Error; err != nil {
		return s, fmt.Errorf("load assessment: %w", err)
	}
	if err := w.Tx.First(&s.organization, w.Actor.OrganizationID).Error; err != nil {
		return s, fmt.Errorf("load organization: %w", err)
	}
	if err := w.Own().Where("assessment_id = ?", assessmentID).Order("sort_order, id").Find(&s.sections).Error; err != nil {
		return s, fmt.Errorf("load sections: %w", err)
	}
	return s, nil
}
