package actions

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
)

// SaveTemplate gives one type of message the organization's own wording, or that of one of its assessments.
type SaveTemplate struct {
	AssessmentID *int64 `form:"-"` // nil words the messages of every assessment without words of its own
	Type         string `form:"-"` // name of a notification type
	Subject      string `form:"subject"`
	Content      string `form:"content"` // plain text or HTML, with tags
	From         string `form:"from"`    // sender; empty takes the program's
}

const (
	longestSubject     = 300
	longestTextMessage = 600 // before its tags are filled in: about four parts of a telephone's message
)

// Grant implements Action.
func (*SaveTemplate) Grant() access.Grant { return "template.manage" }

// Validate implements Action.
func (a *SaveTemplate) Validate() error {
	kind, known := notify.TypeNamed(a.Type)
	if !known || (a.AssessmentID != nil && kind.IsPersonal()) {
		return fault.Missing("template")
	}
	bad := fault.Fields{}
	if kind.IsText() && a.Subject == "" {
		a.Subject = kind.Subject // shown in the log only
	}
	a.Subject, a.From = strings.Join(strings.Fields(a.Subject), " "), strings.TrimSpace(a.From)
	if a.Subject == "" || len(a.Subject) > longestSubject {
		bad["subject"] = fmt.Sprintf("Give the message a subject of up to %d characters.", longestSubject)
	}
	a.Content = notify.Paragraphs(a.Content)
	if a.Content == "" {
		bad["content"] = "Write the message."
	}
	if a.Content != "" && strings.Contains(kind.Content, "{%link}") && !strings.Contains(a.Content, "{%link}") {
		bad["content"] = "Without {%link} nobody can get to where the message sends them."
	}
	if kind.IsText() && utf8.RuneCountInString(richtext.PlainWithLinks(a.Content)) > longestTextMessage {
		bad["content"] = fmt.Sprintf("A text message takes up to %d characters.", longestTextMessage)
	}
	if _, ok := addresses.One(a.From); a.From != "" && !ok {
		bad["from"] = "This is not an e-mail address."
	}
	for field, text := range map[string]string{"subject": a.Subject, "content": a.Content} {
		if f, wrong := fault.As(kind.CheckTags(field, text)); wrong {
			bad[field] = f.Fields[field]
		}
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveTemplate) Perform(_ context.Context, w *Work) error {
	kind, _ := notify.TypeNamed(a.Type)
	row, _, err := ownTemplate(w, kind, a.AssessmentID)
	if err != nil {
		return err
	}
	before := row
	if row.ID == 0 {
		row.OrganizationID, row.AssessmentID = &w.Actor.OrganizationID, a.AssessmentID
		row.TypeID, row.CategoryID, row.CreatedBy = kind.ID, kind.CategoryID(), w.Actor.UserID()
	}
	row.Subject, row.Content, row.FromAddress, row.UpdatedBy = a.Subject, a.Content, optional(a.From), w.Actor.UserID()
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("save template: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-template", SubjectType: "notification_template", SubjectID: row.ID, Before: before, After: row,
		Detail: map[string]any{"type": kind.Name}})
}

// ownTemplate returns the wording of a type that the organization, or one of its assessments, keeps itself.
func ownTemplate(w *Work, kind notify.Type, assessmentID *int64) (row models.NotificationTemplate, found bool, err error) {
	if assessmentID != nil {
		if _, err := lockAssessment(w, *assessmentID); err != nil {
			return row, false, err
		}
	}
	row, found, err = notify.OwnTemplate(w.Tx, kind.ID, w.Actor.OrganizationID, assessmentID)
	if err != nil {
		return row, false, fmt.Errorf("find template: %w", err)
	}
	return row, found, nil
}

// ResetTemplate returns one type of message to the wording that applies without it: of an assessment to the
// organization's, of the organization to the default.
type ResetTemplate struct {
	AssessmentID *int64
	Type         string
}

// Grant implements Action.
func (*ResetTemplate) Grant() access.Grant { return "template.manage" }

// Validate implements Action.
func (*ResetTemplate) Validate() error { return nil }

// Perform implements Action.
func (a *ResetTemplate) Perform(_ context.Context, w *Work) error {
	kind, known := notify.TypeNamed(a.Type)
	if !known {
		return fault.Missing("template")
	}
	row, found, err := ownTemplate(w, kind, a.AssessmentID)
	if err != nil || !found {
		return err
	}
	if err := w.Tx.Model(&row).Update("is_deleted", true).Error; err != nil {
		return fmt.Errorf("reset template: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "reset-template", SubjectType: "notification_template", SubjectID: row.ID,
		Detail: map[string]any{"type": kind.Name}})
}
