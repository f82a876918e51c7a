package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// RemindCandidate mails candidates a reminder of an assessment they have not finished. Either participations are named,
// or sections: then everybody is reminded whose attempt at one of them waits or is in progress. A later EndDate also
// moves the last date, so that what the mail says is true; an earlier one changes nothing.
type RemindCandidate struct {
	Participants []ParticipationRef `json:"assessmentCandidates,omitempty"`
	Sections     Refs               `json:"assessmentSections,omitempty"` // ids of assessment sections
	EndDate      *time.Time         `json:"endDate,omitempty"`
	IsNotify     bool               `json:"isNotify" needs:"yes"`

	// Found are the participations of the sections, kept for the background work.
	Found []ParticipationRef `json:"found,omitempty" wire:"own"`
}

// Grant implements Action.
func (*RemindCandidate) Grant() access.Grant { return "participation.remind" }

func (a *RemindCandidate) all() []ParticipationRef {
	if len(a.Sections) > 0 {
		return a.Found
	}
	return a.Participants
}

// Size implements Queued.
func (a *RemindCandidate) Size() int { return len(a.all()) }

// Validate implements Action.
func (a *RemindCandidate) Validate() error {
	bad := fault.Fields{}
	if len(a.Sections) == 0 {
		checkParticipants(bad, a.Participants)
	} else if len(a.Sections) > mostAtOnce {
		bad["assessmentSections"] = "That is too many at once."
	} else if len(a.Participants) > 0 {
		bad["assessmentSections"] = "Name candidates or sections, not both."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *RemindCandidate) Perform(_ context.Context, w *Work) error {
	if a.EndDate != nil && !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	a.Participants = onlyOnce(a.Participants)
	if len(a.Sections) > 0 {
		if err := a.findWaiting(w); err != nil {
			return err
		}
	}
	return w.Audit(ledger.Entry{Verb: "remind-candidate", SubjectType: "organization", SubjectID: w.Actor.OrganizationID,
		Detail: map[string]any{"participations": a.Size()}})
}

// findWaiting finds who is invited to the sections or in progress there.
func (a *RemindCandidate) findWaiting(w *Work) error {
	sections := RefsTo(a.Sections.IDs()).IDs()
	var known int64
	if err := w.Own().Model(&models.AssessmentSection{}).Where("id IN ?", sections).Count(&known).Error; err != nil {
		return fmt.Errorf("find sections: %w", err)
	}
	if known < int64(len(sections)) {
		return fault.Missing("assessment section")
	}
	var ids []int64
	err := w.Own("t").Table("assessment_section_candidates t").Joins("JOIN assessment_candidates p ON p.id = t.assessment_candidate_id").
		Where("t.assessment_section_id IN ? AND t.completed_at IS NULL AND p.status_id IN ?", sections,
			[]int64{models.Invited.ID(), models.Mailed.ID(), models.Attending.ID()}).
		Order("t.assessment_candidate_id").Distinct().Pluck("t.assessment_candidate_id", &ids).Error
	if err != nil {
		return fmt.Errorf("find who waits: %w", err)
	}
	a.Found = nil
	for _, id := range ids {
		a.Found = append(a.Found, ParticipationRef{ID: id})
	}
	return nil
}

// Batch implements Queued.
func (a *RemindCandidate) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	return eachAddressed(w, a.all(), cursor, func(one *addressed) error {
		if err := one.mustBeUndecided(); err != nil {
			return err
		}
		attempt, open := one.openAttempt()
		if !open || one.participation.Status() > models.Attending {
			return fault.New(fault.Conflict, "has finished already.")
		}
		one.participation.RemindedAt = &w.Now
		end := one.participation.EndDate
		if a.EndDate != nil && (end == nil || a.EndDate.After(*end)) {
			end = a.EndDate
		}
		if end != nil && !end.After(w.Now) {
			return fault.New(fault.Conflict, "had time until %s. Move the last day instead.", dateIn(*end, one.organization.TimeZone))
		}
		if err := a.note(ctx, w, one, end); err != nil {
			return err
		}
		if !a.IsNotify {
			return nil
		}
		return one.notify(ctx, w, notify.Reminder, attempt)
	})
}

func (a *RemindCandidate) note(ctx context.Context, w *Work, one *addressed, end *time.Time) error {
	if end == nil {
		far := w.Now.AddDate(1, 0, 0)
		end = &far
	}
	if err := one.moveEnd(ctx, w, *end); err != nil {
		return err
	}
	return auditParticipation(w, "remind-candidate", one, nil)
}
