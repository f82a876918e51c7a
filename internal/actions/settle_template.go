package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleTemplate checks a message's wording by the rules of SaveTemplate. The wordings that everybody shares stay.
func SettleTemplate(_ context.Context, change *resource.Change) error {
	if was, ok := change.Was.(*models.NotificationTemplate); ok && was.OrganizationID == nil {
		return errShared
	}
	if change.Verb == resource.Delete {
		return nil
	}
	t := change.Row.(*models.NotificationTemplate)
	kind, known := notify.TypeOf(t.TypeID)
	if !known {
		return fault.Field("type_id", "There is no such type of message.")
	}
	if t.AssessmentID != nil && kind.IsPersonal() {
		return fault.Field("assessment_id", "Messages of this type are about an account and worded for the whole organization.")
	}
	in := SaveTemplate{AssessmentID: t.AssessmentID, Type: kind.Name, Subject: t.Subject, Content: t.Content, From: textOf(t.FromAddress)}
	if f, wrong := fault.As(in.Validate()); wrong {
		if message := f.Fields["from"]; message != "" {
			delete(f.Fields, "from")
			f.Fields["from_address"] = message
		}
		return f
	}
	if t.CategoryID != nil && *t.CategoryID != int64(kind.Channel) {
		return fault.Field("category_id", "Messages of this type are of category %d.", kind.Channel)
	}
	t.CategoryID = kind.CategoryID()
	t.Subject, t.Content, t.FromAddress = in.Subject, in.Content, optional(in.From)
	return nil
}
