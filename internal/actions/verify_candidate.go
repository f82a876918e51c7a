package actions

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// VerifyCandidate opens a candidate's session: whoever holds the link and knows the code that was mailed with it.
// Sessions on other devices stay open, so that an assessment can be gone on with anywhere. It returns NotFound for a
// link that leads nowhere, Invalid for a wrong code and TooMany when it is guessed too often.
type VerifyCandidate struct {
	Link     string `form:"-"`
	Code     string `form:"code"`
	TimeZone string `form:"zone"` // of the browser, kept when the candidate has none yet
	Address  string `form:"-"`
	Agent    string `form:"-"`

	Token string `form:"-"` // of the session that was opened
}

const candidateSessionLife = 7 * 24 * time.Hour

// Grant implements Action.
func (*VerifyCandidate) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *VerifyCandidate) Validate() error {
	a.Code = strings.Join(strings.Fields(a.Code), "")
	if a.Code == "" {
		return fault.Field("code", "Enter the code from your invitation.")
	}
	return nil
}

// Prepare implements Prepared: tries are counted whatever becomes of the transaction.
func (a *VerifyCandidate) Prepare(_ context.Context, w *Work) error {
	a.Agent = shortAgent(a.Agent)
	if err := w.World.Limits.tryHall(a.Address); err != nil {
		return err
	}
	_, participation, err := FollowLink(w.Tx, w.World.Links, a.Link)
	if err != nil {
		return err
	}
	return w.World.Limits.tryCode(participation.ID)
}

// Perform implements Action.
func (a *VerifyCandidate) Perform(_ context.Context, w *Work) error {
	attempt, participation, candidate, err := a.check(w)
	if errors.Is(err, errLinkCode) {
		return refuseCode(w, participation, err)
	}
	if err != nil {
		return err
	}
	if err := a.keepZone(w, candidate); err != nil {
		return err
	}
	if err := a.noteDevice(w, attempt, participation); err != nil {
		return err
	}
	if err := a.openSession(w, participation); err != nil {
		return err
	}
	a.forgetTries(w, participation)
	return w.Audit(ledger.Entry{Verb: "verify", SubjectType: "assessment_candidate", SubjectID: participation.ID})
}

// errLinkCode is the refusal of a wrong code.
var errLinkCode = fault.Field("code", "This code does not belong to this link. It stands in the same message.")

// refuseCode answers a wrong code, of which the ledger keeps that it was tried, never what.
func refuseCode(w *Work, p models.AssessmentCandidate, refusal error) error {
	w.RefuseButKeep(refusal)
	w.Actor = access.Program(p.OrganizationID)
	return w.Audit(ledger.Entry{Verb: "refuse-code", SubjectType: "assessment_candidate", SubjectID: p.ID})
}

// check finds whom the link and the code belong to, who acts from here on.
func (a *VerifyCandidate) check(w *Work) (attempt models.AssessmentSectionCandidate, p models.AssessmentCandidate, c models.Candidate, err error) {
	if attempt, p, err = FollowLink(w.Tx, w.World.Links, a.Link); err != nil {
		return attempt, p, c, err
	}
	if subtle.ConstantTimeCompare([]byte(a.Code), []byte(p.VerifyCode)) != 1 {
		return attempt, p, c, errLinkCode
	}
	if err := w.Tx.Where("NOT is_deleted").First(&c, p.CandidateID).Error; err != nil {
		return attempt, p, c, database.Fault(err, "invitation")
	}
	w.Actor = access.Actor{Kind: access.Candidate, ID: c.ID, Name: c.Name(),
		OrganizationID: p.OrganizationID, AssessmentCandidateID: p.ID}
	return attempt, p, c, nil
}

func (a *VerifyCandidate) forgetTries(w *Work, p models.AssessmentCandidate) {
	w.AfterCommit(func(context.Context) { w.World.Limits.Code.Forget(strconv.FormatInt(p.ID, 10)) })
}

func (a *VerifyCandidate) keepZone(w *Work, c models.Candidate) error {
	if c.TimeZone != "" || !models.KnownZone(a.TimeZone) {
		return nil
	}
	if err := w.Tx.Model(&c).Update("time_zone", a.TimeZone).Error; err != nil {
		return fmt.Errorf("keep the candidate's time zone: %w", err)
	}
	return nil
}

// noteDevice writes down that an attempt goes on, and that it does so beside another device that is still signed in.
func (a *VerifyCandidate) noteDevice(w *Work, linked models.AssessmentSectionCandidate, p models.AssessmentCandidate) error {
	var earlier int64
	err := w.Tx.Model(&models.Session{}).
		Where("assessment_candidate_id = ? AND revoked_at IS NULL AND expires_at > ?", p.ID, w.Now).Count(&earlier).Error
	if err != nil {
		return fmt.Errorf("count the candidate's sessions: %w", err)
	}
	var open []models.AssessmentSectionCandidate
	err = w.Tx.Where("assessment_candidate_id = ? AND started_at IS NOT NULL AND completed_at IS NULL", p.ID).Find(&open).Error
	if err != nil {
		return fmt.Errorf("find open attempts: %w", err)
	}
	for _, attempt := range open {
		if err := addEvent(w, attempt, models.AttemptEvent{Kind: models.EventResumed, Device: a.Agent}); err != nil {
			return err
		}
	}
	if earlier == 0 {
		return nil
	}
	if len(open) == 0 {
		open = append(open, linked)
	}
	return addEvent(w, open[0], models.AttemptEvent{Kind: models.EventSecondDevice, Device: a.Agent,
		Detail: map[string]any{"sessions": earlier + 1}})
}

func (a *VerifyCandidate) openSession(w *Work, p models.AssessmentCandidate) error {
	token := secrets.Token()
	session := models.Session{
		Owned: p.Owned, TokenHash: secrets.HashToken(token), AssessmentCandidateID: &p.ID, SeenAt: w.Now,
		ExpiresAt: w.Now.Add(candidateSessionLife), Address: a.Address, Agent: a.Agent,
	}
	if err := w.Tx.Create(&session).Error; err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	a.Token, w.Actor.SessionID = token, session.ID
	return nil
}

// FollowLink returns the attempt and the participation that a link leads to, NotFound for a link that is no longer, or
// never was, good.
func FollowLink(db *gorm.DB, links attendlink.Links, code string) (models.AssessmentSectionCandidate, models.AssessmentCandidate, error) {
	var attempt models.AssessmentSectionCandidate
	var participation models.AssessmentCandidate
	claim, err := attendlink.Read(code)
	if err != nil {
		return attempt, participation, err
	}
	if err := db.First(&attempt, claim.AttemptID).Error; err != nil {
		return attempt, participation, database.Fault(err, "invitation")
	}
	if err := db.First(&participation, attempt.AssessmentCandidateID).Error; err != nil {
		return attempt, participation, database.Fault(err, "invitation")
	}
	return attempt, participation, links.Check(claim, participation.LinkEpoch)
}
