package actions

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
	"gorm.io/gorm"
)

// SaveAnswer keeps what a candidate answered. When it returns nil the answer is durable.
//
// Every accepted save raises the answer's revision. Base is the revision that the writer knew: a save based on another
// one is refused with Conflict, so that nothing written elsewhere in the meantime is lost. Two cases are no conflict: what
// is stored already (an acknowledgement got lost), and a later save of the very page that wrote the stored one (it did
// not wait for the acknowledgement). After the deadline and the grace for what was on its way it returns Gone.
type SaveAnswer struct {
	AnswerID int64
	Value    models.AnswerValue
	Base     int64  // last revision that the server acknowledged to the writer
	Revision int64  // the writer's own count, above Base; 0 without script
	Writer   string // names the open page, by chance; "" without script
	// Status says whether the value is the answer or a draft of it, which leaves the question open; 0 for whoever does not
	// tell them apart: what is given counts.
	Status models.AnswerStatus

	Answer models.Answer // as it stands afterwards, also when it was refused with Conflict
}

const (
	longestText   = 100_000
	longestGap    = 1_000
	longestWriter = 40
	// auditedEvery is how many revisions of one answer make a batch with an entry of its own in the ledger: the first,
	// the twentieth, and so on. Closing the attempt puts the digest of every answer into the ledger.
	auditedEvery = 20
)

// Grant implements Action.
func (*SaveAnswer) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *SaveAnswer) Validate() error {
	if len(a.Value.Text) > longestText {
		return fault.Field("text", "This is longer than can be kept. Shorten it to %d characters.", longestText)
	}
	for _, g := range a.Value.Gaps {
		if len(g) > longestGap {
			return fault.Field("gap", "One of the answers is longer than can be kept.")
		}
	}
	a.Writer = strings.ToValidUTF8(a.Writer[:min(len(a.Writer), longestWriter)], "")
	switch a.Status {
	case 0, models.AnswerCreated, models.AnswerCompleted:
		return nil
	}
	return fault.Field("status", "This must be %d or %d.", models.AnswerCreated, models.AnswerCompleted)
}

// Perform implements Action.
func (a *SaveAnswer) Perform(ctx context.Context, w *Work) error {
	if err := w.ownAnswers().First(&a.Answer, a.AnswerID).Error; err != nil {
		return database.Fault(err, "question")
	}
	attempt, err := loadTakingAttempt(ctx, w, a.Answer)
	if err != nil {
		return err
	}
	if err := a.refuseUnasked(w, attempt); err != nil {
		return err
	}
	if a.isStored() {
		return nil
	}
	if err := a.refuseOlderRevision(); err != nil {
		return err
	}
	return a.storeAnswer(w)
}

// ownAnswers returns a query on the papers of the candidate who acts.
func (w *Work) ownAnswers() *gorm.DB {
	return w.Own().Where("assessment_candidate_id = ?", w.Actor.AssessmentCandidateID)
}

func (a *SaveAnswer) isStored() bool {
	return a.Answer.Revision > 0 && reflect.DeepEqual(a.Answer.Value.Data(), a.Value) && (a.Status == 0 || a.Status == a.Answer.Status)
}

// loadTakingAttempt returns an answer's attempt if something may still come in. It keeps the attempt from being closed,
// and so scored, before that is in. A silence that the server measured is credited before anybody is told that time is up.
func loadTakingAttempt(ctx context.Context, w *Work, answer models.Answer) (models.AssessmentSectionCandidate, error) {
	var attempt models.AssessmentSectionCandidate
	if err := shared(w.ownAttempts()).First(&attempt, answer.AssessmentSectionCandidateID).Error; err != nil {
		return attempt, database.Fault(err, "attempt")
	}
	if err := refuseNotRunning(attempt); err != nil || !isOverdue(attempt, w.Now) {
		return attempt, err
	}
	attempt, err := lockOpenAttempt(w, attempt.ID)
	if err != nil {
		return attempt, err
	}
	if err := hear(ctx, w, &attempt); err != nil {
		return attempt, err
	}
	if isOverdue(attempt, w.Now) {
		return attempt, errTimeUp
	}
	return attempt, nil
}

// isOverdue tells whether the deadline and the grace after it have passed.
func isOverdue(a models.AssessmentSectionCandidate, now time.Time) bool {
	return a.DeadlineAt != nil && now.After(a.DeadlineAt.Add(saveGrace))
}

