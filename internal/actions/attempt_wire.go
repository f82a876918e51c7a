package actions

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// WriteAttempt changes an attempt from the documented members: its window, what an outside provider reports of it, its
// status. A running attempt never loses time, what was submitted here stays submitted, and a section that its key scores
// keeps that score.
type WriteAttempt struct {
	ID     int64
	Values resource.Values
}

// Grant implements Action.
func (*WriteAttempt) Grant() access.Grant { return "participation.decide" }

// Validate implements Action.
func (a *WriteAttempt) Validate() error {
	end, ends := a.Values["end_date"].(time.Time)
	start, starts := a.Values["start_date"].(time.Time)
	if starts && ends && !end.After(start) {
		return fault.Field("end_date", "The end must come after the start.")
	}
	return nil
}

// Perform implements Action.
func (a *WriteAttempt) Perform(ctx context.Context, w *Work) error {
	attempt, err := lockAttempt(w, a.ID)
	if err != nil {
		return err
	}
	before := attempt
	a.Values = changes(a.Values, attempt)
	for _, step := range []func(context.Context, *Work, *models.AssessmentSectionCandidate) error{
		a.moveWindow, a.complete, a.report, a.rate, a.moveStatus,
	} {
		if err := step(ctx, w, &attempt); err != nil {
			return err
		}
	}
	attempt.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&attempt).Error; err != nil {
		return fmt.Errorf("change the attempt: %w", err)
	}
	if err := a.followUp(w, before, attempt); err != nil {
		return err
	}
	w.Changed(TopicAttempt, attempt.ID)
	w.Changed(TopicAssessment, attempt.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "update-attempt", SubjectType: "assessment_section_candidate", SubjectID: attempt.ID,
		Before: before, After: attempt, Detail: map[string]any{"participation": attempt.AssessmentCandidateID}})
}

// changes are the members that say something else than the attempt does: a caller may send back what it read, which has
// whole seconds and two places.
func changes(values resource.Values, t models.AssessmentSectionCandidate) resource.Values {
	left := maps.Clone(values)
	for name, is := range map[string]*time.Time{"start_date": t.StartDate, "end_date": t.EndDate, "completed_at": t.CompletedAt,
		"evaluated_at": t.EvaluatedAt} {
		at, sent := values[name].(time.Time)
		if sent == (is != nil) && (!sent || at.Truncate(time.Second).Equal(is.Truncate(time.Second))) {
			delete(left, name)
		}
	}
	score, sent := values["score"].(float64)
	if sent == (t.Score != nil) && (!sent || math.Abs(score-*t.Score) < 0.005+1e-9) {
		delete(left, "score")
	}
	if values["status_id"] == t.StatusID {
		delete(left, "status_id")
	}
	return left
}

// moveWindow sets from when until when the section may be taken.
func (a *WriteAttempt) moveWindow(ctx context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	_, starts := a.Values["start_date"]
	value, ends := a.Values["end_date"]
	if !starts && !ends {
		return nil
	}
	if attempt.IsClosed() {
		return fault.New(fault.Conflict, "This section is closed. Invite the candidate again to open it.")
	}
	if starts && attempt.IsStarted() {
		return fault.New(fault.Conflict, "The candidate has begun this section.")
	}
	layPointer(a.Values, "start_date", &attempt.StartDate)
	end, _ := value.(time.Time)
	if ends && end.IsZero() {
		if attempt.IsStarted() {
			return fault.New(fault.Conflict, "The candidate has begun this section; its end can move, but not go.")
		}
		attempt.EndDate = nil
	}
	if !end.IsZero() {
		if err := moveOneEnd(ctx, w, attempt, end); err != nil {
			return err
		}
	}
	if from, until := attempt.StartDate, attempt.EndDate; from != nil && until != nil && !until.After(*from) {
		return fault.Field("end_date", "The end must come after the start.")
	}
	return nil
}

// moveOneEnd moves the end of one attempt, and that of its participation where it would come first.
func moveOneEnd(ctx context.Context, w *Work, attempt *models.AssessmentSectionCandidate, end time.Time) error {
	found, err := loadAddressed(w, []ParticipationRef{{ID: attempt.AssessmentCandidateID}})
	if err != nil {
		return err
	}
	one := found[attempt.AssessmentCandidateID]
	if last := one.participation.EndDate; last != nil && last.Before(end) {
		one.participation.EndDate, one.participation.UpdatedBy = &end, w.Actor.UserID()
		if err := w.Tx.Save(&one.participation).Error; err != nil {
			return fmt.Errorf("move a participation's end: %w", err)
		}
	}
	return one.moveAttempt(ctx, w, attempt, end)
}

