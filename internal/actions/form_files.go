package actions

import (
	"context"
	"fmt"
	"maps"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// formFiles are files that arrived with a form, by field. Their bytes are stored before the transaction begins.
type formFiles struct {
	stored map[string]files.Stored
	before map[string]models.File // handed in earlier
	names  map[string]string
}

// find loads the files that stand for fields of the form, among those that the scope has.
func (f *formFiles) find(w *Work, fields []models.AskedField, ids map[string]int64, scope access.Scope) error {
	f.before = map[string]models.File{}
	if f.names == nil {
		f.names = map[string]string{}
	}
	bad := fault.Fields{}
	for _, field := range fields {
		id, given := ids[field.ID]
		if field.Type != "file" || !given {
			continue
		}
		var found []models.File
		err := w.Own("files").Scopes(scope).Where("files.id = ? AND NOT files.is_deleted", id).Limit(1).Find(&found).Error
		if err != nil {
			return fmt.Errorf("find a form's file: %w", err)
		}
		if len(found) == 0 {
			bad[field.ID] = "There is no such file of yours. Hand it in first, then send its id."
			continue
		}
		f.before[field.ID], f.names[field.ID] = found[0], found[0].OriginalName
	}
	return fault.Refuse(bad)
}

// handedIn are the files that the candidate who acts handed in.
func (w *Work) handedIn(db *gorm.DB) *gorm.DB {
	return db.Joins("JOIN candidate_files c ON c.file_id = files.id AND c.candidate_id = ?", w.Actor.ID)
}

// uploadedHere are the files that the user who acts uploaded.
func (w *Work) uploadedHere(db *gorm.DB) *gorm.DB {
	return db.Where("files.created_by = ?", w.Actor.UserID())
}

// put stores the bytes of what was uploaded for the form's file fields. What came for anything else is left out.
func (f *formFiles) put(ctx context.Context, w *Work, fields []models.AskedField, uploads map[string]FormUpload) error {
	f.stored, f.names = map[string]files.Stored{}, map[string]string{}
	bad := fault.Fields{}
	for _, field := range fields {
		upload, given := uploads[field.ID]
		if field.Type != "file" || !given {
			continue
		}
		stored, err := w.World.Files.Put(ctx, upload.Name, upload.Content, largestFile)
		if refused, is := fault.As(err); is && refused.Kind == fault.Invalid {
			bad[field.ID] = refused.Error()
			continue
		}
		if err != nil {
			return fmt.Errorf("store a form's file: %w", err)
		}
		f.stored[field.ID], f.names[field.ID] = stored, upload.Name
	}
	return fault.Refuse(bad)
}

// FormFile is a file that was sent with a form.
type FormFile struct {
	FormInstanceID      int64
	FieldKey, Name, Key string
}

// FormFiles returns the files of forms that were filled in.
func FormFiles(db *gorm.DB, organizationID int64, instances []int64) ([]FormFile, error) {
	var found []FormFile
	err := db.Table("form_instance_files l").Joins("JOIN files ON files.id = l.file_id").
		Where("l.organization_id = ? AND l.form_instance_id IN ?", organizationID, instances).
		Select("l.form_instance_id, l.field_key, files.name, files.storage_key AS key").Order("l.id").Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load the files of forms: %w", err)
	}
	return found, nil
}

// attached returns the names of the files of a form by field: those that were kept before, and those that come now.
func (f *formFiles) attached(w *Work, instanceID int64) (map[string]string, error) {
	kept, err := FormFiles(w.Tx, w.Actor.OrganizationID, []int64{instanceID})
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, k := range kept {
		names[k.FieldKey] = k.Name
	}
	for key, name := range f.names {
		names[key] = name
	}
	return names, nil
}

// attach ties what was stored to a form that was filled in, in place of what was there for the same fields.
func (f *formFiles) attach(w *Work, instance models.FormInstance) error {
	attached := maps.Clone(f.before)
	if attached == nil {
		attached = map[string]models.File{}
	}
	for key, stored := range f.stored {
		file := fileRow(w, models.FileTypeDocument, f.names[key], stored)
		if err := w.Tx.Create(&file).Error; err != nil {
			return fmt.Errorf("create file: %w", err)
		}
		attached[key] = file
	}
	for key, file := range attached {
		err := w.Own().Where("form_instance_id = ? AND field_key = ?", instance.ID, key).Delete(&models.FormInstanceFile{}).Error
		if err != nil {
			return fmt.Errorf("detach the file before: %w", err)
		}
		link := models.FormInstanceFile{Owned: instance.Owned, Authored: authored(w), Key: key, FormInstanceID: instance.ID, FileID: file.ID}
		if err := w.Tx.Create(&link).Error; err != nil {
			return fmt.Errorf("attach file: %w", err)
		}
	}
	return nil
}
