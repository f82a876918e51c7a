package actions

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/addresses"
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
	// People are invited by address; who is nobody's candidate yet becomes one of the organization's.
	People      []addresses.Person `json:"people,omitempty"`
	IsNotify    bool               `json:"isNotify"`
	CallbackURL string             `json:"callbackUrl"`
	// Subject and Content word this invitation; empty ones take the template.
	Subject string `json:"subject,omitempty"`
	Content string `json:"content,omitempty"`
}

// CandidateRef points at a candidate.
type CandidateRef struct {
	ID int64 `json:"id"`
}

const (
	inviteBatch = 100
	mostInvited = 20_000
)

// Grant implements Action.
func (*Invite) Grant() access.Grant { return "participation.invite" }

// Size implements Queued.
func (a *Invite) Size() int { return len(a.Candidates) + len(a.People) }

// Validate implements Action.
func (a *Invite) Validate() error {
	bad := fault.Fields{}
	if a.AssessmentID == 0 && a.AssessmentSectionID == 0 {
		bad["assessmentID"] = "Say which assessment the invitation is for."
	}
	if a.EndDate.IsZero() {
		bad["endDate"] = "Say until when the assessment may be taken."
	}
	if a.Size() == 0 {
		bad["candidates"] = "Choose at least one candidate."
	}
	if a.Size() > mostInvited {
		bad["candidates"] = fmt.Sprintf("Invite at most %d people at once.", mostInvited)
	}
	kind, _ := notify.TypeNamed(notify.Invitation)
	if err := kind.CheckTags("subject", a.Subject); err != nil {
		return err
	}
	if err := kind.CheckTags("content", a.Content); err != nil {
		return err
	}
	a.Content = notify.Clean(a.Content)
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
		Detail: map[string]any{"candidates": a.Size(), "end_date": a.EndDate.UTC().Format(time.RFC3339)}})
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
	end := min(cursor+inviteBatch, a.Size())
	inv, err := a.load(w)
	if err != nil {
		return cursor, err
	}
	for unit := cursor; unit < end; unit++ {
		who, err := inv.unit(ctx, w, unit)
		if err == nil {
			w.Done()
			continue
		}
		if _, known := fault.As(err); !known {
			return cursor, err
		}
		w.Refused(who, err)
	}
	w.Changed(TopicAssessment, a.AssessmentID)
	return end, nil
}

// inviting is what one batch needs to know of the assessment.
type inviting struct {
	Invite
	setting
}

// setting is an assessment as its messages speak of it.
type setting struct {
	assessment   models.Assessment
	organization models.Organization
	sections     []models.AssessmentSection // in order
}

func (a *Invite) load(w *Work) (inviting, error) {
	s, err := loadSetting(w, a.AssessmentID)
	return inviting{Invite: *a, setting: s}, err
}

func loadSetting(w *Work, assessmentID int64) (setting, error) {
	var s setting
	if err := w.Own().First(&s.assessment, assessmentID).Error; err != nil {
		return s, fmt.Errorf("load assessment: %w", err)
	}
	if err := w.Tx.First(&s.organization, w.Actor.OrganizationID).Error; err != nil {
		return s, fmt.Errorf("load organization: %w", err)
	}
	if err := w.Own().Where("assessment_id = ?", assessmentID).Order("sort_order, id").Find(&s.sections).Error; err != nil {
		return s, fmt.Errorf("load sections: %w", err)
	}
	return s, nil
}

// unit invites one of the candidates or, after them, one of the people, and says who it was.
func (in inviting) unit(ctx context.Context, w *Work, unit int) (who string, err error) {
	if unit < len(in.Candidates) {
		id := in.Candidates[unit].ID
		candidate, err := ownCandidate(w, id)
		if err != nil {
			return fmt.Sprintf("Candidate %d", id), err
		}
		return candidate.Name(), in.one(ctx, w, candidate)
	}
	person := in.People[unit-len(in.Candidates)]
	candidate, err := becomeCandidate(ctx, w, person)
	if err != nil {
		return person.Email, err
	}
	return person.Email, in.one(ctx, w, candidate)
}

// becomeCandidate returns the candidate with the person's address, made when there is none.
func becomeCandidate(ctx context.Context, w *Work, person addresses.Person) (models.Candidate, error) {
	var found []models.Candidate
	err := w.Own().Where("email = ? AND NOT is_deleted", models.NormalEmail(person.Email)).Limit(1).Find(&found).Error
	if err != nil {
		return models.Candidate{}, fmt.Errorf("find candidate by address: %w", err)
	}
	if len(found) == 1 {
		return found[0], nil
	}
	create := &CreateCandidate{CandidateInput: CandidateInput{Email: person.Email, FirstName: person.FirstName, LastName: person.LastName}}
	err = w.Also(ctx, create)
	return create.Candidate, err
}

func (in inviting) one(ctx context.Context, w *Work, candidate models.Candidate) error {
	participation, isNew, err := in.participation(w, candidate.ID)
	if err != nil {
		return err
	}
	if !isNew {
		return fault.New(fault.Conflict, "was invited already.")
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
		Tags:         attendTags(w, in.setting, candidate, participation, first),
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
