package v4_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

const asJSONBody = "application/json"

func of(id int64) string { return v4 + "/admin/organization/" + key(id) }

func list(t *testing.T, reply testkit.Reply) []map[string]any {
	t.Helper()
	var rows []map[string]any
	reply.Want(http.StatusOK).Into(&rows)
	return rows
}

func idOf(o map[string]any) int64 { return int64(o["id"].(float64)) }

func TestAnAccountManagerEntersAnOrganizationAndNobodyElse(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita := w.Program(t, w.Ada), w.Program(t, w.Rita)
		ada.Get(t, of(w.Umbra.ID)+"/category").Want(http.StatusNotFound)
		made := object(t, ada.Send(t, "POST", v4+"/admin/organization", asJSONBody, `{"name":"Branch","isCode":false,"is_deleted":true,"created_by":99}`).Want(http.StatusCreated))
		branch := idOf(made)
		if made["isCode"] != false || made["isLive"] != true || made["created_by"] != float64(w.Ada.ID) || made["is_deleted"] != false {
			t.Errorf("the branch: %v", made)
		}
		managers := list(t, ada.Get(t, of(branch)+"/amo"))
		if len(managers) != 1 || managers[0]["user_id"] != float64(w.Ada.ID) || managers[0]["role"] != "Account Manager" || managers[0]["added_at"] == nil {
			t.Fatalf("managers: %v", managers)
		}
		ada.Send(t, "DELETE", of(branch)+"/amo/"+key(idOf(managers[0])), "", "").Want(http.StatusForbidden)
		rita.Get(t, of(branch)+"/category").Want(http.StatusNotFound)
		label := object(t, ada.Send(t, "POST", of(branch)+"/category", asJSONBody, `{"name":"Theirs"}`).Want(http.StatusCreated))
		if label["organization_id"] != float64(branch) || label["type"] != 1.0 {
			t.Errorf("the label: %v", label)
		}
		ada.Get(t, of(w.Acme.ID)+"/category/"+key(idOf(label))).Want(http.StatusNotFound)
		if said := problems(t, ada.Send(t, "POST", of(branch)+"/amo", asJSONBody, `{"user_id":`+key(w.Otto.ID)+`}`)); said["user_id"] == "" {
			t.Errorf("a user of another firm: %v", said)
		}
		link := object(t, ada.Send(t, "POST", of(branch)+"/amo", asJSONBody, `{"user_id":`+key(w.Rita.ID)+`}`).Want(http.StatusCreated))
		if got := list(t, rita.Get(t, of(branch)+"/category")); len(got) != 1 {
			t.Errorf("Rita sees %v", got)
		}
		rita.Get(t, of(branch)+"/user/"+key(w.Paul.ID)+"/permission").Want(http.StatusNotFound)
		rita.Send(t, "POST", of(branch)+"/category", asJSONBody, `{"name":"Rita's"}`).Want(http.StatusCreated)
		rita.Send(t, "POST", of(w.Acme.ID)+"/category", asJSONBody, `{"name":"Rita's"}`).Want(http.StatusForbidden) // at home she only recruits
		ada.Send(t, "DELETE", of(branch)+"/amo/"+key(idOf(link)), "", "").Want(http.StatusNoContent)
		rita.Get(t, of(branch)+"/category").Want(http.StatusNotFound)
		if ended := list(t, ada.Get(t, of(branch)+"/amo?is_deleted=true")); len(ended) != 1 || ended[0]["deleted_by"] != float64(w.Ada.ID) || ended[0]["deleted_at"] == nil {
			t.Errorf("ended: %v", ended)
		}
		ada.Send(t, "DELETE", of(w.Acme.ID), "", "").Want(http.StatusConflict)
		ada.Send(t, "DELETE", of(branch), "", "").Want(http.StatusNoContent)
		ada.Get(t, of(branch)+"/category").Want(http.StatusNotFound)
		rita.Get(t, v4+"/user/organization/"+key(w.Acme.ID)).Want(http.StatusOK).Says(`"Acme"`)
		rita.Get(t, v4+"/user/organization/"+key(w.Umbra.ID)).Want(http.StatusForbidden)
	})
}

