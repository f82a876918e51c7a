package admin

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// AuditFilter is what the log is narrowed to, as its address says it.
type AuditFilter struct {
	Who       string `query:"who"`
	Verb      string `query:"verb"`
	Subject   string `query:"subject"`
	SubjectID string `query:"subject_id"`
	From      string `query:"from"` // days in the viewer's zone
	To        string `query:"to"`
	Before    int64  `query:"before"` // the last entry of the page before
}

// Audit is the audit log.
type Audit struct {
	layout.Page
	Filter  AuditFilter
	Entries []models.AuditEntry
	Head    models.AuditHead
	NextID  int64
	Zone    *time.Location
}

// Verification is the state of the chain as just found.
type Verification struct {
	Entries   int64
	Head      string
	At        time.Time
	Zone      *time.Location
	Broken    string // why; empty when the chain is whole
	BrokenSeq int64
}

func (f AuditFilter) query() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"who": f.Who, "verb": f.Verb, "subject": f.Subject, "subject_id": f.SubjectID, "from": f.From, "to": f.To} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values
}

func (p Audit) next() string {
	if p.NextID == 0 {
		return ""
	}
	values := p.Filter.query()
	values.Set("before", fmt.Sprint(p.NextID))
	return "/admin/audit?" + values.Encode()
}

func (p Audit) first() string {
	if p.Filter.Before == 0 {
		return ""
	}
	return "/admin/audit?" + p.Filter.query().Encode()
}

// deeds says in the past tense what a verb of the ledger did; those that are missing are read as they are.
var deeds = map[string]string{
	"sign-in": "signed in", "sign-out": "signed out", "refuse-second-factor": "gave a wrong second factor", "refuse-code": "refused a wrong code for",
	"change-password": "changed the password", "reset-password": "reset the password", "request-password-reset": "had a password link mailed to",
	"request-email-change": "asked for another address of", "withdraw-email-change": "kept the address of", "change-email": "confirmed the new address of",
	"add-account-manager": "added an account manager of", "end-account-manager": "ended the link of an account manager of",
	"accept-invitation": "accepted the invitation", "create-user": "added", "resend-invitation": "invited again",
	"suspend-user": "suspended", "activate-user": "let in again", "delete-user": "deleted", "change-roles": "changed the roles of",
	"switch-role": "switched role", "set-permission": "set a permission of", "switch-on-second-factor": "switched the second factor on",
	"switch-off-second-factor": "switched off the second factor of", "renew-recovery-codes": "made new recovery codes",
	"revoke-session": "signed out a device", "revoke-sessions": "signed out the devices of", "update-profile": "changed the profile",
	"set-picture": "set a picture", "remove-picture": "removed the picture", "create-organization": "founded",
	"update-organization": "changed the details of", "set-switch": "set a switch of", "save-field": "saved", "delete-field": "deleted",
	"restore-field": "brought back", "save-category": "saved", "delete-category": "deleted", "restore-category": "brought back",
	"save-status-reason": "saved", "delete-status-reason": "deleted", "create-question": "wrote", "create-assessment": "created",
	"create-candidate": "added", "invite": "invited to", "change-status": "moved", "evaluate": "evaluated",
	"set-user-password": "set the password of", "add-candidate-file": "added a file to", "add-draw": "added a draw to",
	"add-panel": "assigned panelists to", "add-section": "added a section to", "attach-image": "attached a picture to",
	"close-attempt": "finished", "consent": "agreed to the terms of", "correct-key": "corrected the key of",
	"credit-outage": "was credited lost time on", "delete-assessment": "deleted", "restore-assessment": "brought back",
	"delete-candidate": "deleted", "restore-candidate": "brought back", "delete-questions": "deleted", "restore-questions": "brought back",
	"delete-section-template": "deleted the template", "delete-view": "deleted the view", "restore-view": "brought back the view", "duplicate-assessment": "copied",
	"duplicate-question": "copied", "export-questions": "exported questions of", "export-assessments": "exported the assessments of",
	"export-candidates": "exported the candidates of", "export-users": "exported the people of", "export-results": "exported the results of",
	"export-report": "took out the report on", "mail-invitation": "mailed the invitation of", "refuse-sign-in": "refused a wrong password for", "extend-attempt": "gave more time for",
	"extend-date": "moved the last day of", "fail-import": "could not bring in", "fill-form": "filled in", "import-candidates": "brought in",
	"import-questions": "brought in", "map-import": "matched the columns of", "move-section": "moved a section of", "move-slot": "moved a question of",
	"open-share": "opened a shared report of", "pick-questions": "chose questions for", "re-invite": "invited again to",
	"remind-candidate": "reminded", "remind-panel": "reminded the panel of", "remove-candidate-file": "took a file from",
	"remove-section": "took a section from", "remove-slot": "took a question from", "rescore": "scored again", "resend-notification": "sent again",
	"reset-template": "put back the wording of", "revoke-share": "ended a shared link to", "save-answer": "saved", "save-education": "saved the education of",
	"save-evaluation-draft": "drafted", "save-experience": "saved the experience of", "save-section-template": "saved as a template",
	"save-template": "worded", "save-view": "saved the view", "set-assessment-status": "opened or closed", "set-evaluation": "set the evaluation of",
	"share-report": "shared a report of", "start": "began", "start-import": "began to bring in", "tag-questions": "tagged", "undo-status": "took back the decision on",
	"update-assessment": "changed", "update-candidate": "changed", "update-draw": "changed a draw of", "update-question": "changed",
	"add-answer-file": "attached a file to", "add-answer-recording": "attached a recording to", "create-webhook": "set up", "update-webhook": "changed",
	"delete-webhook": "deleted", "disable-webhook": "switched off", "test-webhook": "tried", "rotate-webhook-secret": "gave a new secret to",
	"rotate-callback-secret": "made a new secret for the callbacks of", "replay-delivery": "sent again a delivery of", "replay-failed": "sent again what failed of",
	"register": "registered", "upload-file": "uploaded", "withdraw-form": "took back", "add-service-key": "gave a key to", "remove-service-key": "took a key from", "grant-item": "granted", "revoke-item": "took back",
	"live-cancel": "called off", "live-end": "saw the end of", "update-event": "changed", "live-change-panel": "changed the panel of", "live-reminder": "reminded of", "live-reschedule": "moved",
	"live-schedule": "scheduled", "simulation-cancel": "called off the simulation:", "simulation-reminder": "reminded of the simulation:",
	"simulation-reschedule": "moved the simulation:", "simulation-schedule": "scheduled the simulation:", "update-user": "changed",
	"add-list-options": "added options to", "create-api-client": "let in the program", "revoke-api-client": "shut out the program",
	"create-row": "made through the API:", "update-row": "changed through the API:", "delete-row": "deleted through the API:",
	"create-service-account": "made", "revoke-service-account": "shut out", "delete-evaluation": "deleted", "revise-evaluation": "revised",
	"delete-form": "deleted", "restore-form": "brought back", "duplicate-form": "copied", "save-form": "saved",
	"delete-list": "deleted", "restore-list": "brought back", "save-list": "saved", "delete-list-option": "deleted",
	"restore-list-option": "brought back", "save-list-option": "renamed", "move-list-option": "moved", "save-settings": "chose settings of",
	"delete-participation": "deleted", "detect-token-reuse": "saw an old token used again of", "end-attempt": "ended",
	"event-candidate-invite": "invited candidates to", "event-candidate-notify": "wrote to the candidates of", "event-panel-notify": "wrote to the panel of",
	"issue-token": "was given a token for", "refuse-token": "was refused a token for", "revoke-token": "gave back a token of",
	"remove-education": "took education from", "remove-experience": "took experience from", "section-workflow": "set what follows",
	"update-attempt": "changed", "import-candidates-committed": "brought in the candidates of", "import-candidates-failed": "could not bring in the candidates of",
	"update-section": "changed", "upload-import": "uploaded", "upload-questions": "uploaded", "verify": "proved to be invited to",
}

