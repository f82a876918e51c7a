package actions

import (
	"context"
	"errors"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// IssueCandidateToken gives a candidate's own program a token for one participation, as VerifyCandidate opens a session:
// whoever holds the link and knows the code that was mailed with it. It refuses as VerifyCandidate does.
type IssueCandidateToken struct {
	Link    string
	Code    string
	Address string
	Agent   string

	Token IssuedToken

	verify VerifyCandidate
}

// Grant implements Action.
func (*IssueCandidateToken) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *IssueCandidateToken) Validate() error {
	a.verify = VerifyCandidate{Link: a.Link, Code: a.Code, Address: a.Address, Agent: a.Agent}
	return renameField(a.verify.Validate(), "code", "verification_code")
}

// Prepare implements Prepared.
func (a *IssueCandidateToken) Prepare(ctx context.Context, w *Work) error {
	return a.verify.Prepare(ctx, w)
}

// Perform implements Action.
func (a *IssueCandidateToken) Perform(_ context.Context, w *Work) error {
	attempt, participation, _, err := a.verify.check(w)
	if errors.Is(err, errLinkCode) {
		return refuseCode(w, participation, renameField(err, "code", "verification_code"))
	}
	if err != nil {
		return err
	}
	if err := a.verify.noteDevice(w, attempt, participation); err != nil {
		return err
	}
	row := models.AccessToken{Owned: participation.Owned, Kind: models.CandidateToken, AssessmentCandidateID: &participation.ID}
	if a.Token, err = issueToken(w, row, candidateSessionLife); err != nil {
		return fmt.Errorf("issue the candidate's token: %w", err)
	}
	a.verify.forgetTries(w, participation)
	return w.Audit(ledger.Entry{Verb: "issue-token", SubjectType: "assessment_candidate", SubjectID: participation.ID,
		Detail: map[string]any{"grant": "link"}})
}
