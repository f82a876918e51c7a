package actions

import (
	"strings"

	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/models"
)

// fileRow describes a stored file.
func fileRow(w *Work, kind int64, name string, stored files.Stored) models.File {
	return models.File{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Name: name, OriginalName: name,
		FileTypeID: kind, Size: stored.Size, Extension: strings.TrimPrefix(stored.Extension, "."), Key: stored.Key,
		MediaType: stored.MediaType, SHA256: stored.SHA256,
	}
}