// complete closes an attempt: one that is running as a recruiter closes it, one that was never begun here as finished
// elsewhere.
func (a *WriteAttempt) complete(_ context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	value, set := a.Values["completed_at"]
	at, _ := value.(time.Time)
	status, _ := a.Values["status_id"].(int64)
	asked := models.StatusOf(status) == models.Completed && !attempt.IsClosed()
	if !set && !asked {
		return nil
	}
	bad := fault.Fields{}
	notYet(bad, "completed_at", &at, w.Now)
	switch {
	case len(bad) > 0:
		return fault.Refuse(bad)
	case attempt.IsStarted() && attempt.IsClosed():
		return fault.New(fault.Conflict, "This section was taken here; when it ended stays as it was observed.")
	case attempt.IsStarted():
		return closeAttempt(w, attempt, models.ClosedByRecruiter)
	case set && at.IsZero() && !asked:
		return fault.Field("completed_at", "A section that is finished stays finished.")
	}
	if at.IsZero() {
		at = w.Now
	}
	attempt.CompletedAt = &at
	if models.StatusOf(attempt.StatusID) < models.Completed {
		attempt.StatusID = models.Completed.ID()
	}
	return nil
}

// report takes over what somebody outside says of the attempt.
func (a *WriteAttempt) report(_ context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	if value, set := a.Values["externalComplete"].(bool); set {
		attempt.ExternalComplete = value
	}
	layPointer(a.Values, "evaluated_at", &attempt.EvaluatedAt)
	layPointer(a.Values, "status_reason_id", &attempt.StatusReasonID)
	bad := fault.Fields{}
	notYet(bad, "evaluated_at", attempt.EvaluatedAt, w.Now)
	if err := fault.Refuse(bad); err != nil || a.Values["status_reason_id"] == nil {
		return err
	}
	err := w.Own().First(&models.StatusReason{}, *attempt.StatusReasonID).Error
	return renamed(database.Fault(err, "status reason"), "status_reason_id", nil)
}

// rate takes over a score, in marks, where no key gives it.
func (a *WriteAttempt) rate(_ context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	value, set := a.Values["score"]
	if !set {
		return nil
	}
	var section models.Section
	if err := w.Own().First(&section, attempt.SectionID).Error; err != nil {
		return fmt.Errorf("load the attempt's section: %w", err)
	}
	if section.SectionTypeID == models.ObjectiveSection && section.ExternalAssessID == nil {
		return fault.New(fault.Conflict, "This section is scored by its key. Correct the key to change the score.")
	}
	score, ok := value.(float64)
	if ok && score < 0 {
		return fault.Field("score", "A score is not below zero.")
	}
	attempt.Score = nil
	if ok {
		attempt.Score = &score
	}
	return nil
}

// reached are the statuses that come of what a candidate does, and are not set.
var reached = []models.StatusKey{models.Invited, models.Mailed, models.Attending}

// moveStatus moves the attempt's own status by the table of what may follow what.
func (a *WriteAttempt) moveStatus(_ context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	value, set := a.Values["status_id"]
	id, _ := value.(int64)
	if !set || id == attempt.StatusID { // complete may have moved it there
		return nil
	}
	from, to := models.StatusOf(attempt.StatusID), models.StatusOf(id)
	switch {
	case to == 0:
		return fault.Field("status_id", "There is no such status.")
	case slices.Contains(reached, to), !models.MayFollow(from, to):
		return fault.New(fault.Conflict, "%s cannot follow %s.", to.Label(), from.Label())
	case to == models.Evaluated && attempt.EvaluatedAt == nil:
		attempt.EvaluatedAt = &w.Now
	}
	attempt.StatusID = id
	return nil
}

// followUp brings the participation up to date with what changed of its attempt.
func (a *WriteAttempt) followUp(w *Work, before, now models.AssessmentSectionCandidate) error {
	closed := !before.IsClosed() && now.IsClosed() && !now.IsStarted() // one that ran was closed with all that follows
	if !closed && (before.Score == now.Score) {
		return nil
	}
	return moveOn(w, now)
}
