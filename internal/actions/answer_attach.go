package actions

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// What a candidate may attach to one answer at most.
const (
	largestRecording   = 28 << 20 // bytes of one piece
	mostAnswerFiles    = 20
	mostRecordedPieces = 1_000
	lastSequence       = 100_000
)

// Attachment is a file on its way to an answer.
type Attachment struct {
	AnswerID int64
	Sequence int // orders what belongs to one answer
	Name     string
	Content  io.Reader

	File models.File // as it was stored

	stored files.Stored
}

func (a *Attachment) validate() error {
	bad := fault.Fields{}
	if a.Content == nil {
		bad["file"] = "Choose a file."
	}
	if a.Sequence < 0 || a.Sequence > lastSequence {
		bad["sequence"] = fmt.Sprintf("This must be a number from 0 to %d.", lastSequence)
	}
	return fault.Refuse(bad)
}

// takes tells whether an answer takes one more of a kind.
type takes func(*Work, models.Answer) error

// store keeps the bytes, once it is known that the answer can take them.
func (a *Attachment) store(ctx context.Context, w *Work, limit int64, may takes) (err error) {
	var answer models.Answer
	if err := w.ownAnswers().First(&answer, a.AnswerID).Error; err != nil {
		return database.Fault(err, "answer")
	}
	var attempt models.AssessmentSectionCandidate
	if err := w.ownAttempts().First(&attempt, answer.AssessmentSectionCandidateID).Error; err != nil {
		return database.Fault(err, "attempt")
	}
	if err := refuseNotRunning(attempt); err != nil {
		return err
	}
	if err := may(w, answer); err != nil {
		return err
	}
	a.stored, err = w.World.Files.Put(ctx, a.Name, a.Content, limit)
	return aboutFile(err)
}

// attach writes the file's row, if the answer may still be changed, and returns the answer.
func (a *Attachment) attach(ctx context.Context, w *Work, kind int64, may takes) (models.Answer, error) {
	var answer models.Answer
	if err := locked(w.ownAnswers()).First(&answer, a.AnswerID).Error; err != nil {
		return answer, database.Fault(err, "answer")
	}
	attempt, err := loadTakingAttempt(ctx, w, answer)
	if err != nil {
		return answer, err
	}
	if err := refusePassed(w, attempt, answer); err != nil {
		return answer, err
	}
	if err := may(w, answer); err != nil {
		return answer, err
	}
	a.File = uploadRow(w, kind, a.Name, a.stored)
	if err := w.Tx.Create(&a.File).Error; err != nil {
		return answer, fmt.Errorf("create file: %w", err)
	}
	return answer, nil
}

// answered notes that something was given for the question.
func (a *Attachment) answered(w *Work, answer models.Answer, verb string) error {
	changes := map[string]any{"status": models.AnswerCompleted, "answered_at": w.Now}
	if answer.StartedAt == nil {
		changes["started_at"] = w.Now
	}
	if err := w.Tx.Model(&answer).Updates(changes).Error; err != nil {
		return fmt.Errorf("note that the question is answered: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "answer", SubjectID: answer.ID,
		Detail: map[string]any{"file": a.File.ID, "sequence": a.Sequence, "size": a.stored.Size, "sha256": a.stored.SHA256}})
}

// countAttached counts the files and recordings of an answer.
func countAttached(w *Work, answerID int64) (int64, error) {
	var attached, recorded int64
	if err := w.Own().Model(&models.AnswerFile{}).Where("answer_id = ?", answerID).Count(&attached).Error; err != nil {
		return 0, fmt.Errorf("count the answer's files: %w", err)
	}
	if err := w.Own().Model(&models.AnswerRecording{}).Where("answer_id = ?", answerID).Count(&recorded).Error; err != nil {
		return 0, fmt.Errorf("count the answer's recordings: %w", err)
	}
	return attached + recorded, nil
}

// AddAnswerFile attaches a file to the answer to a question that is answered in writing. It returns Conflict and Gone as
// SaveAnswer does.
type AddAnswerFile struct {
	Attachment

	Row models.AnswerFile
}