// refuseUnasked refuses what the question does not ask for, and what the section's rules do not allow any more.
func (a *SaveAnswer) refuseUnasked(w *Work, attempt models.AssessmentSectionCandidate) error {
	var version models.QuestionVersion
	if err := w.Own().Select("id", "type", "body").First(&version, a.Answer.QuestionVersionID).Error; err != nil {
		return fmt.Errorf("load question version: %w", err)
	}
	value, err := answerFor(version, a.Value)
	if err != nil {
		return err
	}
	a.Value = value
	return refusePassed(w, attempt, a.Answer)
}

// refusePassed refuses to change the answer to a question that the candidate did not come to yet, or that has passed.
func refusePassed(w *Work, attempt models.AssessmentSectionCandidate, answer models.Answer) error {
	var placed models.AssessmentSection
	if err := w.Own().First(&placed, attempt.AssessmentSectionID).Error; err != nil {
		return fmt.Errorf("load assessment section: %w", err)
	}
	if !placed.IsFree() && answer.StartedAt == nil {
		// A conflict would show a question that the candidate did not come to, before its clock runs.
		return fault.Missing("question")
	}
	return refuseFinal(placed, attempt, answer, w.Now)
}

// refuseFinal refuses to change an answer whose question has passed: answered and left where questions may not be taken
// again, or out of the time it had.
func refuseFinal(s models.AssessmentSection, attempt models.AssessmentSectionCandidate, answer models.Answer, now time.Time) error {
	if !s.IsRetake && answer.Status == models.AnswerCompleted && answer.Position < attempt.Position {
		return fault.New(fault.Forbidden, "This answer was final when you went on. It stays as it was saved.")
	}
	if until := QuestionDeadline(s, answer); until != nil && now.After(until.Add(saveGrace)) {
		return fault.New(fault.Forbidden, "The time for this question is over. What was saved before counts.")
	}
	return nil
}

// QuestionDeadline returns until when a question may be answered where its section limits single questions; nil for as
// long as the section lasts.
func QuestionDeadline(s models.AssessmentSection, answer models.Answer) *time.Time {
	if s.MaxQuestionTime == nil || *s.MaxQuestionTime <= 0 || answer.StartedAt == nil {
		return nil
	}
	until := answer.StartedAt.Add(time.Duration(*s.MaxQuestionTime) * time.Second)
	return &until
}

func (a *SaveAnswer) refuseOlderRevision() error {
	stored := a.Answer
	own := a.Writer != "" && a.Writer == stored.Writer
	if a.Base == stored.Revision || own && a.Revision > stored.Revision {
		return nil
	}
	return fault.New(fault.Conflict, "This answer was changed on another device or in another tab since.")
}

func (a *SaveAnswer) storeAnswer(w *Work) error {
	known := a.Answer.Revision
	a.Answer.Revision = max(known+1, min(a.Revision, known+1000))
	a.Answer.Value, a.Answer.Writer = datatypes.NewJSONType(a.Value), a.Writer
	answered, err := a.isAnswered(w)
	if err != nil {
		return err
	}
	a.Answer.Status, a.Answer.AnsweredAt = models.AnswerCreated, nil
	if answered {
		a.Answer.Status, a.Answer.AnsweredAt = models.AnswerCompleted, &w.Now
	}
	if a.Answer.StartedAt == nil {
		a.Answer.StartedAt = &w.Now
	}
	stored := w.Tx.Model(&models.Answer{}).Where("id = ? AND revision = ?", a.Answer.ID, known).
		Select("revision", "value", "writer", "status", "answered_at", "started_at").Updates(&a.Answer)
	if stored.Error != nil {
		return fmt.Errorf("store the answer: %w", stored.Error)
	}
	if stored.RowsAffected != 1 {
		return fault.New(fault.Conflict, "This answer was saved twice at once. It is sent again.")
	}
	if a.Answer.Revision != 1 && a.Answer.Revision%auditedEvery != 0 {
		return nil
	}
	return w.Audit(ledger.Entry{Verb: "save-answer", SubjectType: "answer", SubjectID: a.Answer.ID, After: a.Value,
		Detail: map[string]any{"revision": a.Answer.Revision}})
}

// isAnswered tells whether something was given: a value, or a file beside it. A draft is not given yet.
func (a *SaveAnswer) isAnswered(w *Work) (bool, error) {
	if a.Status == models.AnswerCreated || !a.Value.IsEmpty() {
		return a.Status != models.AnswerCreated, nil
	}
	n, err := countAttached(w, a.Answer.ID)
	return n > 0, err
}
