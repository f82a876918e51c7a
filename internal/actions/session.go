package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// How long a session lasts: a working day, or two weeks where its owner stays signed in.
const (
	sessionLife = 12 * time.Hour
	stayLife    = 14 * 24 * time.Hour
)

// visit is where and how somebody signs in.
type visit struct {
	address, agent string
	stay           bool
}

const longestAgent = 300

// shortAgent keeps of a browser's own name what is worth showing.
func shortAgent(agent string) string {
	return strings.ToValidUTF8(agent[:min(len(agent), longestAgent)], "")
}

// openSession opens a new session, never continues an old one, and returns its token.
func openSession(w *Work, user models.User, v visit) (string, error) {
	token, life := secrets.Token(), sessionLife
	if v.stay {
		life = stayLife
	}
	session := models.Session{
		Owned: models.Owned{OrganizationID: user.OrganizationID}, TokenHash: secrets.HashToken(token), UserID: &user.ID,
		SeenAt: w.Now, ExpiresAt: w.Now.Add(life), Address: v.address, Agent: shortAgent(v.agent),
	}
	if err := w.Tx.Create(&session).Error; err != nil {
		return "", fmt.Errorf("open session: %w", err)
	}
	if err := endSession(w, w.Actor.SessionID); err != nil {
		return "", err
	}
	err := w.Tx.Model(&models.User{}).Where("id = ?", user.ID).
		Updates(map[string]any{"logged_in_at": w.Now, "logged_in_from": v.address}).Error
	if err != nil {
		return "", fmt.Errorf("note the sign-in: %w", err)
	}
	w.Actor = access.Actor{Kind: access.User, ID: user.ID, Name: user.Name, OrganizationID: user.OrganizationID}
	return token, w.Audit(ledger.Entry{Verb: "sign-in", SubjectType: "user", SubjectID: user.ID,
		Detail: map[string]any{"second_factor": user.HasSecondFactor(), "stay": v.stay}})
}

func endSession(w *Work, id int64) error {
	if id == 0 {
		return nil
	}
	if err := w.Tx.Model(&models.Session{}).Where("id = ?", id).Update("revoked_at", w.Now).Error; err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// endSessions ends a user's live sessions but one, and what applications got in the user's name. It returns how many
// sessions there were.
func endSessions(w *Work, userID, but int64) (int64, error) {
	if err := endGrants(w, userID); err != nil {
		return 0, err
	}
	ended := w.Tx.Model(&models.Session{}).Where("user_id = ? AND id <> ? AND revoked_at IS NULL AND expires_at > ?", userID, but, w.Now).
		Update("revoked_at", w.Now)
	if ended.Error != nil {
		return 0, fmt.Errorf("end sessions: %w", ended.Error)
	}
	return ended.RowsAffected, nil
}

// endCandidateSessions ends every live session and token of a participation's candidate.
func endCandidateSessions(w *Work, participationID int64) error {
	if err := endTokens(w, "assessment_candidate_id = ?", participationID); err != nil {
		return err
	}
	err := w.Own().Model(&models.Session{}).Where("assessment_candidate_id = ? AND revoked_at IS NULL", participationID).
		Update("revoked_at", w.Now).Error
	if err != nil {
		return fmt.Errorf("end the candidate's sessions: %w", err)
	}
	return nil
}

// SignOut ends the session the actor came with.
type SignOut struct{}

// Grant implements Action.
func (*SignOut) Grant() access.Grant { return "" }

// Validate implements Action.
func (*SignOut) Validate() error { return nil }

// Perform implements Action.
func (*SignOut) Perform(_ context.Context, w *Work) error {
	if w.Actor.SessionID == 0 {
		return nil
	}
	if err := endSession(w, w.Actor.SessionID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "sign-out", SubjectType: string(w.Actor.Kind), SubjectID: w.Actor.ID})
}

// RevokeSession ends one of the actor's own sessions on another device.
type RevokeSession struct {
	ID int64
}

// Grant implements Action.
func (*RevokeSession) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*RevokeSession) Validate() error { return nil }

// Perform implements Action.
func (a *RevokeSession) Perform(_ context.Context, w *Work) error {
	var found int64
	if err := w.Own().Model(&models.Session{}).Where("id = ? AND user_id = ?", a.ID, w.Actor.ID).Count(&found).Error; err != nil {
		return fmt.Errorf("find session: %w", err)
	}
	if found == 0 {
		return fault.Missing("session")
	}
	if err := endSession(w, a.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "revoke-session", SubjectType: "user", SubjectID: w.Actor.ID})
}

// RevokeSessions ends all live sessions of a user: one's own but the present one, or with the right to manage users
// somebody else's.
type RevokeSessions struct {
	UserID int64 // 0 for one's own

	Ended int64 `json:"-" form:"-"`
}

// Grant implements Action.
func (a *RevokeSessions) Grant() access.Grant {
	if a.UserID == 0 {
		return "account.use"
	}
	return "user.manage"
}

// Validate implements Action.
func (*RevokeSessions) Validate() error { return nil }

// Perform implements Action.
func (a *RevokeSessions) Perform(_ context.Context, w *Work) (err error) {
	owner := w.Actor.ID
	if a.UserID != 0 {
		user, err := managedUser(w, a.UserID)
		if err != nil {
			return err
		}
		owner = user.ID
	}
	if a.Ended, err = endSessions(w, owner, w.Actor.SessionID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "revoke-sessions", SubjectType: "user", SubjectID: owner,
		Detail: map[string]any{"ended": a.Ended}})
}
