package actions

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// UploadFile keeps a file of the organization that belongs to nothing yet.
type UploadFile struct {
	Upload
	Public bool // may be fetched by whoever has its address
}

// Upload is a file on its way in.
type Upload struct {
	Type    int64  // a file type
	Name    string // as it was called where it came from
	Title   string // "" for the name without its ending
	Content io.Reader

	File models.File // what was made

	stored files.Stored
}

const longestFileName = 200

func (a *Upload) validate() error {
	bad := fault.Fields{}
	if a.Content == nil {
		bad["file"] = "Choose a file."
	}
	if a.Type == 0 {
		bad["file_type_id"] = "Say what kind of file it is."
	}
	if len([]rune(a.Title)) > longestFileName {
		bad["name"] = fmt.Sprintf("Use at most %d characters.", longestFileName)
	}
	return fault.Refuse(bad)
}

func (a *Upload) store(ctx context.Context, w *Work) (err error) {
	var kinds int64
	if err := w.Tx.Model(&models.FileType{}).Where("id = ?", a.Type).Count(&kinds).Error; err != nil {
		return fmt.Errorf("find the file type: %w", err)
	}
	if kinds == 0 {
		return fault.Field("file_type_id", "There is no such kind of file.")
	}
	a.stored, err = w.World.Files.Put(ctx, a.Name, a.Content, largestFile)
	return aboutFile(err)
}

func (a *Upload) keep(w *Work, public bool) error {
	a.File = uploadRow(w, a.Type, a.Name, a.stored)
	a.File.IsPublic = public
	if title := cleanFileName(a.Title); title != "" {
		a.File.Name = title
	}
	if err := w.Tx.Create(&a.File).Error; err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "upload-file", SubjectType: "file", SubjectID: a.File.ID,
		Detail: map[string]any{"type": a.Type, "size": a.stored.Size, "public": public, "sha256": a.stored.SHA256}})
}

// Grant implements Action.
func (*UploadFile) Grant() access.Grant { return "file.upload" }

// Validate implements Action.
func (a *UploadFile) Validate() error { return a.validate() }

// Prepare implements Prepared: the bytes are stored before the transaction.
func (a *UploadFile) Prepare(ctx context.Context, w *Work) error { return a.store(ctx, w) }

// Perform implements Action.
func (a *UploadFile) Perform(_ context.Context, w *Work) error { return a.keep(w, a.Public) }

// UploadOwnFile keeps a file that a candidate hands in beside the answers, such as a résumé, with the candidate's files.
type UploadOwnFile struct{ Upload }

const mostOwnFiles = 50

// Grant implements Action.
func (*UploadOwnFile) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *UploadOwnFile) Validate() error {
	switch a.Type {
	case models.FileTypeResume, models.FileTypeImage, models.FileTypeAnswerAttachment, models.FileTypeDocument:
		return a.validate()
	}
	return fault.Field("file_type_id", "Candidates hand in files of the types %d, %d, %d and %d.", models.FileTypeResume,
		models.FileTypeImage, models.FileTypeAnswerAttachment, models.FileTypeDocument)
}

// Prepare implements Prepared: the bytes are stored before the transaction.
func (a *UploadOwnFile) Prepare(ctx context.Context, w *Work) error {
	if err := a.refuseMore(w); err != nil {
		return err
	}
	return a.store(ctx, w)
}

func (a *UploadOwnFile) refuseMore(w *Work) error {
	var before int64
	if err := w.Own().Model(&models.CandidateFile{}).Where("candidate_id = ?", w.Actor.ID).Count(&before).Error; err != nil {
		return fmt.Errorf("count the candidate's files: %w", err)
	}
	if before >= mostOwnFiles {
		return fault.New(fault.Conflict, "There are %d files of this candidate already. More are not taken.", before)
	}
	return nil
}

// Perform implements Action.
func (a *UploadOwnFile) Perform(_ context.Context, w *Work) error {
	if err := a.refuseMore(w); err != nil {
		return err
	}
	if err := a.keep(w, false); err != nil {
		return err
	}
	link := models.CandidateFile{Owned: a.File.Owned, CandidateID: w.Actor.ID, FileID: a.File.ID}
	if err := w.Tx.Create(&link).Error; err != nil {
		return fmt.Errorf("put the file with the candidate's: %w", err)
	}
	return nil
}

// uploadRow describes an upload as the document does: the name without its ending, and the ending from the name it came
// with.
func uploadRow(w *Work, kind int64, name string, stored files.Stored) models.File {
	row := fileRow(w, kind, cleanFileName(name), stored)
	ending := path.Ext(row.OriginalName)
	if row.OriginalName == "" || ending == row.OriginalName {
		row.OriginalName = "file" + stored.Extension
		ending = stored.Extension
	}
	row.Name = strings.TrimSuffix(row.OriginalName, ending)
	if ending != "" {
		row.Extension = strings.ToLower(strings.TrimPrefix(ending, "."))
	}
	return row
}

// cleanFileName keeps the last part of a path, without what cannot be seen, at a length that can be shown.
func cleanFileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "")))
	if letters := []rune(name); len(letters) > longestFileName {
		ending := []rune(path.Ext(name))
		if len(ending) > 20 {
			ending = nil
		}
		name = string(letters[:longestFileName-len(ending)]) + string(ending)
	}
	return name
}
