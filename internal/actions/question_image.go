package actions

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// AttachImage stores a picture to be shown in a question, and says under which address a text refers to it.
type AttachImage struct {
	UploadedFile

	File    models.File `json:"-"`
	Address string      `json:"-"` // for <img src>, without a signature
	stored  files.Stored
}

const maxPicture = 10 << 20

// Grant implements Action.
func (*AttachImage) Grant() access.Grant { return "question.update" }

// Validate implements Action.
func (a *AttachImage) Validate() error {
	if len(a.Data) == 0 {
		return fault.Field("image", "Choose a picture.")
	}
	return nil
}

// Prepare implements Prepared.
func (a *AttachImage) Prepare(ctx context.Context, w *Work) error {
	stored, err := w.World.Files.Put(ctx, a.Name, bytes.NewReader(a.Data), maxPicture)
	if err != nil {
		return err
	}
	if !isPicture(stored) {
		if err := w.World.Files.Delete(ctx, stored.Key); err != nil {
			return err
		}
		return fault.Field("image", "%s is not a picture that browsers show. Choose a PNG, JPEG, GIF, WebP or AVIF file.", a.Name)
	}
	a.stored = stored
	return nil
}

func isPicture(stored files.Stored) bool {
	return strings.HasPrefix(stored.MediaType, "image/") && !strings.HasPrefix(stored.MediaType, "image/tiff")
}

// Perform implements Action.
func (a *AttachImage) Perform(_ context.Context, w *Work) error {
	a.File = fileRow(w, models.FileTypeQuestionImage, a.Name, a.stored)
	if err := w.Tx.Create(&a.File).Error; err != nil {
		return fmt.Errorf("keep the picture: %w", err)
	}
	a.Address = files.Path + a.File.Key
	return w.Audit(ledger.Entry{Verb: "attach-image", SubjectType: "file", SubjectID: a.File.ID,
		Detail: map[string]any{"name": a.Name, "size": a.File.Size}})
}