func TestGrantsOfItems(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, paul := w.Program(t, w.Ada), w.Program(t, w.Paul)
		rbac := of(w.Acme.ID) + "/rbac"
		paulsPath := of(w.Acme.ID) + "/user/" + key(w.Paul.ID) + "/permission"
		can := func(g access.Grant) bool { return access.Can(w.As(t, w.Paul), g) }

		own := object(t, ada.Send(t, "POST", paulsPath, asJSONBody, `{"item_name":"candidate.view"}`).Want(http.StatusCreated))
		if _, isNumber := own["created_at"].(float64); !isNumber || own["type"] != 2.0 || !can("candidate.view") {
			t.Errorf("own: %v", own)
		}
		if said := problems(t, ada.Send(t, "POST", paulsPath, asJSONBody, `{"item_name":"event.unheard"}`)); said["item_name"] == "" {
			t.Errorf("an unknown permission: %v", said)
		}
		everybodys := object(t, ada.Send(t, "POST", rbac, asJSONBody, `{"type":2,"item_name":"event.create"}`).Want(http.StatusCreated))
		if everybodys["user_id"] != nil || everybodys["organization_id"] != float64(w.Acme.ID) {
			t.Errorf("everybody's: %v", everybodys)
		}
		var items []string
		ada.Get(t, v4+"/admin/permission").Want(http.StatusOK).Into(&items)
		if !slices.Contains(items, "event.create") || !slices.Contains(items, "audit.view") || slices.Contains(items, "organization.found") {
			t.Errorf("items: %v", items)
		}
		if mine := list(t, paul.Get(t, v4+"/user/me/permission?type=2")); len(mine) != 2 {
			t.Errorf("Paul has %v", mine)
		}
		if listed := list(t, ada.Get(t, paulsPath)); len(listed) != 2 {
			t.Errorf("listed: %v", listed)
		}
		ada.Send(t, "DELETE", paulsPath+"/"+key(idOf(everybodys)), "", "").Want(http.StatusConflict)
		for body, field := range map[string]string{
			`{"type":2,"item_name":"organization.found"}`: "item_name", `{"type":1,"item_name":"audit.view"}`: "type", `{"type":3,"item_name":"x"}`: "type",
			`{"type":2,"item_name":"audit.view","organization_id":` + key(w.Umbra.ID) + `}`: "organization_id",
			`{"type":2,"item_name":"audit.view","user_id":` + key(w.Otto.ID) + `}`:          "user_id", `{"type":2}`: "item_name",
		} {
			if said := problems(t, ada.Send(t, "POST", rbac, asJSONBody, body)); said[field] == "" {
				t.Errorf("%s: %v", body, said)
			}
		}
		to := rbac + "?item_name=candidate.view&user_id=" + key(w.Paul.ID)
		if got := object(t, ada.Send(t, "PUT", to, asJSONBody, `{"type":2,"item_name":"question.view"}`).Want(http.StatusOK)); got["item_name"] != "question.view" ||
			got["user_id"] != float64(w.Paul.ID) || can("candidate.view") || !can("question.view") {
			t.Errorf("changed: %v", got)
		}
		ada.Send(t, "PUT", to, asJSONBody, `{"item_name":"question.view"}`).Want(http.StatusNotFound)
		ada.Send(t, "DELETE", rbac+"?item_name=event.create", "", "").Want(http.StatusNoContent)
		ada.Send(t, "DELETE", rbac+"?item_name=question.view&user_id="+key(w.Paul.ID), "", "").Want(http.StatusNoContent)
		if can("question.view") || len(list(t, ada.Get(t, rbac))) != 0 {
			t.Error("something is granted still")
		}
		ada.Send(t, "POST", rbac, asJSONBody, `{"type":2,"item_name":"user.view","user_id":`+key(w.Ada.ID)+`}`).Want(http.StatusConflict)
		w.Program(t, w.Rita).Send(t, "POST", rbac, asJSONBody, `{"type":2,"item_name":"user.view"}`).Want(http.StatusForbidden)
		w.Run(t, w.As(t, w.Ada), &actions.SetPermission{UserID: w.Paul.ID, Item: "user.view", Permission: actions.PermissionRefused})
		if mine := list(t, paul.Get(t, v4+"/user/me/permission")); len(mine) != 0 {
			t.Errorf("what is withheld is shown as granted: %v", mine)
		}
	})
}

