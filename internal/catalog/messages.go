package catalog

import (
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// messages are what was mailed, and the wordings of it.
func messages(Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "admin.notification-log", Path: "/admin/notification-log", Model: models.Notification{}, Rows: ofEnterable("notifications"),
			About: "A message to a candidate or a user. A list that nothing is asked of shows the last hour.",
			Verbs: "list view", Grants: by("outbox.view", "outbox.resend"), Sorts: "sent_at scheduled_at", Unasked: lastHour,
			Filters: "type_id status organization_id assessment_id candidate_id assessment_section_candidate_id assessment_candidate_id",
			Part:    "to_address subject",
			Where: map[string]resource.Filter{
				"from":  {Kind: resource.Day, By: sentFrom},
				"to":    {Kind: resource.Day, By: sentUntil},
				"label": {Kind: resource.Text, SQL: "notifications.type_id IN (SELECT id FROM notification_template_types WHERE label IN ?)"},
				"s":     {Kind: resource.Text, By: messagesSaying},
			},
			Also: alsoType, Fields: messageFields, Links: messageLinks, Expands: messageRelations,
		},
		resource.Declaration{
			Name: "models.notification-log", Path: "/models/notification-log", Model: models.Notification{},
			About: "A message that was mailed to a candidate or a user, or waits to be.",
			Verbs: "list", Grants: by("outbox.view", "outbox.resend"), Sorts: "sent_at scheduled_at",
			Filters: "assessment_id status sent_at read_at", Part: "to_address cc_address bcc_address subject",
			Hide: "organization_id", Also: alsoType, Fields: messageFields, Links: messageLinks, Expands: messageRelations,
		},
		template("admin.notification-template", ofOrganization+"/notification-template"),
		template("models.notification-template", "/models/notification-template"),
		templateType("admin.notification-template-type", "/admin/notification-template-type", "list view"),
		templateType("models.notification-template-type", "/models/notification-template-type", "list"),
		templateTag("admin.notification-template-tag", "/admin/notification-template-tag"),
		templateTag("models.notification-template-tag", "/models/notification-template-tag"),
	)
}

var (
	alsoType         = map[string]string{"notification_template_type_id": "type_id"}
	messageFields    = map[string]resource.Field{"content": resource.From(resource.Text, contentOfMessage)}
	messageRelations = map[string]resource.Relation{
		"notificationTemplateType": {To: "models.notification-template-type", By: "type_id"}, "assessment": {To: "assessment", By: "assessment_id"},
		"candidate": {To: "candidate", By: "candidate_id"}, "assessmentCandidate": {To: "assessment-candidate", By: "assessment_candidate_id"},
		"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
		"organization":               {To: "admin.organization", By: "organization_id"},
	}
	messageLinks = map[string]string{"assessment": "/models/assessment/{assessment_id}"}
)

// contentOfMessage is what a message says, unless it would let the reader in as somebody else.
func contentOfMessage(n models.Notification, ask resource.Ask) any {
	if kind, _ := notify.TypeOf(n.TypeID); kind.IsWithheld(ask.Actor) {
		return ""
	}
	return n.Content
}

// messageTime is when a message left, or came into the outbox while it is there.
const messageTime = "COALESCE(notifications.sent_at, notifications.created_at)"

func lastHour(ask resource.Ask, db *gorm.DB) *gorm.DB {
	return db.Where(messageTime+" >= ?", ask.Now.Add(-time.Hour))
}

func sentFrom(_ resource.Ask, db *gorm.DB, times []any) *gorm.DB {
	return db.Where(messageTime+" >= ?", times[0])
}

// sentUntil takes a date with all of its day.
func sentUntil(_ resource.Ask, db *gorm.DB, times []any) *gorm.DB {
	last := times[0].(time.Time)
	if last.Equal(last.Truncate(24 * time.Hour)) {
		last = last.Add(24 * time.Hour)
	} else {
		last = last.Add(time.Second)
	}
	return db.Where(messageTime+" < ?", last)
}

// messagesSaying looks through addresses and words. Words that contentOfMessage withholds are not found either.
func messagesSaying(ask resource.Ask, db *gorm.DB, terms []any) *gorm.DB {
	folded, withheld := database.Dialect(db.Name()).Folded, notify.WithheldTypes(ask.Actor)
	for _, term := range terms {
		pattern := "%" + textfold.Like(textfold.Fold(term.(string))) + "%"
		like := ` LIKE ? ESCAPE '\'`
		var conditions []string
		var values []any
		for _, column := range []string{"to_address", "from_address", "subject"} {
			conditions, values = append(conditions, folded("notifications."+column)+like), append(values, pattern)
		}
		content := folded("notifications.content") + like
		values = append(values, pattern)
		if len(withheld) > 0 {
			content = "(" + content + " AND notifications.type_id NOT IN ?)"
			values = append(values, withheld)
		}
		db = db.Where("("+strings.Join(append(conditions, content), " OR ")+")", values...)
	}
	return db
}

func template(name, path string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.NotificationTemplate{}, Rows: ownAndShared("notification_templates"),
		About: "The wording of one type of message: an organization's, one assessment's, or everybody's. The newest applies.",
		Verbs: "list view create update delete", Grants: by("template.manage", "template.manage"),
		Filters: "type_id assessment_id", Part: "subject content from_address", Sorts: "type_id",
		Create: "type_id! subject! content! from_address assessment_id category_id", Update: "subject content from_address assessment_id category_id",
		Before: actions.SettleTemplate,
		Expands: map[string]resource.Relation{
			"type": {To: "models.notification-template-type", By: "type_id"}, "assessment": {To: "assessment", By: "assessment_id"},
		},
		Links: map[string]string{"tags": "/models/notification-template-tag?type_id={type_id}"},
	}
}

func templateType(name, path, verbs string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.NotificationTemplateType{}, Rows: resource.Every,
		About: "An occasion for which Assay writes a message.",
		Verbs: verbs, Grants: by("template.manage", "template.manage"),
		Part: "label description", Search: "label description", Sorts: "label",
		Where: map[string]resource.Filter{
			"type_id":  {Kind: resource.Integer, SQL: "notification_template_types.id IN ?"},
			"category": {Kind: resource.Integer, SQL: "notification_template_types.category_id IN ?"},
		},
		Also: map[string]string{"type_id": "id"}, Hide: "category_id",
	}
}

func templateTag(name, path string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.NotificationTemplateTag{}, Rows: resource.Every,
		About: "A placeholder that may stand in wordings of one type, written {%name}.",
		Verbs: "list", Grants: by("template.manage", "template.manage"),
		Filters: "type_id", Part: "tag description", Search: "tag description", Sorts: "tag type_id",
		Expands: map[string]resource.Relation{"type": {To: "models.notification-template-type", By: "type_id"}},
	}
}
