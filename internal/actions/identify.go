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
	actor, err := r.candidateActor(ctx, *session.AssessmentCandidateID, session.OrganizationID)
	if err != nil || !actor.IsSignedIn() {
		return actor, err
	}
	actor.SessionID = session.ID
	return actor, nil
}

func (r *Runner) userActor(ctx context.Context, session models.Session) (access.Actor, error) {
	actor, err := r.signedIn(ctx, *session.UserID)
	if err != nil || !actor.IsSignedIn() {
		return actor, err
	}
	actor.SessionID = session.ID
	actor.PageSettings, err = r.pageSettingsOf(ctx, actor.OrganizationID, actor.ID)
	return actor, err
}

// signedIn returns a user as an actor; Anonymous for one who may not sign in.
func (r *Runner) signedIn(ctx context.Context, userID int64) (access.Actor, error) {
	var user models.User
	if err := r.DB.Read.WithContext(ctx).First(&user, userID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the signed-in user: %w", err)
	}
	if !user.MaySignIn() {
		return access.Anonymous(), nil
	}
	return r.ActorOf(ctx, user)
}

// ActorOf returns a user as an actor: with the current role, what was granted or refused, and what is switched off.
func (r *Runner) ActorOf(ctx context.Context, user models.User) (access.Actor, error) {
	actor := access.Actor{
		Kind: access.User, ID: user.ID, Name: user.Name, Email: user.Email, OrganizationID: user.OrganizationID,
		Role: user.CurrentRole, TimeZone: user.TimeZone, HasPicture: user.PictureKey != nil, HasChoiceOfRoles: len(user.Roles) > 1,
	}
	return r.withRights(ctx, actor, "user_id = ? OR user_id IS NULL", user.ID)
}

// withRights adds to an actor what its organization says: its name and zone, what is switched off, and the permissions
// that a condition finds. It returns Anonymous when the organization is deleted.
func (r *Runner) withRights(ctx context.Context, actor access.Actor, whose string, values ...any) (access.Actor, error) {
	db := r.DB.Read.WithContext(ctx)
	var organization models.Organization
	if err := db.First(&organization, actor.OrganizationID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the actor's organization: %w", err)
	}
	if organization.IsDeleted {
		return access.Anonymous(), nil
	}
	actor.Organization = organization.Name
	actor.Granted, actor.Refused, actor.Off = map[access.Grant]bool{}, map[access.Grant]bool{}, map[string]bool{}
	if actor.TimeZone == "" {
		actor.TimeZone = organization.TimeZone
	}
	for name, on := range organization.Switches.Data() {
		actor.Off[name] = !on
	}
	var grants []models.PermissionGrant
	if err := db.Where("organization_id = ?", actor.OrganizationID).Where(whose, values...).Find(&grants).Error; err != nil {
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

func (r *Runner) candidateActor(ctx context.Context, participationID, organizationID int64) (access.Actor, error) {
	db := r.DB.Read.WithContext(ctx)
	var participation models.AssessmentCandidate
	if err := db.First(&participation, participationID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the candidate's participation: %w", err)
	}
	var candidate models.Candidate
	if err := db.First(&candidate, participation.CandidateID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the candidate: %w", err)
	}
	var organization models.Organization
	if err := db.First(&organization, organizationID).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the candidate's organization: %w", err)
	}
	if organization.IsDeleted || candidate.IsDeleted {
		return access.Anonymous(), nil
	}
	actor := access.Actor{
		Kind: access.Candidate, ID: candidate.ID, Name: candidate.Name(), OrganizationID: organizationID,
		Organization: organization.Name, AssessmentCandidateID: participation.ID, TimeZone: candidate.TimeZone,
	}
	if actor.TimeZone == "" {
		actor.TimeZone = organization.TimeZone
	}
	var err error
	actor.PageSettings, err = r.PageSettingsIn(ctx, organization)
	return actor, err
}
