package actions

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
)

// ExtendDate moves the last date to attend for one or many participations. Attempts that are closed stay closed, and a
// running attempt never loses time.
type ExtendDate struct {
	EndDate      time.Time          `json:"endDate" needs:"yes"`
	Participants []ParticipationRef `json:"assessmentCandidates" needs:"yes"`
	IsNotify     bool               `json:"isNotify" needs:"yes"`
}

// Grant implements Action.
func (*ExtendDate) Grant() access.Grant { return "participation.extend" }

// Size implements Queued.
func (a *ExtendDate) Size() int { return len(a.Participants) }

// Validate implements Action.
func (a *ExtendDate) Validate() error {
	bad := fault.Fields{}
	if a.EndDate.IsZero() {
		bad["endDate"] = "Say until when the assessment may be taken."
	}
	checkParticipants(bad, a.Participants)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *ExtendDate) Perform(_ context.Context, w *Work) error {
	if !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	a.Participants = onlyOnce(a.Participants)
	return w.Audit(ledger.Entry{Verb: "extend-date", SubjectType: "organization", SubjectID: w.Actor.OrganizationID,
		Detail: map[string]any{"participations": len(a.Participants), "end_date": a.EndDate.UTC().Format(time.RFC3339)}})
}

// Batch implements Queued.
func (a *ExtendDate) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	return eachAddressed(w, a.Participants, cursor, func(one *addressed) error {
		if err := one.mustBeUndecided(); err != nil {
			return err
		}
		attempt, open := one.openAttempt()
		if !open {
			return fault.New(fault.Conflict, "has finished every section.")
		}
		if err := one.moveEnd(ctx, w, a.EndDate); err != nil {
			return err
		}
		if err := auditParticipation(w, "extend-date", one, map[string]any{"end_date": a.EndDate.UTC().Format(time.RFC3339)}); err != nil {
			return err
		}
		if !a.IsNotify {
			return nil
		}
		return one.notify(ctx, w, notify.Extension, attempt)
	})
}

func auditParticipation(w *Work, verb string, one *addressed, detail map[string]any) error {
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "assessment_candidate", SubjectID: one.participation.ID, Detail: detail})
}

func checkParticipants(bad fault.Fields, refs []ParticipationRef) {
	switch {
	case len(refs) == 0:
		bad["assessmentCandidates"] = "Choose at least one candidate."
	case len(refs) > mostInvited:
		bad["assessmentCandidates"] = "That is too many at once."
	}
}

// onlyOnce drops repeated references and keeps the order.
func onlyOnce(refs []ParticipationRef) []ParticipationRef {
	seen := map[ParticipationRef]bool{}
	return slices.DeleteFunc(slices.Clone(refs), func(r ParticipationRef) bool {
		repeated := seen[r]
		seen[r] = true
		return repeated
	})
}

func lower(label string) string { return strings.ToLower(label) }
