package actions

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Invite invites candidates to an assessment: a participation each, an attempt at every section, a link and a
// verification code, and a mail if IsNotify. Somebody who was invited before keeps the one participation.
type Invite struct {
	AssessmentID        int64          `json:"assessmentID"`
	AssessmentSectionID int64          `json:"assessmentSectionID"`
	EndDate             time.Time      `json:"endDate"`
	Candidates          []CandidateRef `json:"candidates"`
	IsNotify            bool           `json:"isNotify"`
	CallbackURL         string         `json:"callbackUrl"`
	Subject             string         `json:"-"` // wording of this invitation; empty takes the template
	Content             string         `json:"-"`
}

// CandidateRef points at a candidate.
type CandidateRef struct {
	ID int64 `json:"id"`
}

const inviteBatch = 100

// Grant implements Action.
func (*Invite) Grant() access.Grant { return "participation.invite" }

// Size implements Queued.
func (a *Invite) Size() int { return len(a.Candidates) }

// Validate implements Action.
func (a *Invite) Validate() error {
	bad := fault.Fields{}
	if a.AssessmentID == 0 && a.AssessmentSectionID == 0 {
		bad["assessmentID"] = "Say which assessment the invitation is for."
	}
	if a.EndDate.IsZero() {
		bad["endDate"] = "Say until when the assessment may be taken."
	}
	if len(a.Candidates) == 0 {
		bad["candidates"] = "Choose at least one candidate."
	}
	return fault.Refuse(bad)
}

// Perform implements Action: what must hold before anybody is invited.
func (a *Invite) Perform(_ context.Context, w *Work) error {
	if a.AssessmentID == 0 {
		var section models.AssessmentSection
		if err := w.Own().First(&section, a.AssessmentSectionID).Error; err != nil {
			return database.Fault(err, "assessment section")
		}
		a.AssessmentID = section.AssessmentID
	}
	var assessment models.Assessment
	if err := w.Own().Where("NOT is_deleted").First(&assessment, a.AssessmentID).Error; err != nil {
		return database.Fault(err, "assessment")
	}
	if !assessment.AllowsInviting() {
		return fault.New(fault.Conflict, "Nobody can be invited: the assessment is %s. Open it first.", assessment.StatusID.Label())
	}
	if !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	a.Candidates = once(a.Candidates)
	return w.Audit(ledger.Entry{Verb: "invite", SubjectType: "assessment", SubjectID: assessment.ID,
		Detail: map[string]any{"candidates": len(a.Candidates), "end_date": a.EndDate.UTC().Format(time.RFC3339)}})
}

// once drops repeated references and keeps the order.
func once(refs []CandidateRef) []CandidateRef {
	seen := map[CandidateRef]bool{}
	return slices.DeleteFunc(slices.Clone(refs), func(r CandidateRef) bool {
		repeated := seen[r]
		seen[r] = true
		return repeated
	})
}

// Batch implements Queued.
func (a *Invite) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	end := min(cursor+inviteBatch, len(a.Candidates))
	inv, err := a.load(w)
	if err != nil {
		return cursor, err
	}
	for _, ref := range a.Candidates[cursor:end] {
		if err := inv.one(ctx, w, ref.ID); err != nil {
			if _, known := fault.As(err); !known {
				return cursor, err
			}
			w.Refused(fmt.Sprintf("candidate %d", ref.ID), err)
			continue
		}
		w.Done()
	}
	w.Changed("assessment", a.AssessmentID)
	return end, nil
}

// inviting is what one batch needs to know of the assessment.
type inviting struct {
	Invite
	assessment   models.Assessment
	organization models.Organization
	sections     []models.AssessmentSection
}

func (a *Invite) load(w *Work) (inviting, error) {
	in := inviting{Invite: *a}
	if err := w.Own().First(&in.assessment, a.AssessmentID).Error; err != nil {
		return in, fmt.Errorf("load assessment: %w", err)
	}
	if err := w.Tx.First(&in.organization, w.Actor.OrganizationID).Error; err != nil {
		return in, fmt.Errorf("load organization: %w", err)
	}
	if err := w.Own().Where("assessment_id = ?", a.AssessmentID).Order("sort_order, id").Find(&in.sections).Error; err != nil {
		return in, fmt.Errorf("load sections: %w", err)
	}
	return in, nil
}