func TestTheRightToSendAgainComesFirst(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		candidate := appOf(t, w, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))
		for _, said := range []string{`{}`, `{"organization_id":"none"}`, `{"organization_id":` + key(w.Acme.ID) + `}`, `{"organization_id":` + key(w.Umbra.ID) + `}`} {
			candidate.Send(t, "PATCH", v4+"/admin/notification-log/1/resend", asJSONBody, said).Want(http.StatusForbidden)
		}
	})
}

func TestMessagesWithholdWhatCandidatesSignInWith(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		rita, support := w.Program(t, w.Rita), w.Program(t, w.Colleague(t, models.Developer))
		for _, log := range []string{v4 + "/admin/notification-log", v4 + "/models/notification-log"} {
			if said := list(t, rita.Get(t, log))[0]["content"].(string); !strings.Contains(said, p.VerifyCode) {
				t.Errorf("%s: who invites reads %q", log, said)
			}
			if rows := list(t, support.Get(t, log)); len(rows) != 1 || rows[0]["content"] != "" {
				t.Errorf("%s: support reads %v", log, rows)
			}
		}
		search := v4 + "/admin/notification-log?s=" + p.VerifyCode
		if found, mine := list(t, support.Get(t, search)), list(t, rita.Get(t, search)); len(found) != 0 || len(mine) != 1 {
			t.Errorf("by the code support finds %v, who invites %v", found, mine)
		}
	})
}

func TestAMessageIsSentAgainWithinFourHours(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Run(t, w.As(t, w.Ada), &actions.InviteUser{Name: "Nina", Email: "nina@acme.example.com", Roles: []models.Role{models.Evaluator}})
		ada, rita := w.Program(t, w.Ada), w.Program(t, w.Rita)
		log := v4 + "/admin/notification-log"
		first := list(t, ada.Get(t, log))[0]
		if !strings.Contains(first["content"].(string), "/invitation/") {
			t.Errorf("Ada reads %v", first["content"])
		}
		if seen := list(t, rita.Get(t, log)); len(seen) != 1 || seen[0]["content"] != "" {
			t.Errorf("Rita reads %v", seen)
		}
		if found := list(t, rita.Get(t, log+"?s=/invitation/")); len(found) != 0 {
			t.Errorf("Rita finds %v by its link", found)
		}
		resend := log + "/" + key(idOf(first)) + "/resend"
		body := `{"organization_id":` + key(w.Acme.ID) + `}`
		if said := problems(t, rita.Send(t, "PATCH", resend, asJSONBody, `{}`)); said["organization_id"] == "" {
			t.Errorf("no organization: %v", said)
		}
		w.Program(t, w.Paul).Send(t, "PATCH", resend, asJSONBody, `{}`).Want(http.StatusForbidden)
		rita.Send(t, "PATCH", resend, asJSONBody, `{"organization_id":`+key(w.Umbra.ID)+`}`).Want(http.StatusNotFound)
		w.Program(t, w.Paul).Send(t, "PATCH", resend, asJSONBody, body).Want(http.StatusForbidden)
		if again := object(t, rita.Send(t, "PATCH", resend, asJSONBody, body).Want(http.StatusOK)); again["status"] != "enqueued" {
			t.Errorf("again: %v", again)
		}
		w.Clock.Advance(90 * time.Minute)
		if rows := list(t, ada.Get(t, log)); len(rows) != 0 {
			t.Errorf("after the hour: %v", rows)
		}
		if rows := list(t, ada.Get(t, log+"?organization_id="+key(w.Acme.ID))); len(rows) != 1 {
			t.Errorf("of the organization: %v", rows)
		}
		w.Clock.Advance(3 * time.Hour)
		rita.Send(t, "PATCH", resend, asJSONBody, body).Want(http.StatusBadRequest).Says("older than 4 hours")
		w.DB.Write.Model(&models.Notification{}).Where("id = ?", idOf(first)).Update("status", models.NotificationSent)
		rita.Send(t, "PATCH", resend, asJSONBody, body).Want(http.StatusBadRequest).Says("this one is sent")
	})
}