// Grant implements Action.
func (*AddAnswerFile) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *AddAnswerFile) Validate() error { return a.validate() }

// Prepare implements Prepared: the bytes are stored before the transaction.
func (a *AddAnswerFile) Prepare(ctx context.Context, w *Work) error {
	return a.store(ctx, w, largestFile, takesFile)
}

func takesFile(w *Work, answer models.Answer) error {
	var asked models.QuestionVersion
	if err := w.Own().Select("id", "type").First(&asked, answer.QuestionVersionID).Error; err != nil {
		return fmt.Errorf("load question version: %w", err)
	}
	if asked.Type.IsObjective() {
		return fault.Field("answer_id", "This question is answered without a file.")
	}
	return refuseMore(w, answer, &models.AnswerFile{}, mostAnswerFiles)
}

// refuseMore refuses another row of a kind beside the most that an answer takes.
func refuseMore(w *Work, answer models.Answer, kind any, most int64) error {
	var before int64
	if err := w.Own().Model(kind).Where("answer_id = ?", answer.ID).Count(&before).Error; err != nil {
		return fmt.Errorf("count what belongs to the answer: %w", err)
	}
	if before >= most {
		return fault.Field("file", "There are %d files already. More are not taken.", before)
	}
	return nil
}

// Perform implements Action.
func (a *AddAnswerFile) Perform(ctx context.Context, w *Work) error {
	answer, err := a.attach(ctx, w, models.FileTypeAnswerAttachment, takesFile)
	if err != nil {
		return err
	}
	a.Row = models.AnswerFile{Owned: answer.Owned, AnswerID: answer.ID, Sequence: a.Sequence, FileID: a.File.ID}
	if err := w.Tx.Create(&a.Row).Error; err != nil {
		return fmt.Errorf("attach the file: %w", err)
	}
	return a.answered(w, answer, "add-answer-file")
}

// AddAnswerRecording adds a piece of the recording of an answer. It returns Conflict and Gone as SaveAnswer does.
type AddAnswerRecording struct {
	Attachment
	Type models.RecordingType

	Row models.AnswerRecording
}

// Grant implements Action.
func (*AddAnswerRecording) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *AddAnswerRecording) Validate() error {
	if !a.Type.Valid() {
		return fault.Field("type", "This must be %s or %s.", models.RecordedByBrowser, models.RecordedByFlash)
	}
	return a.validate()
}

// Prepare implements Prepared: the bytes are stored before the transaction.
func (a *AddAnswerRecording) Prepare(ctx context.Context, w *Work) error {
	if err := a.store(ctx, w, largestRecording, takesRecording); err != nil || isRecording(a.stored.MediaType) {
		return err
	}
	if err := w.World.Files.Delete(ctx, a.stored.Key); err != nil {
		return err
	}
	return fault.Field("file", "This is no recording: it holds neither sound nor pictures.")
}

// isRecording tells whether a file may be a piece of a recording. Only the first piece tells what it is; those after it
// are bytes of no known kind.
func isRecording(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "video" || kind == "audio" || mediaType == "application/ogg" || mediaType == "application/octet-stream"
}

func takesRecording(w *Work, answer models.Answer) error {
	return refuseMore(w, answer, &models.AnswerRecording{}, mostRecordedPieces)
}

// Perform implements Action.
func (a *AddAnswerRecording) Perform(ctx context.Context, w *Work) error {
	kind := models.FileTypeVideo
	if a.Type == models.RecordedByBrowser {
		kind = models.FileTypeBrowserVideo
	}
	answer, err := a.attach(ctx, w, kind, takesRecording)
	if err != nil {
		return err
	}
	a.Row = models.AnswerRecording{Owned: answer.Owned, AnswerID: answer.ID, Sequence: a.Sequence, FileID: a.File.ID, Type: a.Type}
	if err := w.Tx.Create(&a.Row).Error; err != nil {
		return fmt.Errorf("keep the recording: %w", err)
	}
	return a.answered(w, answer, "add-answer-recording")
}
