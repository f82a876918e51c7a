package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// seenEvery bounds how often a session's last use is written.
const seenEvery = time.Minute

// Identify returns who holds a session token; Anonymous for a token that opens nothing any more.
func (r *Runner) Identify(ctx context.Context, token string) (access.Actor, error) {
	if token == "" {
		return access.Anonymous(), nil
	}
	var sessions []models.Session
	err := r.DB.Read.WithContext(ctx).Where("token_hash = ?", secrets.HashToken(token)).Limit(1).Find(&sessions).Error
	if err != nil {
		return access.Anonymous(), fmt.Errorf("find session: %w", err)
	}
	now := r.DB.Clock.Now()
	if len(sessions) == 0 || !sessions[0].IsLive(now) {
		return access.Anonymous(), nil
	}
	session := sessions[0]
	if now.Sub(session.SeenAt) > seenEvery {
		err := r.DB.Write.WithContext(ctx).Model(&models.Session{}).Where("id = ?", session.ID).UpdateColumn("seen_at", now).Error
		if err != nil {
			return access.Anonymous(), fmt.Errorf("note the session's use: %w", err)
		}
	}
	if session.UserID != nil {
		return r.userActor(ctx, session)
	}
	return r.candidateActor(ctx, session)
}

func (r *Runner) userActor(ctx context.Context, session models.Session) (access.Actor, error) {
	var user models.User
	if err := r.DB.Read.WithContext(ctx).First(&user, *session.UserID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the session's user: %w", err)
	}
	if !user.MaySignIn() {
		return access.Anonymous(), nil
	}
	actor, err := r.ActorOf(ctx, user)
	actor.SessionID = session.ID
	return actor, err
}

// ActorOf returns a user as an actor: with the current role, what was granted or refused, and what is switched off.
func (r *Runner) ActorOf(ctx context.Context, user models.User) (access.Actor, error) {
	db := r.DB.Read.WithContext(ctx)
	var organization models.Organization
	if err := db.First(&organization, user.OrganizationID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the user's organization: %w", err)
	}
	if organization.IsDeleted {
		return access.Anonymous(), nil
	}
	actor := access.Actor{
		Kind: access.User, ID: user.ID, Name: user.Name, Email: user.Email, OrganizationID: user.OrganizationID,
		Organization: organization.Name, Role: user.CurrentRole, TimeZone: user.TimeZone,
		HasPicture: user.PictureKey != nil, HasChoiceOfRoles: len(user.Roles) > 1,
		Granted: map[access.Grant]bool{}, Refused: map[access.Grant]bool{}, Off: map[string]bool{},
	}
	if actor.TimeZone == "" {
		actor.TimeZone = organization.TimeZone
	}
	for name, on := range organization.Switches.Data() {
		actor.Off[name] = !on
	}
	var grants []models.PermissionGrant
	err := db.Where("organization_id = ? AND (user_id = ? OR user_id IS NULL)", user.OrganizationID, user.ID).Find(&grants).Error
	if err != nil {
		return access.Anonymous(), fmt.Errorf("load permission grants: %w", err)
	}
	for _, g := range grants {
		if g.Refused {
			actor.Refused[access.Grant(g.ItemName)] = true
		} else {
			actor.Granted[access.Grant(g.ItemName)] = true
		}
	}
	return actor, nil
}

func (r *Runner) candidateActor(ctx context.Context, session models.Session) (access.Actor, error) {
	db := r.DB.Read.WithContext(ctx)
	var participation models.AssessmentCandidate
	if err := db.First(&participation, *session.AssessmentCandidateID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the session's participation: %w", err)
	}
	var candidate models.Candidate
	if err := db.First(&candidate, participation.CandidateID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the session's candidate: %w", err)
	}
	var organization models.Organization
	if err := db.First(&organization, session.OrganizationID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the candidate's organization: %w", err)
	}
	if organization.IsDeleted || candidate.IsDeleted {
		return access.Anonymous(), nil
	}
	actor := access.Actor{
		Kind: access.Candidate, ID: candidate.ID, Name: candidate.Name(), OrganizationID: session.OrganizationID,
		Organization: organization.Name, AssessmentCandidateID: participation.ID, SessionID: session.ID,
		TimeZone: candidate.TimeZone,
	}
	if actor.TimeZone == "" {
		actor.TimeZone = organization.TimeZone
	}
	return actor, nil
}
