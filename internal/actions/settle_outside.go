package actions

import (
	"context"
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// SettleExternalAssessment checks an assessment of an outside provider and reads its length.
func SettleExternalAssessment(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	e := change.Row.(*models.ExternalAssessment)
	e.Title = strings.TrimSpace(e.Title)
	if e.StartDate != nil && e.EndDate != nil && e.EndDate.Before(*e.StartDate) {
		return fault.Field("end_date", "The end must come after the start.")
	}
	text, set := change.Values["duration"]
	if !set {
		return nil
	}
	e.DurationSeconds = nil
	if text == nil || text == "" {
		return nil
	}
	seconds, ok := models.ParseInterval(text.(string))
	if !ok {
		return fault.Field("duration", "This must be a length such as 01:00:00.")
	}
	e.DurationSeconds = &seconds
	return nil
}

// SettleEvaluationInvitation checks a candidate's access to an external assessment.
func SettleEvaluationInvitation(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	row, bad := change.Row.(*models.EvaluationInvitation), fault.Fields{}
	if !isWebAddress(row.AttendURL) {
		bad["attend_url"] = "This must be an address that begins with https:// or http://."
	}
	if row.ReportURL != nil && *row.ReportURL != "" && !isWebAddress(*row.ReportURL) {
		bad["report_url"] = "This must be an address that begins with https:// or http://."
	}
	if change.Verb == resource.Create && row.Username == "" {
		row.Username = change.Ask.Actor.Name
	}
	return fault.Refuse(bad)
}

func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

const cardCodeDigits = 8

// SettleMenuCard checks a menu card and gives a new one its code, whose first digit is not 0.
func SettleMenuCard(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	c := change.Row.(*models.MenuCard)
	if c.Name = strings.Join(strings.Fields(c.Name), " "); c.Name == "" {
		return fault.Field("name", "Give the card a name.")
	}
	if c.StartsAt != nil && c.EndsAt != nil && c.EndsAt.Before(*c.StartsAt) {
		return fault.Field("ends_at", "The end must come after the start.")
	}
	for change.Verb == resource.Create && (c.Code == "" || c.Code[0] == '0') {
		code, err := secrets.NumericCode(cardCodeDigits)
		if err != nil {
			return err
		}
		c.Code = code
	}
	c.SearchText = textfold.Fold(c.Name)
	return nil
}