func TestUsersAreWrittenUnderModels(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, users := w.Program(t, w.Ada), v4+"/models/user"
		made := object(t, ada.Send(t, "POST", users, asJSONBody, `{"email":"New@acme.example.com","username":"new@acme.example.com","phone":7,"countryCode":"+351"}`).Want(http.StatusCreated))
		if made["name"] != "new" || made["status"] != 10.0 || made["email"] != "new@acme.example.com" || made["phone"] != "7" || made["current_role"] != "Evaluator" {
			t.Errorf("made: %v", made)
		}
		one := users + "/" + key(idOf(made))
		var mails int64
		if w.DB.Read.Model(&models.Notification{}).Where("to_address = ?", "new@acme.example.com").Count(&mails); mails != 1 {
			t.Errorf("%d invitations", mails)
		}
		changed := object(t, ada.Send(t, "PUT", one, asJSONBody, `{"roles":["Recruiter","API"],"current_role":"API User","status":40,"external_id":88}`).Want(http.StatusOK))
		if changed["current_role"] != "API User" || changed["status"] != 40.0 || changed["external_id"] != "88" || changed["name"] != "new" || changed["countryCode"] != "+351" {
			t.Errorf("changed: %v", changed)
		}
		for body, field := range map[string]string{`{"roles":["King"]}`: "roles", `{"roles":["Super Admin"]}`: "roles", `{"status":11}`: "status", `{"email":"no"}`: "email", `{"email":"` + w.Otto.Email + `"}`: "email"} {
			if said := problems(t, ada.Send(t, "PUT", one, asJSONBody, body)); said[field] == "" {
				t.Errorf("%s: %v", body, said)
			}
		}
		self := users + "/" + key(w.Ada.ID)
		ada.Send(t, "PUT", self, asJSONBody, `{"status":30}`).Want(http.StatusConflict)
		ada.Send(t, "DELETE", self, "", "").Want(http.StatusConflict)
		ada.Send(t, "DELETE", users+"/"+key(w.Otto.ID), "", "").Want(http.StatusNotFound)
		w.Program(t, w.Rita).Send(t, "PUT", one, asJSONBody, `{"name":"x"}`).Want(http.StatusForbidden)
		ada.Send(t, "DELETE", one, "", "").Want(http.StatusNoContent)
		if rows := list(t, ada.Get(t, v4+"/user?roles=Evaluator&roles=Master_Recruiter&sort=id")); len(rows) != 3 || rows[1]["email"] != w.Rita.Email {
			t.Errorf("by role: %v", rows)
		}
	})
}

func TestProcessingIsNotedAndNothingIsPromised(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.Program(t, w.Ada)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 1))
		for path, body := range map[string]string{
			"tbi-generate":  `{"assessment_candidate_id":` + key(p.ID) + `,"text":true}`,
			"process-spt":   `{"assessmentCandidates":[` + key(p.ID) + `],"force":true}`,
			"process-async": `{"candidate_id":` + key(p.CandidateID) + `}`,
		} {
			at := v4 + "/admin/dev-ops/" + path
			said := object(t, ada.Send(t, "POST", at, asJSONBody, body).Want(http.StatusOK))["response"].(string)
			if !strings.Contains(said, "noted") || !strings.Contains(said, "yet") {
				t.Errorf("%s: %s", path, said)
			}
			w.Program(t, w.Rita).Send(t, "POST", at, asJSONBody, body).Want(http.StatusForbidden)
			w.Program(t, w.Otto).Send(t, "POST", at, asJSONBody, body).Want(http.StatusUnprocessableEntity)
			ada.Send(t, "POST", at, asJSONBody, `{}`).Want(http.StatusUnprocessableEntity)
		}
		var entries int64
		if w.DB.Read.Model(&models.AuditEntry{}).Where("verb LIKE 'request-%'").Count(&entries); entries != 3 {
			t.Errorf("%d entries", entries)
		}
	})
}

func TestMetricsThatLinksName(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, otto := w.Program(t, w.Rita), w.Program(t, w.Otto)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 1))
		paths := map[string]string{
			v4 + "/user/metrics/" + key(w.Rita.ID):                 `"assessments_created":1`,
			v4 + "/reports/assessment-time/" + key(p.AssessmentID): `"completed":0`,
			v4 + "/assessment/" + key(p.AssessmentID):              `"total":1`,
		}
		for path, says := range paths {
			rita.Get(t, path).Want(http.StatusOK).Says(says)
			otto.Get(t, path).Want(http.StatusNotFound)
		}
		w.Program(t, w.Paul).Get(t, v4+"/user/metrics/"+key(w.Rita.ID)).Want(http.StatusForbidden)
		w.Program(t, w.Paul).Get(t, v4+"/user/metrics/"+key(w.Paul.ID)).Want(http.StatusOK)
	})
}
