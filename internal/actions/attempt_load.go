package actions

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// ownAttempts returns a query that sees the attempts of the candidate who acts, or for anybody else those of the
// organization.
func (w *Work) ownAttempts() *gorm.DB {
	q := w.Own()
	if w.Actor.Kind == access.Candidate {
		q = q.Where("assessment_candidate_id = ?", w.Actor.AssessmentCandidateID)
	}
	return q
}

func locked(q *gorm.DB) *gorm.DB { return database.Locked(q) }

func shared(q *gorm.DB) *gorm.DB { return database.Shared(q) }

// lockAttempt returns an attempt that the actor may see, held until the transaction ends.
func lockAttempt(w *Work, id int64) (models.AssessmentSectionCandidate, error) {
	var attempt models.AssessmentSectionCandidate
	err := locked(w.ownAttempts()).First(&attempt, id).Error
	return attempt, database.Fault(err, "attempt")
}

// lockOpenAttempt is lockAttempt for one that was started and not closed: Conflict before, Gone after.
func lockOpenAttempt(w *Work, id int64) (models.AssessmentSectionCandidate, error) {
	attempt, err := lockAttempt(w, id)
	if err != nil {
		return attempt, err
	}
	return attempt, refuseNotRunning(attempt)
}

func refuseNotRunning(a models.AssessmentSectionCandidate) error {
	if !a.IsStarted() {
		return fault.New(fault.Conflict, "This section was not started yet.")
	}
	if a.IsClosed() {
		return errTimeUp
	}
	return nil
}

var errTimeUp = fault.New(fault.Gone, "This section is closed. What was saved before counts.")

func lockParticipation(w *Work, id int64) (models.AssessmentCandidate, error) {
	var participation models.AssessmentCandidate
	err := locked(w.Own()).First(&participation, id).Error
	return participation, database.Fault(err, "participation")
}

// sitting is an attempt and the rules it is under.
type sitting struct {
	attempt       models.AssessmentSectionCandidate
	participation models.AssessmentCandidate
	assessment    models.Assessment
	placed        models.AssessmentSection
	section       models.Section
}

// loadSitting completes an attempt with its rules. It holds the participation until the transaction ends.
func loadSitting(w *Work, attempt models.AssessmentSectionCandidate) (sitting, error) {
	s := sitting{attempt: attempt}
	var err error
	if s.participation, err = lockParticipation(w, attempt.AssessmentCandidateID); err != nil {
		return s, err
	}
	if err := w.Own().First(&s.assessment, attempt.AssessmentID).Error; err != nil {
		return s, fmt.Errorf("load assessment: %w", err)
	}
	if err := w.Own().First(&s.placed, attempt.AssessmentSectionID).Error; err != nil {
		return s, fmt.Errorf("load assessment section: %w", err)
	}
	if err := w.Own().First(&s.section, attempt.SectionID).Error; err != nil {
		return s, fmt.Errorf("load section: %w", err)
	}
	return s, nil
}

// Window returns from when until when a section may be started: the narrowest of what the assessment, the section in
// it, the participation and the attempt say. Nil for an open end.
func Window(a models.Assessment, s models.AssessmentSection, p models.AssessmentCandidate, at models.AssessmentSectionCandidate) (from, until *time.Time) {
	for _, t := range []*time.Time{a.StartDate, s.StartDate, at.StartDate} {
		if t != nil && (from == nil || t.After(*from)) {
			from = t
		}
	}
	return from, models.Earliest(a.EndDate, s.EndDate, p.EndDate, at.EndDate)
}

// MayStart returns nil when a section may be started now: Conflict when it is not open yet, or the invitation was
// withdrawn, Gone when its time is over.
func MayStart(a models.Assessment, s models.AssessmentSection, p models.AssessmentCandidate, at models.AssessmentSectionCandidate, now time.Time) error {
	from, until := Window(a, s, p, at)
	switch {
	case p.IsWithdrawn(), a.IsDeleted, a.StatusID != models.AssessmentOpen, !s.IsVisible:
		return fault.New(fault.Gone, "This assessment is closed. Ask whoever invited you.")
	case from != nil && now.Before(*from):
		return fault.New(fault.Conflict, "This section opens later.")
	case until != nil && !now.Before(*until):
		return fault.New(fault.Gone, "The last day to start has passed. Ask whoever invited you for more time.")
	}
	return nil
}

// addEvent writes down what was observed in an attempt. Without a time of its own it was observed now.
func addEvent(w *Work, attempt models.AssessmentSectionCandidate, e models.AttemptEvent) error {
	e.Owned, e.AssessmentSectionCandidateID = attempt.Owned, attempt.ID
	if e.At.IsZero() {
		e.At = w.Now
	}
	if e.Detail == nil {
		e.Detail = map[string]any{}
	}
	if err := w.Tx.Create(&e).Error; err != nil {
		return fmt.Errorf("record %s: %w", e.Kind, err)
	}
	return nil
}
