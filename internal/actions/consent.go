package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
)

// Consent notes that the candidate was told what is recorded and agreed to it.
type Consent struct {
	Agreed bool `form:"agreed"`
}

// Grant implements Action.
func (*Consent) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *Consent) Validate() error {
	if !a.Agreed {
		return fault.Field("agreed", "You can begin once you agree. If you do not want to, write to whoever invited you.")
	}
	return nil
}

// Perform implements Action.
func (a *Consent) Perform(_ context.Context, w *Work) error {
	participation, err := lockParticipation(w, w.Actor.AssessmentCandidateID)
	if err != nil || participation.ConsentedAt != nil {
		return err
	}
	if err := w.Tx.Model(&participation).Update("consented_at", w.Now).Error; err != nil {
		return fmt.Errorf("note the consent: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "consent", SubjectType: "assessment_candidate", SubjectID: participation.ID})
}
