package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// CreateCandidate adds a person to the organization's candidates.
type CreateCandidate struct {
	Email      string         `json:"email" form:"email"`
	FirstName  string         `json:"first_name" form:"first_name"`
	MiddleName string         `json:"middle_name" form:"middle_name"`
	LastName   string         `json:"last_name" form:"last_name"`
	Phone      string         `json:"phone" form:"phone"`
	ExternalID string         `json:"external_id" form:"external_id"`
	CF         map[string]any `json:"cf" form:"-"`

	Candidate models.Candidate `json:"-" form:"-"` // what was made
}

// Grant implements Action.
func (*CreateCandidate) Grant() access.Grant { return "candidate.create" }

// Validate implements Action.
func (a *CreateCandidate) Validate() error {
	a.Email = models.NormalEmail(a.Email)
	if !validEmail(a.Email) {
		return fault.Field("email", "This is not an e-mail address.")
	}
	return nil
}

// Perform implements Action.
func (a *CreateCandidate) Perform(_ context.Context, w *Work) error {
	a.Candidate = models.Candidate{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Email: a.Email,
		FirstName: a.FirstName, MiddleName: optional(a.MiddleName), LastName: optional(a.LastName), Phone: optional(a.Phone),
		ExternalID: optional(a.ExternalID), CF: a.CF, StatusID: models.CandidateStatusNew,
	}
	a.Candidate.SearchText = candidateSearchText(a.Candidate)
	if err := w.Tx.Create(&a.Candidate).Error; err != nil {
		if fault.KindOf(database.Fault(err, "candidate")) == fault.Conflict {
			return fault.Field("email", "There is a candidate with this address already.")
		}
		return fmt.Errorf("create candidate: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "create-candidate", SubjectType: "candidate", SubjectID: a.Candidate.ID,
		After: a.Candidate})
}

func candidateSearchText(c models.Candidate) string {
	text := c.Name() + " " + c.Email
	if c.ExternalID != nil {
		text += " " + *c.ExternalID
	}
	return textfold.Fold(text)
}
