package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// Invite invites candidates to an assessment: a participation each, an attempt at every section, a link and a
// verification code, and a mail if IsNotify. Somebody who was invited before keeps the one participation.
type Invite struct {
	AssessmentID        int64          `json:"assessmentID"`
	AssessmentSectionID int64          `json:"assessmentSectionID"`
	ExternalID          string         `json:"externalAssessmentID"` // the caller's own name of the assessment
	EndDate             time.Time      `json:"endDate" needs:"yes"`
	Candidates          []CandidateRef `json:"candidates" needs:"yes"`
	// People are invited by address; who is nobody's candidate yet becomes one of the organization's.
	People   []addresses.Person `json:"people,omitempty"`
	IsNotify bool               `json:"isNotify"`
	// Subject and Content word this invitation; empty ones take the template.
	Subject string `json:"subject,omitempty"`
	Content string `json:"content,omitempty"`
}

// CandidateRef points at a candidate.
type CandidateRef = Ref

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
	if a.AssessmentID == 0 && a.AssessmentSectionID == 0 && a.ExternalID == "" {
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
	if err := a.findAssessment(w); err != nil {
		return err
	}
	assessment, err := a.lockOpen(w)
	if err != nil {
		return err
	}
	if !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	a.Candidates = once(a.Candidates)
	return w.Audit(ledger.Entry{Verb: "invite", SubjectType: "assessment", SubjectID: assessment.ID,
		Detail: map[string]any{"candidates": a.Size(), "end_date": a.EndDate.UTC().Format(time.RFC3339)}})
}

// findAssessment takes the section first, then the assessment, then the caller's own name of it. A section of another
// assessment than the one named is refused.
func (a *Invite) findAssessment(w *Work) error {
	switch {
	case a.AssessmentSectionID != 0:
		var section models.AssessmentSection
		if err := w.Own().First(&section, a.AssessmentSectionID).Error; err != nil {
			return database.Fault(err, "assessment section")
		}
		if a.AssessmentID != 0 && a.AssessmentID != section.AssessmentID {
			return fault.Field("assessmentSectionID", "This section belongs to another assessment.")
		}
		a.AssessmentID = section.AssessmentID
	case a.AssessmentID == 0:
		var assessment models.Assessment
		if err := w.Own().Where("external_id = ? AND NOT is_deleted", a.ExternalID).First(&assessment).Error; err != nil {
			return database.Fault(err, "assessment")
		}
		a.AssessmentID = assessment.ID
	}
	return nil
}

// lockOpen returns the assessment if people can be invited to it, and keeps others from closing it, or inviting the same
// people, until the transaction ends.
func (a *Invite) lockOpen(w *Work) (models.Assessment, error) {
	assessment, err := lockAssessment(w, a.AssessmentID)
	if err == nil && !assessment.AllowsInviting() {
		err = fault.New(fault.Conflict, "Nobody can be invited: the assessment is %s. Open it first.", assessment.StatusID.Label())
	}
	return assessment, err
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
	in, err := a.load(w)
	if err != nil {
		return cursor, err
	}
	end := min(cursor+inviteBatch, a.Size())
	people, err := in.gather(ctx, w, cursor, end)
	if err != nil {
		return cursor, err
	}
	if people, err = in.leaveOutInvited(w, people); err != nil {
		return cursor, err
	}
	made, err := in.participations(w, people)
	if err != nil {
		return cursor, err
	}
	first, err := in.attempts(w, made)
	if err != nil {
		return cursor, err
	}
	if a.IsNotify {
		if err := in.tell(ctx, w, people, made, first); err != nil {
			return cursor, err
		}
	}
	for range people {
		w.Done()
	}
	w.Changed(TopicAssessment, a.AssessmentID)
	return end, nil
}
