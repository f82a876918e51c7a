package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// ParticipationRef points at a candidate's participation in an assessment.
type ParticipationRef = Ref

// participationBatch is how many participations one transaction works on.
const participationBatch = 100

// addressed is one participation with all that a message about it needs.
type addressed struct {
	participation models.AssessmentCandidate
	candidate     models.Candidate
	attempts      []models.AssessmentSectionCandidate // in the order of their sections
	setting
}

// openAttempt returns the first attempt that is not closed; false when all are.
func (a addressed) openAttempt() (models.AssessmentSectionCandidate, bool) {
	for _, attempt := range a.attempts {
		if !attempt.IsClosed() {
			return attempt, true
		}
	}
	return models.AssessmentSectionCandidate{}, false
}

// eachAddressed calls do for the participations from cursor on, one batch of them, and counts how it went. It returns
// the next cursor. A fault refuses one participation; any other error stops the batch.
func eachAddressed(w *Work, refs []ParticipationRef, cursor int, do func(*addressed) error) (int, error) {
	end := min(cursor+participationBatch, len(refs))
	found, err := loadAddressed(w, refs[cursor:end])
	if err != nil {
		return cursor, err
	}
	for _, ref := range refs[cursor:end] {
		one, ok := found[ref.ID]
		if !ok {
			w.Refused(fmt.Sprintf("Participation %d", ref.ID), fault.Missing("participation"))
			continue
		}
		if err := w.unit(func() error { return do(one) }); err != nil {
			if _, known := fault.As(err); !known {
				return cursor, err
			}
			w.Refused(one.candidate.Name(), err)
			continue
		}
		w.Done()
		w.Changed(TopicAssessment, one.assessment.ID)
	}
	return end, nil
}

// loadAddressed loads participations of the actor's organization with their attempts in a fixed number of queries for one
// assessment, and holds them until the transaction ends.
func loadAddressed(w *Work, refs []ParticipationRef) (map[int64]*addressed, error) {
	ids := make([]int64, len(refs))
	for i, ref := range refs {
		ids[i] = ref.ID
	}
	var participations []models.AssessmentCandidate
	if err := locked(w.Own()).Where("id IN ?", ids).Order("id").Find(&participations).Error; err != nil {
		return nil, fmt.Errorf("load participations: %w", err)
	}
	candidates, err := candidatesOf(w, participations)
	if err != nil {
		return nil, err
	}
	attempts, err := attemptsOf(w, ids)
	if err != nil {
		return nil, err
	}
	settings := map[int64]setting{}
	found := map[int64]*addressed{}
	for _, p := range participations {
		s, known := settings[p.AssessmentID]
		if !known {
			if s, err = loadSetting(w, p.AssessmentID); err != nil {
				return nil, err
			}
			settings[p.AssessmentID] = s
		}
		found[p.ID] = &addressed{participation: p, candidate: candidates[p.CandidateID], attempts: inOrder(s, attempts[p.ID]), setting: s}
	}
	return found, nil
}

func candidatesOf(w *Work, participations []models.AssessmentCandidate) (map[int64]models.Candidate, error) {
	ids := make([]int64, len(participations))
	for i, p := range participations {
		ids[i] = p.CandidateID
	}
	var candidates []models.Candidate
	if err := w.Own().Where("id IN ?", ids).Find(&candidates).Error; err != nil {
		return nil, fmt.Errorf("load candidates: %w", err)
	}
	byID := make(map[int64]models.Candidate, len(candidates))
	for _, c := range candidates {
		byID[c.ID] = c
	}
	return byID, nil
}

func attemptsOf(w *Work, participationIDs []int64) (map[int64][]models.AssessmentSectionCandidate, error) {
	var attempts []models.AssessmentSectionCandidate
	if err := locked(w.Own()).Where("assessment_candidate_id IN ?", participationIDs).Order("id").Find(&attempts).Error; err != nil {
		return nil, fmt.Errorf("load attempts: %w", err)
	}
	byParticipation := map[int64][]models.AssessmentSectionCandidate{}
	for _, a := range attempts {
		byParticipation[a.AssessmentCandidateID] = append(byParticipation[a.AssessmentCandidateID], a)
	}
	return byParticipation, nil
}

