package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// decisionNotices is which message tells of which decision. Of the others candidates are not told.
var decisionNotices = map[models.StatusKey]string{
	models.Selected: notify.Selection, models.Hold: notify.OnHold, models.Rejected: notify.Rejection,
}

// DecisionNotice returns the type of message that tells of a decision; ok is false when there is none.
func DecisionNotice(k models.StatusKey) (string, bool) {
	name, ok := decisionNotices[k]
	return name, ok
}

func (a *ChangeStatus) checkNotice(bad fault.Fields) {
	name, tells := DecisionNotice(a.StatusSortKey)
	switch {
	case !tells && a.StatusSortKey.IsDecision():
		bad["isNotify"] = "Candidates are told of being selected or rejected only."
	case name == notify.OnHold && a.Content == "":
		bad["isNotify"] = "Word the message yourself: there is no standard one for being on hold."
	}
	kind, _ := notify.TypeNamed(name)
	if err := kind.CheckTags("content", a.Subject+a.Content); err != nil && tells {
		bad["content"] = "The message has a tag that is not known here."
	}
}

// tellAt is when the message may leave.
func (a *ChangeStatus) tellAt(now time.Time) time.Time {
	if a.NotifyAt != nil && a.NotifyAt.After(now) {
		return *a.NotifyAt
	}
	return now
}

// queueNotices takes back what was to be said of earlier decisions, then words the message to everybody who was moved.
func (a *ChangeStatus) queueNotices(ctx context.Context, w *Work, moves []move) error {
	if len(moves) == 0 {
		return nil
	}
	ids, candidateIDs := make([]int64, len(moves)), make([]int64, len(moves))
	for i, m := range moves {
		ids[i], candidateIDs[i] = m.participation.ID, m.participation.CandidateID
	}
	if err := withdrawNotices(w, ids); err != nil || !a.IsNotify {
		return err
	}
	people, err := candidatesByID(w, candidateIDs)
	if err != nil {
		return err
	}
	titles, err := assessmentTitles(w, moves)
	if err != nil {
		return err
	}
	var organization models.Organization
	if err := w.Tx.First(&organization, w.Actor.OrganizationID).Error; err != nil {
		return fmt.Errorf("load organization: %w", err)
	}
	for _, m := range moves {
		p, c := m.participation, people[m.participation.CandidateID]
		if c.IsDeleted {
			continue
		}
		err := w.Notify(ctx, notify.Notice{
			Type: decisionNotices[a.StatusSortKey], To: c.Email, Subject: a.Subject, Content: a.Content, At: a.tellAt(w.Now),
			Tags: notify.Tags{"candidate-name": c.Name(), "candidate-first-name": firstNameOf(c),
				"assessment-name": titles[p.AssessmentID], "organization-name": organization.Name},
			AssessmentID: &p.AssessmentID, CandidateID: &p.CandidateID, AssessmentCandidateID: &p.ID,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func firstNameOf(c models.Candidate) string {
	if c.FirstName == "" {
		return c.Name()
	}
	return c.FirstName
}

func decisionTypeIDs() []int64 {
	var ids []int64
	for _, name := range decisionNotices {
		kind, _ := notify.TypeNamed(name)
		ids = append(ids, kind.ID)
	}
	return ids
}

var waiting = []models.NotificationStatus{models.NotificationScheduled, models.NotificationEnqueued}

// withdrawNotices takes messages about decisions out of the outbox that have not left yet.
func withdrawNotices(w *Work, participationIDs []int64) error {
	err := w.Own().Model(&models.Notification{}).
		Where("assessment_candidate_id IN ? AND type_id IN ? AND status IN ?", participationIDs, decisionTypeIDs(), waiting).
		Update("status", models.NotificationArchived).Error
	if err != nil {
		return fmt.Errorf("withdraw messages: %w", err)
	}
	return nil
}

func candidatesByID(w *Work, ids []int64) (map[int64]models.Candidate, error) {
	var found []models.Candidate
	if err := w.Own().Where("id IN ?", ids).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load candidates: %w", err)
	}
	byID := make(map[int64]models.Candidate, len(found))
	for _, c := range found {
		byID[c.ID] = c
	}
	return byID, nil
}

func assessmentTitles(w *Work, moves []move) (map[int64]string, error) {
	ids := map[int64]bool{}
	for _, m := range moves {
		ids[m.participation.AssessmentID] = true
	}
	titles := map[int64]string{}
	for id := range ids {
		var assessment models.Assessment
		if err := w.Own().First(&assessment, id).Error; err != nil {
			return nil, fmt.Errorf("load assessment: %w", err)
		}
		titles[id] = assessment.Title
	}
	return titles, nil
}
