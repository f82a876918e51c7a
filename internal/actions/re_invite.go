package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// ReInvite invites candidates again. Without a section, the sections they have not finished are open until a new day;
// finished ones stay as they are. With a section, that one is opened anew even when it was finished: what was answered
// is kept as an event of the attempt, and the section starts empty. A section that was evaluated is refused, because
// the evaluation would lose the answers it speaks of.
//
// Without an EndDate there is as much time again as the first invitation gave.
type ReInvite struct {
	AssessmentSectionID int64              `json:"assessmentSectionID,omitempty"`
	Participants        []ParticipationRef `json:"assessmentCandidates" needs:"yes"`
	EndDate             *time.Time         `json:"endDate,omitempty"`
	IsNotify            bool               `json:"isNotify" needs:"yes"`
	// AttemptID names the attempt whose section is meant, in place of AssessmentSectionID.
	AttemptID int64 `json:"assessmentSectionCandidateID,omitempty"`
}

// Grant implements Action.
func (*ReInvite) Grant() access.Grant { return "participation.invite" }

// Accepts are other spellings of the input.
func (*ReInvite) Accepts() map[string]string {
	return map[string]string{"assessment_section_id": "assessmentSectionID"}
}

// Size implements Queued.
func (a *ReInvite) Size() int { return len(a.Participants) }

// Validate implements Action.
func (a *ReInvite) Validate() error {
	bad := fault.Fields{}
	checkParticipants(bad, a.Participants)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *ReInvite) Perform(_ context.Context, w *Work) error {
	if a.EndDate != nil && !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	if a.AttemptID != 0 && a.AssessmentSectionID == 0 {
		var attempt models.AssessmentSectionCandidate
		if err := w.Own().First(&attempt, a.AttemptID).Error; err != nil {
			return database.Fault(err, "attempt")
		}
		a.AssessmentSectionID = attempt.AssessmentSectionID
	}
	if a.AssessmentSectionID != 0 {
		if err := w.Own().First(&models.AssessmentSection{}, a.AssessmentSectionID).Error; err != nil {
			return database.Fault(err, "assessment section")
		}
	}
	a.Participants = onlyOnce(a.Participants)
	return w.Audit(ledger.Entry{Verb: "re-invite", SubjectType: "organization", SubjectID: w.Actor.OrganizationID,
		Detail: map[string]any{"participations": len(a.Participants), "assessment_section": a.AssessmentSectionID}})
}

// Batch implements Queued.
func (a *ReInvite) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	return eachAddressed(w, a.Participants, cursor, func(one *addressed) error {
		if err := one.mustBeUndecided(); err != nil {
			return err
		}
		if err := a.reopenMeant(w, one); err != nil {
			return err
		}
		attempt, open := one.openAttempt()
		if !open {
			return fault.New(fault.Conflict, "has no section to open.")
		}
		if err := one.moveEnd(ctx, w, a.end(w, one)); err != nil {
			return err
		}
		if err := auditParticipation(w, "re-invite", one, map[string]any{"assessment_section": a.AssessmentSectionID}); err != nil {
			return err
		}
		if !a.IsNotify {
			return nil
		}
		return one.notify(ctx, w, notify.ReInvitation, attempt)
	})
}

const usualPeriod = 7 * 24 * time.Hour

// end is until when the candidate may attend now.
func (a *ReInvite) end(w *Work, one *addressed) time.Time {
	if a.EndDate != nil {
		return *a.EndDate
	}
	p := one.participation
	if p.InvitedAt != nil && p.EndDate != nil && p.EndDate.After(*p.InvitedAt) {
		return w.Now.Add(min(p.EndDate.Sub(*p.InvitedAt), 90*24*time.Hour))
	}
	return w.Now.Add(usualPeriod)
}

// reopenMeant opens the section that is named. Without one the whole assessment is open again: where sections are left,
// those; of who finished everything, every section anew.
func (a *ReInvite) reopenMeant(w *Work, one *addressed) error {
	if a.AssessmentSectionID != 0 {
		return a.reopen(w, one, a.AssessmentSectionID)
	}
	if _, left := one.openAttempt(); left {
		return nil
	}
	for _, attempt := range slices.Clone(one.attempts) {
		if err := a.reopen(w, one, attempt.AssessmentSectionID); err != nil {
			return err
		}
	}
	return nil
}

