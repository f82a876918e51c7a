package testkit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// Rows maps the beginning of a path pattern to the id of a row of Acme's that its last parameter means.
type Rows map[string]int64

// kindOfMessage stands for ":name", which is no row's.
const kindOfMessage = "invitation"

// Fill puts ids into a pattern, each by the longest beginning that is known.
func (rows Rows) Fill(t testing.TB, pattern string) string {
	t.Helper()
	parts, filled := strings.Split(pattern, "/"), strings.Split(pattern, "/")
	for i, part := range parts {
		if !strings.HasPrefix(part, ":") {
			continue
		}
		if part == ":name" {
			filled[i] = kindOfMessage
			continue
		}
		begin := strings.Join(parts[:i+1], "/")
		id, known := rows[begin]
		if !known {
			t.Errorf("there is no sample for %s: add one to World.Rows", begin)
		}
		filled[i] = fmt.Sprint(id)
	}
	return strings.Join(filled, "/")
}

// Rows makes one row of everything that has a page, for tests that walk through all of them.
func (w *World) Rows(t testing.TB) Rows {
	t.Helper()
	assessment, candidate, question := w.Assessment(t), w.Candidate(t, 0), w.Capital(t)
	participation := w.Invited(t, assessment, candidate)
	var section models.AssessmentSection
	check(t, w.DB.Read.Where("assessment_id = ?", assessment.ID).Order("id").First(&section).Error)
	var slot models.SectionSlot
	check(t, w.DB.Read.Where("section_id = ?", section.SectionID).First(&slot).Error)
	var message models.Notification
	check(t, w.DB.Read.Where("organization_id = ?", w.Acme.ID).First(&message).Error)
	var action models.ActionRecord
	check(t, w.DB.Read.Where("organization_id = ? AND name = 'invite'", w.Acme.ID).First(&action).Error)
	essay := w.EssayOf(t, w.Completed(t, participation, 50))
	w.Assign(t, essay, w.Ada, w.Paul)
	// Whoever still owes an evaluation is not given the results, so Ada has given hers.
	w.Record(t, w.As(t, w.Ada), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
		AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendHold}})
	share := actions.ShareReport{AssessmentCandidateID: participation.ID}
	w.Run(t, w.As(t, w.Rita), &share)
	var session models.Session
	w.SignIn(t, w.Ada)
	check(t, w.DB.Read.Where("user_id = ?", w.Ada.ID).First(&session).Error)
	rows := Rows{
		"/account/sessions/:id": session.ID, "/admin/users/:id": w.Rita.ID, "/admin/outbox/:id": message.ID,
		"/actions/:id": action.ID, "/questions/:id": question.ID, "/questions/imports/:id": w.upload(t, models.ImportQuestions),
		"/candidates/imports/:id": w.upload(t, models.ImportCandidates), "/candidates/:id": candidate.ID,
		"/candidates/:id/participations/:entry": participation.ID, "/candidates/:id/attempts/:entry": essay.ID, "/assessments/:id": assessment.ID,
		"/assessments/:id/sections/:section": section.ID, "/assessments/:id/sections/:section/slots/:slot": slot.ID,
		"/assessments/:id/pipeline/:participation": participation.ID, "/evaluations/:id": essay.ID,
		"/participations/:id": participation.ID, "/participations/:id/report/shares/:share": share.Share.ID,
	}
	view := actions.SaveView{ObjectType: "c", Name: "Selected", Query: "status=70"}
	w.Run(t, w.As(t, w.Ada), &view)
	rows["/views/:id"] = view.View.ID
	rows["/admin/organizations/:id"] = w.Acme.ID
	rows["/admin/organizations/:id/managers/:manager"] = w.AccountManager(t, w.Ada).ID
	w.settings(t, rows)
	w.programs(t, rows)
	w.webhooks(t, rows)
	w.entries(t, candidate, rows)
	return rows
}

