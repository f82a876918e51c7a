package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// UpdateAssessment changes what an assessment is called, who runs it and when it can be taken. It may be done in every
// state: none of it changes what candidates are asked.
type UpdateAssessment struct {
	ID              int64
	Title           string
	Description     string // HTML, sanitized
	ExternalID      string
	StartDate       *time.Time
	EndDate         *time.Time
	OwnedBy         *int64         // nil leaves the owner
	OutageCreditCap *int           // seconds; nil leaves it
	CF              map[string]any // values by the key of a custom field; keys not given stay, empty values go
	Collaborators   *[]Collaborator
	Categories      *[]string // names; new ones are made; nil leaves them

	Assessment models.Assessment // as it is now
}

const maxOutageCredit = 2 * 60 * 60

// Grant implements Action.
func (*UpdateAssessment) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *UpdateAssessment) Validate() error {
	bad := fault.Fields{}
	a.Title = strings.TrimSpace(a.Title)
	if a.Title == "" {
		bad["title"] = "Give the assessment a title."
	}
	if a.StartDate != nil && a.EndDate != nil && !a.EndDate.After(*a.StartDate) {
		bad["end_date"] = "The end must come after the start."
	}
	if a.OutageCreditCap != nil && (*a.OutageCreditCap < 0 || *a.OutageCreditCap > maxOutageCredit) {
		bad["outage_credit"] = "Choose 0 to 120 minutes."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *UpdateAssessment) Perform(_ context.Context, w *Work) error {
	assessment, err := lockAssessment(w, a.ID)
	if err != nil {
		return err
	}
	before := assessment
	if err := a.refusePast(assessment, w.Now); err != nil {
		return err
	}
	if err := ownUser(w, a.OwnedBy); err != nil {
		return err
	}
	if assessment.CF, err = checkCustom(w, models.AssessmentField, assessment.CF, a.CF); err != nil {
		return err
	}
	a.fill(&assessment)
	assessment.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&assessment).Error; err != nil {
		return database.Fault(fmt.Errorf("update assessment: %w", err), "assessment")
	}
	if err := setCollaborators(w, assessment.ID, a.Collaborators); err != nil {
		return err
	}
	if err := categorizeAssessment(w, assessment.ID, a.Categories); err != nil {
		return err
	}
	a.Assessment = assessment
	w.Changed(TopicAssessment, assessment.ID)
	return w.Audit(ledger.Entry{Verb: "update-assessment", SubjectType: "assessment", SubjectID: assessment.ID,
		Before: before, After: assessment, Detail: map[string]any{"title": assessment.Title}})
}

// refusePast keeps an open assessment from being ended by a date that is over: closing says so to whoever reads the log.
func (a *UpdateAssessment) refusePast(assessment models.Assessment, now time.Time) error {
	moved := a.EndDate != nil && (assessment.EndDate == nil || !assessment.EndDate.Equal(*a.EndDate))
	if moved && assessment.StatusID == models.AssessmentOpen && !a.EndDate.After(now) {
		return fault.Field("end_date", "This moment is over. To end the assessment now, close it.")
	}
	return nil
}

func (a *UpdateAssessment) fill(to *models.Assessment) {
	to.Title, to.Description, to.ExternalID = a.Title, richtext.Sanitize(a.Description), optional(a.ExternalID)
	to.StartDate, to.EndDate = a.StartDate, a.EndDate
	to.SearchText = textfold.Fold(a.Title + " " + a.ExternalID)
	if a.OwnedBy != nil {
		to.OwnedBy = a.OwnedBy
	}
	if a.OutageCreditCap != nil {
		to.OutageCreditCap = *a.OutageCreditCap
	}
}

// ownUser checks that a user is one of the organization's; nil is nobody.
func ownUser(w *Work, id *int64) error {
	if id == nil {
		return nil
	}
	err := w.Own().Where("NOT is_deleted").First(&models.User{}, *id).Error
	return database.Fault(err, "user")
}
