package admin

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Permissions is what was granted and refused beyond the roles.
type Permissions struct {
	layout.Page
	Grants []models.PermissionGrant
	Users  []models.User // who has some of them
}

func (p Permissions) ofEveryone() []models.PermissionGrant {
	return p.matching(func(g models.PermissionGrant) bool { return g.UserID == nil })
}

func (p Permissions) of(u models.User) []models.PermissionGrant {
	return p.matching(func(g models.PermissionGrant) bool { return g.UserID != nil && *g.UserID == u.ID })
}

func (p Permissions) matching(is func(models.PermissionGrant) bool) []models.PermissionGrant {
	var found []models.PermissionGrant
	for _, g := range p.Grants {
		if is(g) {
			found = append(found, g)
		}
	}
	return found
}

// permissionWords says what each item of the matrix lets somebody do.
var permissionWords = map[access.Grant]string{
	"question.view": "See the question bank", "question.create": "Write questions", "question.update": "Change questions",
	"question.delete": "Delete questions", "question.import": "Import questions", "question.export": "Export questions",
	"assessment.view": "See assessments", "assessment.create": "Create assessments", "assessment.update": "Change assessments",
	"assessment.open": "Open and close assessments", "assessment.delete": "Delete assessments",
	"candidate.view": "See candidates", "candidate.create": "Add candidates", "candidate.update": "Change candidates",
	"candidate.delete": "Delete candidates", "candidate.import": "Import candidates", "candidate.export": "Export candidates",
	"file.view": "See own uploads, and files of what may be seen", "file.upload": "Upload files",
	"pipeline.view": "See pipelines", "participation.invite": "Invite candidates", "participation.remind": "Remind candidates",
	"participation.extend": "Give candidates more time", "participation.decide": "Decide on candidates",
	"attempt.end": "Close a running section", "attempt.rescore": "Score attempts again", "panel.assign": "Assign panelists", "evaluation.give": "Evaluate",
	"evaluation.view": "See evaluations", "parameter.manage": "Define rating parameters", "report.view": "See reports",
	"report.share": "Share reports by link", "report.export": "Export reports", "user.view": "See users",
	"user.manage": "Manage users and roles", "organization.view": "See the organization's settings",
	"organization.update": "Change the organization's settings", "permission.grant": "Grant and refuse permissions",
	"field.manage": "Define custom fields", "category.manage": "Manage categories and reasons",
	"template.manage": "Word messages", "outbox.view": "See messages", "outbox.resend": "Send messages again",
	"audit.view":     "Read the audit log",
	"catalogue.view": "Read what can be chosen: settings, kinds of files", "attempt.view": "See attempts and answers",
	"evaluation.read": "Read evaluations", "parameter.view": "See rating parameters", "form.view": "See forms",
	"form.manage": "Build forms", "live.view": "See live interviews", "live.schedule": "Schedule live interviews",
	"event.view": "See events", "event.manage": "Plan events", "event.invite": "Invite to events", "calendar.view": "See people's calendars",
	"menu-card.manage": "Manage menu cards", "external-assessment.manage": "Manage outside assessments",
	"organization.create": "Found other organizations", "webhook.view": "See webhooks", "webhook.manage": "Manage webhooks",
}

func permissionWord(g access.Grant) string {
	if word, known := permissionWords[g]; known {
		return word
	}
	return string(g)
}

func permissionCount(n int) string {
	if n == 1 {
		return "1 permission"
	}
	return fmt.Sprintf("%d permissions", n)
}

// permissionOptions are the items that can be granted or refused, grouped by what they are about.
func permissionOptions() []ui.Option {
	var options []ui.Option
	for _, line := range access.Matrix {
		if !access.Grantable(line.Grant) {
			continue
		}
		subject, _, _ := strings.Cut(string(line.Grant), ".")
		options = append(options, ui.Option{Value: string(line.Grant), Label: permissionWord(line.Grant),
			Group: strings.ToUpper(subject[:1]) + subject[1:]})
	}
	return options
}

// allowed are the items a role has by itself.
func allowed(role models.Role) []string {
	var words []string
	for _, line := range access.Matrix {
		if access.Grantable(line.Grant) && access.Can(access.Actor{Kind: access.User, Role: role}, line.Grant) {
			words = append(words, permissionWord(line.Grant))
		}
	}
	return words
}
