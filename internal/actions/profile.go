package actions

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// UpdateProfile changes what the acting user says about themselves.
type UpdateProfile struct {
	Name     string `form:"name"`
	Location string `form:"location"`
	Phone    string `form:"phone"`
	TimeZone string `form:"time_zone"` // IANA name; empty for the organization's
	Locale   string `form:"locale"`
}

// Grant implements Action.
func (*UpdateProfile) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *UpdateProfile) Validate() error {
	bad := fault.Fields{}
	if a.Name = strings.TrimSpace(a.Name); a.Name == "" {
		bad["name"] = "Give your name."
	}
	if a.TimeZone != "" && !models.KnownZone(a.TimeZone) {
		bad["time_zone"] = "There is no time zone of this name."
	}
	if !models.KnownLocale(a.Locale) {
		bad["locale"] = "Choose one of the languages."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *UpdateProfile) Perform(_ context.Context, w *Work) error {
	user, err := actingUser(w)
	if err != nil {
		return err
	}
	err = setUser(w, user.ID, map[string]any{"name": a.Name, "location": optional(strings.TrimSpace(a.Location)),
		"phone": optional(strings.TrimSpace(a.Phone)), "time_zone": a.TimeZone, "default_locale": a.Locale,
		"search_text": userSearchText(a.Name, user.Email)})
	if err != nil {
		return err
	}
	if err := supersede(w, models.SettingTimeZone, &user.ID, a.TimeZone); err != nil {
		return err
	}
	if err := supersede(w, models.SettingLanguage, &user.ID, a.Locale); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "update-profile", SubjectType: "user", SubjectID: user.ID})
}

// SetPicture stores the acting user's picture.
type SetPicture struct {
	FileName string
	Content  io.Reader

	key string
}

// Grant implements Action.
func (*SetPicture) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *SetPicture) Validate() error {
	if a.Content == nil {
		return fault.Field("picture", "Choose a picture.")
	}
	return nil
}

// Prepare implements Prepared.
func (a *SetPicture) Prepare(ctx context.Context, w *Work) error {
	stored, err := w.World.Files.Put(ctx, a.FileName, a.Content, largestPicture)
	if f, ok := fault.As(err); ok {
		return fault.Field("picture", "%s", f.Message)
	}
	if err != nil {
		return err
	}
	a.key = stored.Key
	switch stored.MediaType {
	case "image/png", "image/jpeg", "image/webp", "image/gif":
		return nil
	}
	if err := w.World.Files.Delete(ctx, stored.Key); err != nil {
		return err
	}
	return fault.Field("picture", "Choose a PNG, JPEG, WebP or GIF picture.")
}

// Perform implements Action.
func (a *SetPicture) Perform(_ context.Context, w *Work) error {
	return replacePicture(w, &a.key, nil, "set-picture")
}

// RemovePicture takes the acting user's picture away.
type RemovePicture struct{}

// Grant implements Action.
func (*RemovePicture) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*RemovePicture) Validate() error { return nil }

// Perform implements Action.
func (*RemovePicture) Perform(_ context.Context, w *Work) error {
	return replacePicture(w, nil, nil, "remove-picture")
}

// replacePicture gives the acting user another picture, or none. File is its record, where it has one.
func replacePicture(w *Work, key *string, file *int64, verb string) error {
	user, err := actingUser(w)
	if err != nil {
		return err
	}
	if err := setUser(w, user.ID, map[string]any{"picture_key": key, "picture_file_id": file}); err != nil {
		return err
	}
	if old := user.PictureFileID; old != nil {
		if err := w.Own().Model(&models.File{}).Where("id = ?", *old).Update("is_deleted", true).Error; err != nil {
			return fmt.Errorf("hide the old picture's record: %w", err)
		}
	}
	if old := user.PictureKey; old != nil {
		w.AfterCommit(func(ctx context.Context) { w.runner.discard(ctx, *old) })
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "user", SubjectID: user.ID})
}

// discard removes a file nothing refers to any more. Failing leaves an orphan and harms nobody, so it is only logged.
func (r *Runner) discard(ctx context.Context, key string) {
	if err := r.Files.Delete(ctx, key); err != nil {
		slog.Warn("file not removed", "key", key, "error", err)
	}
}