// webhooks makes an endpoint, a delivery that waits and a callback that did not: nothing is sent before the world's tasks are
// performed.
func (w *World) webhooks(t testing.TB, rows Rows) {
	t.Helper()
	address := "https://webhooks.invalid/"
	made := actions.SaveWebhook{WebhookInput: actions.WebhookInput{URL: &address}}
	w.Run(t, w.As(t, w.Ada), &made)
	try := actions.TestWebhook{ID: made.ID}
	w.Run(t, w.As(t, w.Ada), &try)
	rows["/admin/webhooks/:id"], rows["/admin/webhooks/:id/deliveries/:delivery"] = made.ID, try.Delivery.ID
	callback := models.WebhookDelivery{Owned: w.acmes(), URL: address, EventType: "action.completed", MessageID: "msg_1",
		Payload: []byte("{}"), Status: models.DeliveryFailed, Attempts: []models.WebhookAttempt{}}
	w.make(t, &callback)
	rows["/admin/callbacks/:delivery"] = callback.ID
}

func (w *World) settings(t testing.TB, rows Rows) {
	t.Helper()
	field := actions.SaveCustomField{Type: models.CandidateField, Label: "Notice", Key: "notice", DataType: "text"}
	category := actions.SaveCategory{Type: models.QuestionCategory, Name: "Ports"}
	reason := actions.SaveStatusReason{StatusID: models.Rejected.ID(), Label: "No permit"}
	for _, a := range []actions.Action{&field, &category, &reason} {
		w.Run(t, w.As(t, w.Ada), a)
	}
	form, list := w.PreForm(t, models.AssessmentCandidateForm), w.PlacesList(t)
	var option models.SelectFieldData
	check(t, w.DB.Read.Where("select_field_type_id = ?", list.ID).Order("id DESC").First(&option).Error)
	rows["/admin/forms/:id"], rows["/admin/lists/:id"], rows["/admin/list-options/:id"] = form.ID, list.ID, option.ID
	rows["/admin/fields/:id"], rows["/admin/categories/:id"] = field.Field.ID, category.Category.ID
	rows["/admin/reasons/:id"] = reason.Reason.ID
}

// programs makes one of each thing a program proves itself with.
func (w *World) programs(t testing.TB, rows Rows) {
	t.Helper()
	account := actions.CreateServiceAccount{Name: "Night run"}
	w.Run(t, w.As(t, w.Ada), &account)
	w.Program(t, w.Ada)
	var token models.AccessToken
	check(t, w.DB.Read.Where("user_id = ?", w.Ada.ID).First(&token).Error)
	rows["/admin/api/clients/:id"], rows["/admin/api/accounts/:id"] = w.APIClient(t, w.Ada).Client.ID, account.Account.ID
	rows["/account/tokens/:id"] = token.ID
}

// entries gives a candidate one entry of each kind.
func (w *World) entries(t testing.TB, c models.Candidate, rows Rows) {
	t.Helper()
	own := models.Owned{OrganizationID: w.Acme.ID}
	education := models.CandidateEducation{Owned: own, CandidateID: c.ID, School: "Harbour School"}
	experience := models.CandidateExperience{Owned: own, CandidateID: c.ID, Employer: "Ferry", Title: "Mate"}
	check(t, w.DB.Write.Create(&education).Error)
	check(t, w.DB.Write.Create(&experience).Error)
	rows["/candidates/:id/education/:entry"], rows["/candidates/:id/experience/:entry"] = education.ID, experience.ID
	rows["/candidates/:id/files/:entry"] = education.ID
}

func (w *World) upload(t testing.TB, kind models.ImportKind) int64 {
	t.Helper()
	own := models.Owned{OrganizationID: w.Acme.ID}
	stored, err := w.Runner.Files.Put(t.Context(), "rows.csv", strings.NewReader("email\nnew@example.org\n"), 1<<20)
	check(t, err)
	file := models.File{Owned: own, Name: "rows.csv", FileTypeID: 50, Key: stored.Key, MediaType: stored.MediaType, SHA256: stored.SHA256}
	check(t, w.DB.Write.Create(&file).Error)
	row := models.Import{Owned: own, Kind: kind, Status: models.ImportCommitted, FileID: file.ID, FileName: "rows.csv", Format: "csv",
		Problems: datatypes.JSON("[]")}
	check(t, w.DB.Write.Create(&row).Error)
	return row.ID
}