// subjects names what entries are about.
var subjects = map[string]string{
	"user": "user", "organization": "organization", "question": "question", "assessment": "assessment", "candidate": "candidate",
	"assessment_candidate": "participation", "assessment_section_candidate": "attempt", "assessment_section": "section",
	"custom_field": "custom field", "category": "category", "status_reason": "status reason", "notification": "message",
	"evaluation": "evaluation", "panel": "panel", "import": "import", "answer": "answer", "file": "file", "form_instance": "form",
	"form": "form", "select_field_type": "drop-down list", "select_field_data": "option", "api_client": "program",
	"service_account": "service account", "permission_grant": "permission", "webhook_endpoint": "webhook", "webhook_delivery": "delivery", "event": "event", "live_session": "live session",
	"notification_template": "message template", "saved_filter": "view", "section": "section template",
}

func deed(verb string) string {
	if words, known := deeds[verb]; known {
		return words
	}
	return strings.ReplaceAll(verb, "-", " ") + ":"
}

func subject(kind string) string {
	if words, known := subjects[kind]; known {
		return words
	}
	return strings.ReplaceAll(kind, "_", " ")
}

// isSelf tells whether an entry is about who acted, so that naming the subject would only repeat it.
func isSelf(e models.AuditEntry) bool {
	return e.SubjectType == e.ActorKind && e.SubjectID == e.ActorID
}

// about names the subject of an entry.
func about(e models.AuditEntry) string {
	if e.SubjectType == "" || isSelf(e) {
		return ""
	}
	if e.SubjectID == 0 {
		return subject(e.SubjectType)
	}
	return fmt.Sprintf("%s %d", subject(e.SubjectType), e.SubjectID)
}

func did(e models.AuditEntry) string {
	words := deed(e.Verb)
	if about(e) == "" {
		for _, joint := range []string{" of", " on", " to", ":"} {
			words = strings.TrimSuffix(words, joint)
		}
	}
	return words
}

// subjectHref leads to the page of an entry's subject, "" where there is none.
func subjectHref(e models.AuditEntry) string {
	path, known := map[string]string{"user": "/admin/users/%d", "candidate": "/candidates/%d", "question": "/questions/%d",
		"assessment": "/assessments/%d/pipeline"}[e.SubjectType]
	if !known || e.SubjectID == 0 {
		return ""
	}
	return fmt.Sprintf(path, e.SubjectID)
}

// facts are the details of an entry, by name.
func facts(e models.AuditEntry) []ui.Entry {
	var found []ui.Entry
	for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
		found = append(found, ui.Entry{Term: strings.ReplaceAll(name, "_", " "), Text: factText(e.Detail[name])})
	}
	return found
}

func factText(value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case []any:
		parts := make([]string, len(v))
		for i, part := range v {
			parts[i] = factText(part)
		}
		return strings.Join(parts, ", ")
	case nil:
		return "none"
	}
	return fmt.Sprint(value)
}

func verbOptions() []ui.Option {
	var options []ui.Option
	for _, verb := range slices.Sorted(maps.Keys(deeds)) {
		options = append(options, ui.Option{Value: verb, Label: strings.ReplaceAll(verb, "-", " ")})
	}
	return options
}

func subjectOptions() []ui.Option {
	var options []ui.Option
	for _, kind := range slices.Sorted(maps.Keys(subjects)) {
		options = append(options, ui.Option{Value: kind, Label: subjects[kind]})
	}
	return options
}

func short(hash string) string { return hash[:min(12, len(hash))] }
