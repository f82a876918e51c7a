package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// CreateCandidate adds a person to the organization's candidates.
type CreateCandidate struct {
	CandidateInput

	Candidate models.Candidate `json:"-" form:"-"` // what was made
}

// Grant implements Action.
func (*CreateCandidate) Grant() access.Grant { return "candidate.create" }

// Validate implements Action.
func (a *CreateCandidate) Validate() error { return a.validate() }

// Perform implements Action.
func (a *CreateCandidate) Perform(_ context.Context, w *Work) error {
	values, err := checkCustom(w, models.CandidateField, nil, a.CF)
	if err != nil {
		return err
	}
	a.Candidate = models.Candidate{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), CF: values,
		StatusID: models.CandidateStatusNew,
	}
	a.put(&a.Candidate)
	if err := w.Tx.Create(&a.Candidate).Error; err != nil {
		return addressTaken(err, "create candidate")
	}
	return w.Audit(ledger.Entry{Verb: "create-candidate", SubjectType: "candidate", SubjectID: a.Candidate.ID,
		After: a.Candidate})
}

// UpdateCandidate changes what is known of a candidate. Custom values that are not named stay as they are.
type UpdateCandidate struct {
	ID int64 `json:"-" form:"-"`
	CandidateInput

	Candidate models.Candidate `json:"-" form:"-"`
}

// Grant implements Action.
func (*UpdateCandidate) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (a *UpdateCandidate) Validate() error { return a.validate() }

// Perform implements Action.
func (a *UpdateCandidate) Perform(_ context.Context, w *Work) error {
	before, err := lockCandidate(w, a.ID)
	if err != nil {
		return err
	}
	after := before
	if after.CF, err = checkCustom(w, models.CandidateField, before.CF, a.CF); err != nil {
		return err
	}
	a.put(&after)
	after.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&after).Error; err != nil {
		return addressTaken(err, "update candidate")
	}
	a.Candidate = after
	return w.Audit(ledger.Entry{Verb: "update-candidate", SubjectType: "candidate", SubjectID: after.ID, Before: before, After: after})
}
