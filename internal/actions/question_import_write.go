package actions

import (
	"bytes"
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// ImportQuestions brings an upload into the bank, in one transaction: every file that is not refused comes in, or
// nothing does.
type ImportQuestions struct {
	ImportID   int64      `json:"import_id"`
	Duplicates Duplicates `json:"duplicates"`

	Import models.Import `json:"-"` // with its counts

	plan     QuestionImportPlan
	pictures map[string]storedPicture // by checksum
	tags     *tagger
	done     int
}

// storedPicture is a picture of the upload in the file store; row 0 has no record yet.
type storedPicture struct {
	name   string
	key    string
	isNew  bool
	stored files.Stored
}

// Grant implements Action.
func (*ImportQuestions) Grant() access.Grant { return "question.import" }

// Validate implements Action.
func (a *ImportQuestions) Validate() error { return a.Duplicates.check() }

// Prepare implements Prepared: it reads the files and stores their pictures.
func (a *ImportQuestions) Prepare(ctx context.Context, w *Work) (err error) {
	if a.plan, err = readUpload(ctx, w, a.ImportID); err != nil {
		return err
	}
	if a.plan.Total() == 0 {
		return fault.New(fault.Invalid, "There is nothing to import: no question could be read.")
	}
	a.pictures = map[string]storedPicture{}
	for f := range a.plan.Files {
		for i := range a.plan.Files[f].Questions {
			if err := a.storePictures(ctx, w, &a.plan.Files[f].Questions[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// storePictures puts a question's pictures into the store, unless the organization has them, and points the question at
// them.
func (a *ImportQuestions) storePictures(ctx context.Context, w *Work, q *PlannedQuestion) error {
	addresses := map[string]string{}
	for _, image := range q.Bank.Images {
		sum := sumOf(image.Data)
		picture, have := a.pictures[sum]
		if !have {
			var err error
			if picture, err = a.storePicture(ctx, w, image.Name, sum, image.Data); err != nil {
				return err
			}
			a.pictures[sum] = picture
		}
		if picture.key != "" {
			addresses[image.Name] = files.Path + picture.key
		}
	}
	q.input.placePictures(addresses)
	return nil
}

func (a *ImportQuestions) storePicture(ctx context.Context, w *Work, name, sum string, data []byte) (storedPicture, error) {
	var have []models.File
	err := w.Own().Where("sha256 = ? AND file_type_id = ? AND NOT is_deleted", sum, models.FileTypeQuestionImage).Limit(1).Find(&have).Error
	if err != nil {
		return storedPicture{}, fmt.Errorf("look for the picture %s: %w", name, err)
	}
	if len(have) > 0 {
		return storedPicture{name: name, key: have[0].Key}, nil
	}
	stored, err := w.World.Files.Put(ctx, name, bytes.NewReader(data), maxPicture)
	if fault.KindOf(err) == fault.Invalid || (err == nil && !isPicture(stored)) {
		return storedPicture{name: name}, nil // what no browser shows stays out; the question comes in without it
	}
	return storedPicture{name: name, key: stored.Key, isNew: true, stored: stored}, err
}

// Perform implements Action.
func (a *ImportQuestions) Perform(ctx context.Context, w *Work) error {
	row, _, err := waitingQuestionImport(w, a.ImportID)
	if err != nil {
		return err
	}
	a.Import, a.tags = row, newTagger(w)
	a.Import.Total, a.Import.Created, a.Import.Updated, a.Import.Skipped = a.plan.Total(), 0, 0, 0
	w.runner.imports.set(a.ImportID, 0, a.Import.Total)
	defer w.runner.imports.clear(a.ImportID)
	if err := a.plan.compare(w); err != nil {
		return err
	}
	if err := a.keepPictures(w); err != nil {
		return err
	}
	if err := a.write(ctx, w); err != nil {
		return err
	}
	a.Import.Status, a.Import.Done, a.Import.Problems = models.ImportCommitted, a.Import.Total, a.plan.problemsJSON()
	if err := w.Tx.Save(&a.Import).Error; err != nil {
		return fmt.Errorf("close the import: %w", err)
	}
	w.Changed("import", a.ImportID)
	return w.Audit(ledger.Entry{Verb: "import-questions", SubjectType: "import", SubjectID: a.ImportID, Detail: map[string]any{
		"name": a.Import.FileName, "created": a.Import.Created, "updated": a.Import.Updated, "skipped": a.Import.Skipped,
		"duplicates": a.Duplicates}})
}

func (a *ImportQuestions) keepPictures(w *Work) error {
	for _, picture := range a.pictures {
		if !picture.isNew {
			continue
		}
		row := fileRow(w, models.FileTypeQuestionImage, picture.name, picture.stored)
		if err := w.Tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep the picture %s: %w", picture.name, err)
		}
	}
	return nil
}

// write goes through the questions in the order of the files, new ones in batches.
func (a *ImportQuestions) write(ctx context.Context, w *Work) error {
	var batch []QuestionInput
	flush := func() error {
		if err := a.insert(w, batch); err != nil {
			return err
		}
		batch = nil
		w.runner.imports.set(a.ImportID, a.done, a.Import.Total)
		w.runner.Hub.Publish(ctx, Topic("import", a.ImportID))
		return nil
	}
	for _, file := range a.plan.Files {
		for _, q := range file.Questions {
			a.done++
			switch {
			case q.Standing == StandingNew || a.Duplicates == NewDuplicates:
				batch = append(batch, q.input)
			case a.Duplicates == UpdateDuplicates && q.KnownID != 0:
				if err := a.update(w, q); err != nil {
					return err
				}
			default:
				a.Import.Skipped++
			}
			if len(batch) == linksAtOnce {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
	return flush()
}

func (a *ImportQuestions) insert(w *Work, batch []QuestionInput) error {
	if len(batch) == 0 {
		return nil
	}
	questions, shown := make([]models.Question, len(batch)), make([]pictures, len(batch))
	for i, in := range batch {
		questions[i] = newQuestion(w)
		in.fill(&questions[i])
		var err error
		if shown[i], err = picturesOf(w, &questions[i]); err != nil {
			return err
		}
		questions[i].Fingerprint = fingerprint(questions[i], shown[i].sum)
	}
	if err := w.Tx.Create(&questions).Error; err != nil {
		return fmt.Errorf("write questions: %w", err)
	}
	versions := make([]models.QuestionVersion, len(questions))
	for i, q := range questions {
		versions[i] = q.Freeze()
	}
	if err := w.Tx.Create(&versions).Error; err != nil {
		return fmt.Errorf("write versions: %w", err)
	}
	for i, q := range questions {
		if err := shown[i].link(w, q.ID); err != nil {
			return err
		}
		if err := a.tags.add([]int64{q.ID}, batch[i].Skills, batch[i].Categories); err != nil {
			return err
		}
	}
	a.Import.Created += len(batch)
	return nil
}

// update brings a question of the bank up to date with the file. One of another type cannot become what the file says.
func (a *ImportQuestions) update(w *Work, q PlannedQuestion) error {
	question, err := ownQuestion(w, q.KnownID)
	if err != nil {
		return err
	}
	if question.Type != q.input.Type {
		return a.insert(w, []QuestionInput{q.input})
	}
	if err := revise(w, &question, q.input); err != nil {
		return err
	}
	a.Import.Updated++
	return a.tags.set(question.ID, q.input.Skills, q.input.Categories)
}
