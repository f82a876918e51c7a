package actions

import (
	"context"
	"fmt"
	"io"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/models"
)

// SetDisplayPicture stores the acting user's picture with a record of its file.
type SetDisplayPicture struct {
	FileName string
	Content  io.Reader

	stored files.Stored
}

// Grant implements Action.
func (*SetDisplayPicture) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *SetDisplayPicture) Validate() error {
	if a.Content == nil {
		return fault.Field("file", "Send a picture.")
	}
	return nil
}

// Prepare implements Prepared.
func (a *SetDisplayPicture) Prepare(ctx context.Context, w *Work) (err error) {
	a.stored, err = w.World.Files.Put(ctx, a.FileName, a.Content, largestPicture)
	if f, ok := fault.As(err); ok {
		return fault.Field("file", "%s", f.Message)
	}
	if err != nil || a.stored.MediaType == "image/png" || a.stored.MediaType == "image/jpeg" {
		return err
	}
	if err := w.World.Files.Delete(ctx, a.stored.Key); err != nil {
		return err
	}
	return fault.Field("file", "Send a PNG or JPEG picture.")
}

// Perform implements Action.
func (a *SetDisplayPicture) Perform(_ context.Context, w *Work) error {
	row := fileRow(w, models.FileTypeDisplayPicture, a.FileName, a.stored)
	if err := w.Tx.Create(&row).Error; err != nil {
		return fmt.Errorf("record the picture: %w", err)
	}
	return replacePicture(w, &a.stored.Key, &row.ID, "set-picture")
}