func (in inviting) one(ctx context.Context, w *Work, candidateID int64) error {
	var candidate models.Candidate
	if err := w.Own().Where("NOT is_deleted").First(&candidate, candidateID).Error; err != nil {
		return database.Fault(err, "candidate")
	}
	participation, isNew, err := in.participation(w, candidateID)
	if err != nil {
		return err
	}
	if !isNew {
		return fault.New(fault.Conflict, "%s was invited already.", candidate.Name())
	}
	first, err := in.attempts(w, participation)
	if err != nil {
		return err
	}
	if !in.IsNotify {
		return nil
	}
	return w.Notify(ctx, notify.Notice{
		Type: notify.Invitation, To: candidate.Email, Subject: in.Subject, Content: in.Content,
		Tags:         in.tags(w, candidate, participation, first),
		AssessmentID: &in.assessment.ID, CandidateID: &candidate.ID, AssessmentCandidateID: &participation.ID,
	})
}

// participation returns the candidate's participation, made when there is none.
func (in inviting) participation(w *Work, candidateID int64) (models.AssessmentCandidate, bool, error) {
	var found models.AssessmentCandidate
	err := w.Own().Where("assessment_id = ? AND candidate_id = ?", in.assessment.ID, candidateID).First(&found).Error
	if err == nil {
		return found, false, nil
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return found, false, fmt.Errorf("find participation: %w", err)
	}
	code, err := secrets.NumericCode(verificationDigits)
	if err != nil {
		return found, false, err
	}
	end := in.EndDate.UTC()
	made := models.AssessmentCandidate{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), AssessmentID: in.assessment.ID,
		CandidateID: candidateID, StatusID: models.Invited.ID(), SystemStatusID: models.Invited.ID(), StatusSince: w.Now,
		InvitedBy: w.Actor.UserID(), InvitedAt: &w.Now, EndDate: &end, LinkEpoch: 1, VerifyCode: code,
	}
	if err := w.Tx.Create(&made).Error; err != nil {
		return made, false, fmt.Errorf("create participation: %w", err)
	}
	return made, true, nil
}

const verificationDigits = 8

// attempts makes an attempt at every section and returns the first.
func (in inviting) attempts(w *Work, p models.AssessmentCandidate) (models.AssessmentSectionCandidate, error) {
	var made []models.AssessmentSectionCandidate
	for _, s := range in.sections {
		made = append(made, models.AssessmentSectionCandidate{
			Owned: p.Owned, Authored: p.Authored, AssessmentCandidateID: p.ID, AssessmentSectionID: s.ID,
			SectionID: s.SectionID, AssessmentID: p.AssessmentID, StatusID: models.Invited.ID(), InvitedAt: &w.Now,
			EndDate: p.EndDate,
		})
	}
	if len(made) == 0 {
		return models.AssessmentSectionCandidate{}, fault.New(fault.Conflict, "The assessment has no section.")
	}
	if err := w.Tx.Create(&made).Error; err != nil {
		return made[0], fmt.Errorf("create attempts: %w", err)
	}
	return made[0], nil
}

func (in inviting) tags(w *Work, c models.Candidate, p models.AssessmentCandidate, first models.AssessmentSectionCandidate) notify.Tags {
	code := w.World.Links.Code(first.ID, p.LinkEpoch, w.Now)
	firstName := c.FirstName
	if firstName == "" {
		firstName = c.Name()
	}
	return notify.Tags{
		"candidate-name": c.Name(), "candidate-first-name": firstName, "assessment-name": in.assessment.Title,
		"organization-name": in.organization.Name, "link": w.Link("/attend/" + code), "verification-code": p.VerifyCode,
		"end-date": dateIn(*p.EndDate, in.organization.TimeZone), "duration": durationOf(in.sections),
	}
}

// dateIn words a time for a mail, with the zone that it is in.
func dateIn(at time.Time, zone string) string {
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	return at.In(location).Format("Mon 2 Jan 2006, 15:04 MST")
}

// durationOf words how long all timed sections take together.
func durationOf(sections []models.AssessmentSection) string {
	seconds, untimed := 0, false
	for _, s := range sections {
		if s.MaxSectionTime == nil {
			untimed = true
			continue
		}
		seconds += *s.MaxSectionTime
	}
	switch minutes := (seconds + 59) / 60; {
	case minutes == 0:
		return "as long as you need"
	case untimed:
		return fmt.Sprintf("%d minutes and a part without a limit", minutes)
	default:
		return fmt.Sprintf("up to %d minutes", minutes)
	}
}