// reopen makes a section's finished attempt anew.
func (a *ReInvite) reopen(w *Work, one *addressed, sectionID int64) error {
	for i := range one.attempts {
		attempt := &one.attempts[i]
		if attempt.AssessmentSectionID != sectionID {
			continue
		}
		if !attempt.IsClosed() {
			return nil
		}
		if err := refuseEvaluated(w, attempt.ID); err != nil {
			return err
		}
		if err := keepAnswers(w, *attempt); err != nil {
			return err
		}
		*attempt = models.AssessmentSectionCandidate{
			Row: attempt.Row, Owned: attempt.Owned, Authored: attempt.Authored, ExternalID: attempt.ExternalID,
			AssessmentCandidateID: attempt.AssessmentCandidateID, AssessmentSectionID: attempt.AssessmentSectionID,
			SectionID: attempt.SectionID, AssessmentID: attempt.AssessmentID, StatusID: models.Invited.ID(),
			InvitedAt: &w.Now, ExtraSeconds: attempt.ExtraSeconds,
		}
		if err := w.Tx.Save(attempt).Error; err != nil {
			return fmt.Errorf("open the attempt anew: %w", err)
		}
		one.participation.Score = scoreOf(one.attempts)
		if err := a.renewLink(w, one); err != nil {
			return err
		}
		return stepBack(w, one)
	}
	return fault.Missing("section in this assessment")
}

// renewLink ends what the candidate has open: it shows a paper that is gone. The link dies too when the candidate is
// told of a new one; else it stays the only way in.
func (a *ReInvite) renewLink(w *Work, one *addressed) error {
	if a.IsNotify {
		one.participation.LinkEpoch++
	}
	return endCandidateSessions(w, one.participation.ID)
}

// stepBack returns a finished participation to attending.
func stepBack(w *Work, one *addressed) error {
	if one.participation.Status() <= models.Attending {
		return nil
	}
	return one.participation.MoveTo(models.Attending, w.Now)
}

func refuseEvaluated(w *Work, attemptID int64) error {
	var given int64
	err := w.Own().Model(&models.Evaluation{}).Where("assessment_section_candidate_id = ?", attemptID).Count(&given).Error
	if err != nil {
		return fmt.Errorf("look for evaluations: %w", err)
	}
	if given > 0 {
		return fault.New(fault.Conflict, "was evaluated in this section already; opening it anew would part the evaluation from its answers.")
	}
	return nil
}

// keepAnswers writes what was answered and reached into an event of the attempt, then takes the paper away so that a new
// one can be drawn.
func keepAnswers(w *Work, attempt models.AssessmentSectionCandidate) error {
	var answers []models.Answer
	if err := w.Own().Where("assessment_section_candidate_id = ?", attempt.ID).Order("position").Find(&answers).Error; err != nil {
		return fmt.Errorf("load answers: %w", err)
	}
	kept := make([]map[string]any, len(answers))
	for i, a := range answers {
		kept[i] = map[string]any{"question_id": a.QuestionID, "question_version_id": a.QuestionVersionID, "value": a.Value.Data(),
			"score": a.Score, "max_score": a.MaxScore, "answered_at": a.AnsweredAt, "revision": a.Revision}
	}
	event := models.AttemptEvent{Owned: attempt.Owned, AssessmentSectionCandidateID: attempt.ID, Kind: models.EventReopened, At: w.Now,
		Detail: datatypes.JSONMap{"started_at": attempt.StartedAt, "completed_at": attempt.CompletedAt, "score": attempt.Score,
			"max_score": attempt.MaxScore, "closed_by": attempt.ClosedBy, "answers": kept}}
	if err := w.Tx.Create(&event).Error; err != nil {
		return fmt.Errorf("keep the earlier answers: %w", err)
	}
	err := w.Own().Where("assessment_section_candidate_id = ?", attempt.ID).Delete(&models.Answer{}).Error
	if err != nil {
		return fmt.Errorf("take the paper away: %w", err)
	}
	return nil
}

// scoreOf is the percentage of all marks over the scored attempts; nil before any is.
func scoreOf(attempts []models.AssessmentSectionCandidate) *float64 {
	var got, most float64
	for _, a := range attempts {
		if a.Score != nil && a.MaxScore != nil {
			got, most = got+*a.Score, most+*a.MaxScore
		}
	}
	if most <= 0 {
		return nil
	}
	percent := max(0, got/most*100)
	return &percent
}
