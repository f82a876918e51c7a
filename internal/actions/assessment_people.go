package actions

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// Collaborator is a user who works along on an assessment.
type Collaborator struct {
	UserID int64                   `json:"user_id"`
	Role   models.CollaboratorRole `json:"role"`
}

// setCollaborators makes these the assessment's collaborators; nil leaves them.
func setCollaborators(w *Work, assessmentID int64, list *[]Collaborator) error {
	if list == nil {
		return nil
	}
	if err := w.Own().Where("assessment_id = ?", assessmentID).Delete(&models.AssessmentCollaborator{}).Error; err != nil {
		return fmt.Errorf("clear collaborators: %w", err)
	}
	seen := map[int64]bool{}
	for _, c := range *list {
		if c.Role != models.CollaboratorViews && c.Role != models.CollaboratorEdits {
			return fault.Field("collaborators", "A collaborator looks or works along.")
		}
		if seen[c.UserID] {
			continue
		}
		seen[c.UserID] = true
		if err := ownUser(w, &c.UserID); err != nil {
			return err
		}
		row := models.AssessmentCollaborator{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
			Role: c.Role, AssessmentID: assessmentID, UserID: c.UserID}
		if err := w.Tx.Create(&row).Error; err != nil {
			return fmt.Errorf("add collaborator: %w", err)
		}
	}
	return nil
}

// categorizeAssessment makes these the assessment's categories, by name; nil leaves them.
func categorizeAssessment(w *Work, assessmentID int64, names *[]string) error {
	if names == nil {
		return nil
	}
	if err := w.Own().Where("assessment_id = ?", assessmentID).Delete(&models.AssessmentCategoryLink{}).Error; err != nil {
		return fmt.Errorf("clear the assessment's categories: %w", err)
	}
	seen := map[int64]bool{}
	for _, name := range *names {
		if strings.TrimSpace(name) == "" {
			continue
		}
		category, err := findOrMakeCategory(w, name, models.BusinessCategory)
		if err != nil {
			return err
		}
		if seen[category.ID] {
			continue
		}
		seen[category.ID] = true
		link := models.AssessmentCategoryLink{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
			AssessmentID: assessmentID, CategoryID: category.ID}
		if err := w.Tx.Create(&link).Error; err != nil {
			return fmt.Errorf("put the assessment into %q: %w", name, err)
		}
	}
	return nil
}
