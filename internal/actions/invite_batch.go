package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

const verificationDigits = 8

// inviting is what one batch needs to know of the assessment.
type inviting struct {
	Invite
	setting
}

// invitee is who is invited, and how the action's response names whoever cannot be.
type invitee struct {
	who       string
	candidate models.Candidate
}

func (a *Invite) load(w *Work) (inviting, error) {
	in := inviting{Invite: *a}
	var err error
	if _, err = a.lockOpen(w); err != nil {
		return in, err
	}
	if in.setting, err = loadSetting(w, a.AssessmentID); err != nil {
		return in, err
	}
	if len(in.sections) == 0 {
		return in, fault.New(fault.Conflict, "The assessment has no section.")
	}
	return in, nil
}

// gather returns who is meant by the units from one place to another: the candidates named, and after them the people.
func (in inviting) gather(ctx context.Context, w *Work, from, to int) ([]invitee, error) {
	named := len(in.Candidates)
	found, err := in.named(w, in.Candidates[min(from, named):min(to, named)])
	if err != nil {
		return nil, err
	}
	people, err := in.addressed(ctx, w, in.People[max(0, from-named):max(0, to-named)])
	return append(found, people...), err
}

// named loads candidates by reference and refuses those who are not there.
func (in inviting) named(w *Work, refs []CandidateRef) ([]invitee, error) {
	ids := make([]int64, len(refs))
	for i, ref := range refs {
		ids[i] = ref.ID
	}
	var found []models.Candidate
	if err := w.Own().Where("id IN ? AND NOT is_deleted", ids).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load candidates: %w", err)
	}
	byID := make(map[int64]models.Candidate, len(found))
	for _, c := range found {
		byID[c.ID] = c
	}
	var people []invitee
	for _, id := range ids {
		c, known := byID[id]
		if !known {
			w.Refused(fmt.Sprintf("Candidate %d", id), fault.Missing("candidate"))
			continue
		}
		people = append(people, invitee{c.Name(), c})
	}
	return people, nil
}

// addressed loads candidates by address and makes those who are nobody's candidate yet.
func (in inviting) addressed(ctx context.Context, w *Work, given []addresses.Person) ([]invitee, error) {
	emails := make([]string, len(given))
	for i, p := range given {
		emails[i] = models.NormalEmail(p.Email)
	}
	var found []models.Candidate
	if err := w.Own().Where("email IN ? AND NOT is_deleted", emails).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("find candidates by address: %w", err)
	}
	byEmail := make(map[string]models.Candidate, len(found))
	for _, c := range found {
		byEmail[c.Email] = c
	}
	var people []invitee
	for i, p := range given {
		if _, known := byEmail[emails[i]]; !known {
			made, err := becomeCandidate(ctx, w, p)
			if _, refused := fault.As(err); refused {
				w.Refused(p.Email, err)
				continue
			}
			if err != nil {
				return nil, err
			}
			byEmail[emails[i]] = made
		}
		people = append(people, invitee{p.Email, byEmail[emails[i]]})
	}
	return people, nil
}

func becomeCandidate(ctx context.Context, w *Work, p addresses.Person) (models.Candidate, error) {
	create := &CreateCandidate{CandidateInput: CandidateInput{Email: p.Email, FirstName: p.FirstName, LastName: p.LastName}}
	err := w.unit(func() error { return w.Also(ctx, create) })
	return create.Candidate, err
}

// leaveOutInvited refuses who was invited before.
func (in inviting) leaveOutInvited(w *Work, people []invitee) ([]invitee, error) {
	ids := make([]int64, len(people))
	for i, p := range people {
		ids[i] = p.candidate.ID
	}
	var before []int64
	err := w.Own().Model(&models.AssessmentCandidate{}).Where("assessment_id = ? AND candidate_id IN ?", in.assessment.ID, ids).
		Pluck("candidate_id", &before).Error
	if err != nil {
		return nil, fmt.Errorf("find participations: %w", err)
	}
	invited := map[int64]bool{}
	for _, id := range before {
		invited[id] = true
	}
	var fresh []invitee
	for _, p := range people {
		if invited[p.candidate.ID] {
			w.Refused(p.who, fault.New(fault.Conflict, "was invited already."))
			continue
		}
		invited[p.candidate.ID] = true
		fresh = append(fresh, p)
	}
	return fresh, nil
}

// participations makes one for each of the people, in their order.
func (in inviting) participations(w *Work, people []invitee) ([]models.AssessmentCandidate, error) {
	made := make([]models.AssessmentCandidate, len(people))
	end := in.EndDate.UTC()
	for i, p := range people {
		code, err := secrets.NumericCode(verificationDigits)
		if err != nil {
			return nil, err
		}
		made[i] = models.AssessmentCandidate{
			Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), AssessmentID: in.assessment.ID,
			CandidateID: p.candidate.ID, StatusID: models.Invited.ID(), SystemStatusID: models.Invited.ID(), StatusSince: w.Now,
			InvitedBy: w.Actor.UserID(), InvitedAt: &w.Now, EndDate: &end, LinkEpoch: 1, VerifyCode: code,
		}
	}
	if len(made) == 0 {
		return nil, nil
	}
	if err := w.Tx.CreateInBatches(&made, rowsAtOnce).Error; err != nil {
		return nil, fmt.Errorf("create participations: %w", err)
	}
	for _, p := range made {
		w.occurred("participation.invited", p.ID)
	}
	return made, nil
}

// attempts makes an attempt at every section for each participation and returns everybody's first.
func (in inviting) attempts(w *Work, participations []models.AssessmentCandidate) ([]models.AssessmentSectionCandidate, error) {
	var made []models.AssessmentSectionCandidate
	for _, p := range participations {
		for _, s := range in.sections {
			made = append(made, models.AssessmentSectionCandidate{
				Owned: p.Owned, Authored: p.Authored, AssessmentCandidateID: p.ID, AssessmentSectionID: s.ID,
				SectionID: s.SectionID, AssessmentID: p.AssessmentID, StatusID: models.Invited.ID(), InvitedAt: &w.Now,
				EndDate: p.EndDate,
			})
		}
	}
	if len(made) == 0 {
		return nil, nil
	}
	if err := w.Tx.CreateInBatches(&made, rowsAtOnce).Error; err != nil {
		return nil, fmt.Errorf("create attempts: %w", err)
	}
	first := make([]models.AssessmentSectionCandidate, len(participations))
	for i := range first {
		first[i] = made[i*len(in.sections)]
	}
	return first, nil
}

// tell puts the invitations into the outbox; participations and attempts are in the order of the people.
func (in inviting) tell(ctx context.Context, w *Work, people []invitee, participations []models.AssessmentCandidate,
	first []models.AssessmentSectionCandidate) error {
	notices := make([]notify.Notice, len(people))
	for i, p := range people {
		notices[i] = notify.Notice{
			Type: notify.Invitation, To: p.candidate.Email, Phone: p.candidate.Phone, Subject: in.Subject, Content: in.Content,
			Tags:         attendTags(w, in.setting, p.candidate, participations[i], first[i]),
			AssessmentID: &in.assessment.ID, CandidateID: &p.candidate.ID, AssessmentCandidateID: &participations[i].ID,
		}
	}
	return w.NotifyAll(ctx, notices)
}