func inOrder(s setting, attempts []models.AssessmentSectionCandidate) []models.AssessmentSectionCandidate {
	var ordered []models.AssessmentSectionCandidate
	for _, section := range s.sections {
		for _, a := range attempts {
			if a.AssessmentSectionID == section.ID {
				ordered = append(ordered, a)
			}
		}
	}
	return ordered
}

// mustBeUndecided refuses a participation on which somebody decided, or whose candidate or assessment is gone.
func (a addressed) mustBeUndecided() error {
	if a.candidate.IsDeleted {
		return fault.New(fault.Conflict, "was deleted.")
	}
	if status := a.participation.Status(); status.IsDecision() {
		return fault.New(fault.Conflict, "is %s. Take the decision back first.", lower(status.Label()))
	}
	if a.assessment.IsDeleted || a.assessment.StatusID != models.AssessmentOpen {
		return fault.New(fault.Conflict, "cannot attend: the assessment is %s.", lower(a.assessment.StatusID.Label()))
	}
	return nil
}

// notify sends a message of the type with a link to the attempt.
func (a addressed) notify(ctx context.Context, w *Work, kind string, attempt models.AssessmentSectionCandidate) error {
	return w.Notify(ctx, notify.Notice{
		Type: kind, To: a.candidate.Email, Phone: a.candidate.Phone, Tags: attendTags(w, a.setting, a.candidate, a.participation, attempt),
		AssessmentID: &a.assessment.ID, CandidateID: &a.candidate.ID, AssessmentCandidateID: &a.participation.ID,
	})
}

// moveEnd sets until when the participation and its open attempts may be taken. A running attempt keeps at least the
// time it was promised: its deadline never comes nearer, and moves only where the old end had cut it short.
func (a *addressed) moveEnd(ctx context.Context, w *Work, end time.Time) error {
	end = end.UTC()
	a.participation.EndDate, a.participation.UpdatedBy = &end, w.Actor.UserID()
	for i := range a.attempts {
		if err := a.moveAttempt(ctx, w, &a.attempts[i], end); err != nil {
			return err
		}
	}
	if err := w.Tx.Save(&a.participation).Error; err != nil {
		return fmt.Errorf("move a participation's end: %w", err)
	}
	return nil
}

func (a *addressed) moveAttempt(ctx context.Context, w *Work, attempt *models.AssessmentSectionCandidate, end time.Time) error {
	if attempt.IsClosed() {
		return nil
	}
	attempt.EndDate = &end
	moved := false
	if attempt.DeadlineAt != nil {
		deadline := later(a.promised(*attempt), *attempt.DeadlineAt)
		moved = deadline.After(*attempt.DeadlineAt)
		attempt.DeadlineAt, attempt.EndDate = deadline, later(&end, *deadline)
	}
	if err := w.Tx.Save(attempt).Error; err != nil {
		return fmt.Errorf("move an attempt's end: %w", err)
	}
	if !moved {
		return nil
	}
	w.Changed(TopicAttempt, attempt.ID)
	return closeLater(ctx, w, *attempt)
}

// promised is when a running attempt ends by its section's limit and the window as it is now, with what was given to it
// since. It has no end where neither limits it, and then returns nil.
func (a *addressed) promised(attempt models.AssessmentSectionCandidate) *time.Time {
	for _, s := range a.sections {
		if s.ID != attempt.AssessmentSectionID || attempt.StartedAt == nil {
			continue
		}
		_, until := Window(a.assessment, s, a.participation, attempt)
		if end := attempt.DeadlineFrom(*attempt.StartedAt, s.MaxSectionTime, until); end != nil {
			at := end.Add(time.Duration(attempt.CreditSeconds) * time.Second)
			return &at
		}
	}
	return nil
}

// later returns the later time; b where a is not set.
func later(a *time.Time, b time.Time) *time.Time {
	if a == nil || a.Before(b) {
		return &b
	}
	return a
}
