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

// AddCandidateFile attaches a file to a candidate: a résumé, a picture or any other document.
type AddCandidateFile struct {
	CandidateID int64
	Type        int64 // a file type: FileTypeResume, FileTypeDisplayPicture or FileTypeDocument
	Name        string
	Content     io.Reader

	File models.File // what was stored

	stored files.Stored
}

// largestFile bounds what is attached, in bytes; a picture is smaller.
const (
	largestFile    = 20 << 20
	largestPicture = 5 << 20
)

// Grant implements Action.
func (*AddCandidateFile) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (a *AddCandidateFile) Validate() error {
	switch a.Type {
	case models.FileTypeResume, models.FileTypeDisplayPicture, models.FileTypeDocument:
	default:
		return fault.Field("type", "Say what kind of file it is.")
	}
	if a.Content == nil {
		return fault.Field("file", "Choose a file.")
	}
	return nil
}

// Prepare implements Prepared: the bytes are stored before the transaction.
func (a *AddCandidateFile) Prepare(ctx context.Context, w *Work) (err error) {
	if _, err := ownCandidate(w, a.CandidateID); err != nil {
		return err
	}
	limit := int64(largestFile)
	if a.Type == models.FileTypeDisplayPicture {
		limit = largestPicture
	}
	if a.stored, err = w.World.Files.Put(ctx, a.Name, a.Content, limit); err != nil {
		return aboutFile(err)
	}
	if a.Type == models.FileTypeDisplayPicture && !strings.HasPrefix(a.stored.MediaType, "image/") {
		return fault.Field("file", "A picture is a PNG, JPEG, WebP or GIF file.")
	}
	return nil
}

// aboutFile turns what the file store refuses into a fault about the form's field.
func aboutFile(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid && len(f.Fields) == 0 {
		return fault.Field("file", "%s", f.Message)
	}
	return err
}

// Perform implements Action.
func (a *AddCandidateFile) Perform(_ context.Context, w *Work) error {
	candidate, err := ownCandidate(w, a.CandidateID)
	if err != nil {
		return err
	}
	a.File = fileRow(w, a.Type, a.Name, a.stored)
	if err := w.Tx.Create(&a.File).Error; err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	link := models.CandidateFile{Owned: a.File.Owned, CandidateID: candidate.ID, FileID: a.File.ID}
	if err := w.Tx.Create(&link).Error; err != nil {
		return fmt.Errorf("attach file: %w", err)
	}
	if a.Type == models.FileTypeDisplayPicture {
		if err := setPicture(w, candidate, &a.File); err != nil {
			return err
		}
	}
	return w.Audit(ledger.Entry{Verb: "add-candidate-file", SubjectType: "candidate", SubjectID: candidate.ID,
		Detail: map[string]any{"file": a.File.ID, "type": a.Type, "sha256": a.stored.SHA256}})
}

// setPicture makes a file the candidate's picture, for screens by its key and for programs by its address; nil for none.
func setPicture(w *Work, candidate models.Candidate, file *models.File) error {
	picture := map[string]any{"picture_key": nil, "profile_pic": nil, "updated_by": w.Actor.UserID()}
	if file != nil {
		picture["picture_key"], picture["profile_pic"] = file.Key, fmt.Sprintf("%s/models/file/%d", apiPrefix, file.ID)
	}
	if err := w.Tx.Model(&candidate).Updates(picture).Error; err != nil {
		return fmt.Errorf("set picture: %w", err)
	}
	return nil
}

// RemoveCandidateFile detaches a file from a candidate. The row and the bytes stay, hidden.
type RemoveCandidateFile struct {
	CandidateID, FileID int64
}

// Grant implements Action.
func (*RemoveCandidateFile) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (*RemoveCandidateFile) Validate() error { return nil }

// Perform implements Action.
func (a *RemoveCandidateFile) Perform(_ context.Context, w *Work) error {
	candidate, err := ownCandidate(w, a.CandidateID)
	if err != nil {
		return err
	}
	removed := w.Own().Where("candidate_id = ? AND file_id = ?", a.CandidateID, a.FileID).Delete(&models.CandidateFile{})
	if removed.Error != nil {
		return fmt.Errorf("detach file: %w", removed.Error)
	}
	if removed.RowsAffected == 0 {
		return fault.Missing("file")
	}
	var file models.File
	if err := w.Own().First(&file, a.FileID).Error; err != nil {
		return database.Fault(err, "file")
	}
	if err := w.Tx.Model(&file).Update("is_deleted", true).Error; err != nil {
		return fmt.Errorf("delete file: %w", err)
	}
	if candidate.PictureKey != nil && *candidate.PictureKey == file.Key {
		if err := setPicture(w, candidate, nil); err != nil {
			return err
		}
	}
	return w.Audit(ledger.Entry{Verb: "remove-candidate-file", SubjectType: "candidate", SubjectID: a.CandidateID,
		Detail: map[string]any{"file": file.ID, "sha256": file.SHA256}})
}
