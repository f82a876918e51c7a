package models

import "time"

// NotificationStatus is the documented delivery status.
type NotificationStatus string

// The documented delivery states.
const (
	NotificationEnqueued  NotificationStatus = "enqueued"
	NotificationSent      NotificationStatus = "sent"
	NotificationDelivered NotificationStatus = "delivered"
	NotificationFailed    NotificationStatus = "failed"
	NotificationBounced   NotificationStatus = "bounced"
	NotificationRead      NotificationStatus = "read"
	NotificationArchived  NotificationStatus = "archived"
	NotificationScheduled NotificationStatus = "scheduled"
	NotificationDeleted   NotificationStatus = "deleted"
)

// NotificationCategory is the channel a template type is for.
type NotificationCategory int

// The documented channels.
const (
	EmailCategory NotificationCategory = 1
	SMSCategory   NotificationCategory = 2
)

// NotificationTemplateType is a kind of notification for which templates exist.
type NotificationTemplateType struct {
	Row
	Authored
	Label       string               `gorm:"not null" json:"label"`
	Description string               `gorm:"not null" json:"description"`
	CategoryID  NotificationCategory `gorm:"not null;default:1" json:"category_id"`
	Name        string               `gorm:"not null;uniqueIndex" json:"-"` // ours, as in "invitation"
}

// NotificationTemplate is the subject and body of one type of notification: everybody's default, an organization's own,
// or one assessment's.
type NotificationTemplate struct {
	Row
	Authored
	Deletable
	OrganizationID *int64  `gorm:"index" json:"organization_id"`
	AssessmentID   *int64  `gorm:"index" json:"assessment_id"`
	FromAddress    *string `json:"from_address"`
	TypeID         int64   `gorm:"not null;index" json:"type_id"`
	Subject        string  `gorm:"not null" json:"subject"`
	Content        string  `gorm:"not null" json:"content"` // HTML with tags such as {%candidate-name}
	CategoryID     *int64  `json:"category_id"`
}

// NotificationTemplateTag is a placeholder that may stand in templates of one type.
type NotificationTemplateTag struct {
	Row
	Authored
	Deletable
	Tag         string  `gorm:"not null;uniqueIndex:notification_template_tag" json:"tag"`
	Description *string `json:"description"`
	TypeID      int64   `gorm:"not null;uniqueIndex:notification_template_tag" json:"type_id"`
}

// Notification is one message to one person: the outbox row before it leaves and the log entry afterwards. It is
// written in the transaction of what caused it, so a crash neither loses nor doubles it.
type Notification struct {
	Row
	CreatedBy                    *int64             `json:"created_by"`
	OrganizationID               *int64             `gorm:"index" json:"organization_id"`
	ToAddress                    string             `gorm:"not null" json:"to_address"`
	CCAddress                    *string            `gorm:"column:cc_address" json:"cc_address"`
	BCCAddress                   *string            `gorm:"column:bcc_address" json:"bcc_address"`
	FromAddress                  string             `gorm:"not null;default:''" json:"from_address"`
	Subject                      string             `gorm:"not null" json:"subject"`
	Content                      string             `gorm:"not null" json:"content"` // HTML
	TypeID                       int64              `gorm:"not null;index" json:"type_id"`
	Status                       NotificationStatus `gorm:"not null;index" json:"status"`
	ScheduledAt                  *time.Time         `json:"scheduled_at"`
	SentAt                       *time.Time         `json:"sent_at"`
	ReadAt                       *time.Time         `json:"read_at"`
	SentBy                       *int64             `json:"sent_by"`
	AssessmentID                 *int64             `gorm:"index" json:"assessment_id"`
	CandidateID                  *int64             `gorm:"index" json:"candidate_id"`
	AssessmentCandidateID        *int64             `gorm:"index" json:"assessment_candidate_id"`
	AssessmentSectionCandidateID *int64             `json:"assessment_section_candidate_id"`
	// Calendar is the iCalendar object of the appointment that the message is about; it travels beside the text.
	Calendar  *string    `json:"-"`
	Attempts  int        `gorm:"not null;default:0" json:"-"`
	LastError *string    `json:"-"`
	MessageID string     `gorm:"not null;default:''" json:"-"`
	ClaimedAt *time.Time `json:"-"` // since when a server is handing it to the mail server
}

// IsWaiting tells whether the notification is still to be sent, for the first time or after a failure.
func (n Notification) IsWaiting() bool {
	switch n.Status {
	case NotificationEnqueued, NotificationScheduled, NotificationFailed:
		return true
	}
	return false
}

// IsRetryable tells whether a person may send the notification again: it failed, bounced, or there was no mail server.
func (n Notification) IsRetryable() bool {
	switch n.Status {
	case NotificationFailed, NotificationBounced, NotificationArchived:
		return true
	}
	return false
}
