package notify

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Notice is one message to one person, before it is worded.
type Notice struct {
	Type string // a name of Types
	To   string
	// Phone is where a text message goes beside the mail, where the organization wants that and the type has one.
	Phone          *string
	OrganizationID int64
	Tags           Tags
	// Subject and Content replace the template where a person worded this message; both may hold tags.
	Subject, Content string
	At               time.Time // not before; zero for at once
	By               *int64
	Calendar         string // the iCalendar object of an appointment; "" for none

	AssessmentID, CandidateID, AssessmentCandidateID *int64
}

// Wording is what messages of one type say: the assessment's template, the organization's, or the default.
type Wording struct {
	kind                   Type
	subject, content, from string
}

// WordingOf finds the wording of a type that applies in an organization and, unless nil, one of its assessments.
func WordingOf(tx *gorm.DB, name string, organizationID int64, assessmentID *int64) (Wording, error) {
	kind, known := TypeNamed(name)
	if !known {
		return Wording{}, fmt.Errorf("compose: no notification type %q", name)
	}
	words := Wording{kind: kind, subject: kind.Subject, content: kind.Content}
	template, found, err := Template(tx, kind.ID, organizationID, assessmentID)
	if err != nil {
		return words, fmt.Errorf("find the template of %s: %w", name, err)
	}
	if found {
		words.subject, words.content = template.Subject, template.Content
		if template.FromAddress != nil {
			words.from = *template.FromAddress
		}
	}
	if words.from == "" {
		if words.from, err = organizationSender(tx, organizationID); err != nil {
			return words, fmt.Errorf("find the sender of %s: %w", name, err)
		}
	}
	return words, nil
}

// Compose words a notice and returns the outbox row to be written: status scheduled when it has a later time, else
// enqueued. What a person worded for this message goes before the template.
func (words Wording) Compose(n Notice, now time.Time) models.Notification {
	row := models.Notification{
		CreatedBy: n.By, OrganizationID: &n.OrganizationID, ToAddress: n.To, FromAddress: words.from,
		Subject: Subject(cmp.Or(n.Subject, words.subject), n.Tags), Content: Content(cmp.Or(n.Content, words.content), n.Tags),
		TypeID: words.kind.ID, Status: models.NotificationEnqueued, AssessmentID: n.AssessmentID, CandidateID: n.CandidateID,
		AssessmentCandidateID: n.AssessmentCandidateID,
	}
	if n.Calendar != "" {
		row.Calendar = &n.Calendar
	}
	if n.At.After(now) {
		row.Status, row.ScheduledAt = models.NotificationScheduled, &n.At
	}
	return row
}

func organizationSender(tx *gorm.DB, id int64) (string, error) {
	var senders []string
	err := tx.Model(&models.Organization{}).Where("id = ? AND from_address IS NOT NULL", id).Pluck("from_address", &senders).Error
	if err != nil || len(senders) == 0 {
		return "", err
	}
	return senders[0], nil
}

// Template returns the template that an organization, or one of its assessments, keeps for a type.
func Template(tx *gorm.DB, typeID, organizationID int64, assessmentID *int64) (models.NotificationTemplate, bool, error) {
	query := tx.Where("type_id = ? AND organization_id = ? AND NOT is_deleted", typeID, organizationID)
	if assessmentID != nil {
		query = query.Where("assessment_id = ? OR assessment_id IS NULL", *assessmentID)
	} else {
		query = query.Where("assessment_id IS NULL")
	}
	var templates []models.NotificationTemplate
	err := query.Order("assessment_id IS NULL, id DESC").Limit(1).Find(&templates).Error
	if err != nil || len(templates) == 0 {
		return models.NotificationTemplate{}, false, err
	}
	return templates[0], true, nil
}

// OwnTemplate returns the template that an organization, or with an id that one assessment, keeps itself for a type.
func OwnTemplate(tx *gorm.DB, typeID, organizationID int64, assessmentID *int64) (models.NotificationTemplate, bool, error) {
	template, found, err := Template(tx, typeID, organizationID, assessmentID)
	if assessmentID != nil && template.AssessmentID == nil {
		return models.NotificationTemplate{}, false, err
	}
	return template, found, err
}

// Sync writes the types and their tags into the database, where lists and templates refer to them.
func Sync(ctx context.Context, db *gorm.DB) error {
	return db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		for _, t := range Types {
			row := models.NotificationTemplateType{Row: models.Row{ID: t.ID}, Label: t.Label, Description: t.Description,
				CategoryID: t.Channel, Name: t.Name}
			err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}},
				DoUpdates: clause.AssignmentColumns([]string{"label", "description", "name", "category_id"})}).Create(&row).Error
			if err != nil {
				return fmt.Errorf("write notification type %s: %w", t.Name, err)
			}
			if err := syncTags(tx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// syncTags writes the tags of a type with what they mean, and marks as deleted those the type no longer knows.
func syncTags(tx *gorm.DB, t Type) error {
	known := make([]string, 0, len(t.Tags))
	for _, name := range t.Tags {
		meaning := TagMeaning(name)
		row := models.NotificationTemplateTag{Tag: "{%" + name + "}", Description: &meaning, TypeID: t.ID}
		err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "type_id"}, {Name: "tag"}},
			DoUpdates: clause.AssignmentColumns([]string{"description", "is_deleted"})}).Create(&row).Error
		if err != nil {
			return fmt.Errorf("write tag %s: %w", row.Tag, err)
		}
		known = append(known, row.Tag)
	}
	err := tx.Model(&models.NotificationTemplateTag{}).Where("type_id = ? AND tag NOT IN ? AND NOT is_deleted", t.ID, known).
		Update("is_deleted", true).Error
	if err != nil {
		return fmt.Errorf("mark old tags of %s: %w", t.Name, err)
	}
	return nil
}
