package admin_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestABounceIsSeenAndTriedAgain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		inbox.RejectFor("candidate0@example.org", 550)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		w.Invited(t, models.Assessment{Row: models.Row{ID: p.AssessmentID}}, w.Candidate(t, 1))
		rita := w.SignIn(t, w.Rita)
		list := rita.Get(t, "/admin/outbox?status=trouble").Want(200).Says("candidate0@example.org", "Bounced")
		if n := list.Find("tbody tr").Length(); n != 1 {
			t.Errorf("%d messages in trouble", n)
		}
		href, _ := list.Find("tbody th a").Attr("href")
		rita.Get(t, href).Want(200).Says("refused it for good", "Send again", "/attend/")
		id := href[strings.LastIndex(href, "/")+1:]
		w.SignIn(t, w.Otto).Get(t, href).Want(404)
		w.SignIn(t, w.Otto).Post(t, "/admin/outbox/retries", url.Values{"ids": {id}}).Want(404)
		inbox.RejectFor("candidate0@example.org", 0)
		rita.Follow(t, rita.Post(t, "/admin/outbox/retries", url.Values{"ids": {id}}).Want(303)).Says("on its way again")
		w.Drain(t)
		inbox.WaitForRecipient(t, "candidate0@example.org")
		for query, want := range map[string]int{"q=CANDIDATE1": 1, "type=101": 2, "status=sent": 2, "type=103": 0, fmt.Sprintf("assessment=%d", p.AssessmentID): 2} {
			if n := rita.Get(t, "/admin/outbox?"+query).Find("tbody tr").Length(); n != want {
				t.Errorf("%s: %d messages, want %d", query, n, want)
			}
		}
		w.SignIn(t, w.Paul).Get(t, "/admin/outbox").Want(403)
	})
}

func TestWithoutAMailServerMessagesStayInTheOutbox(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		rita := w.SignIn(t, w.Rita)
		href, _ := rita.Get(t, "/admin/outbox").Says("No mail server is set.", "Not sent").Find("tbody th a").Attr("href")
		rita.Get(t, href).Says("/attend/", "No mail server was set when this was due.")
	})
}

func TestAMessageIsWorded(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		rita := w.SignIn(t, w.Rita)
		rita.Get(t, "/admin/templates").Want(200).Says("Invitation", "Reminder")
		path := "/admin/templates/invitation"
		rita.Get(t, path).Want(200).Says("{%verification-code}", "Personal link")
		rows := []struct{ name, subject, content, says string }{
			{"an unknown tag", "Hello {%salary}", "Go to {%link}", "There is no tag {%salary}"},
			{"no link", "Hello", "Come", "Without {%link}"},
			{"no words", "Hello", " ", "Write the message."},
		}
		for _, row := range rows {
			rita.Post(t, path, url.Values{"subject": {row.subject}, "content": {row.content}}).Want(422).Says(row.says)
		}
		own := url.Values{"subject": {"Moin {%candidate-first-name}"}, "content": {"Hier lang: {%link}\n\nCode {%verification-code}<script>x()</script>"}}
		preview := rita.PostPart(t, path+"/preview", own).Want(200).Says("Moin Ann", "48151623")
		if strings.Contains(preview.Body, "<script>x") {
			t.Error("a script is shown")
		}
		rita.Follow(t, rita.Post(t, path, own).Want(303)).Says("Saved.", "Back to the default")
		w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		if mail := inbox.WaitForRecipient(t, "candidate0@example.org"); mail.Subject != "Moin Cleo" || !strings.Contains(mail.HTML, "/attend/") {
			t.Errorf("got %q\n%s", mail.Subject, mail.HTML)
		}
		if body := w.SignIn(t, w.Otto).Get(t, path).Body; strings.Contains(body, "Moin") {
			t.Error("another firm sees our words")
		}
		rita.Follow(t, rita.Post(t, path+"/reset", nil).Want(303)).Says("invites you")
		rita.Get(t, "/admin/templates/nothing").Want(404)
	})
}

func TestAnAssessmentHasWordsOfItsOwn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		rita, otto := w.SignIn(t, w.Rita), w.SignIn(t, w.Otto)
		assessment := w.Assessment(t)
		words := func(subject string) url.Values {
			return url.Values{"subject": {subject}, "content": {"Go to {%link}"}}
		}
		list := fmt.Sprintf("/assessments/%d/messages", assessment.ID)
		path := list + "/invitation"
		rita.Post(t, "/admin/templates/invitation", words("The firm's")).Want(303)
		rita.Get(t, path).Want(200).Says("The firm&#39;s") // what applies until it has its own
		rita.PostPart(t, path+"/preview", words("Ours: {%assessment-name}")).Want(200).Says("Ours: " + assessment.Title)
		for _, ask := range []string{path, path + "/reset", path + "/preview"} {
			otto.Post(t, ask, words("Theirs")).Want(404)
		}
		rita.Get(t, list+"/password-reset").Want(404)
		rita.Follow(t, rita.Post(t, path, words("Its own"))).Says("Back to the organization")
		rita.Get(t, list).Want(200).Says("Its own words")
		rita.Get(t, fmt.Sprintf("/assessments/%d/invitations/new", assessment.ID)).Want(200).Says("Its own", list)
		w.Invited(t, assessment, w.Candidate(t, 0))
		if mail := inbox.WaitForRecipient(t, "candidate0@example.org"); mail.Subject != "Its own" {
			t.Errorf("the invitation says %q", mail.Subject)
		}
		rita.Get(t, "/admin/templates/invitation").Says("The firm&#39;s")
		rita.Post(t, path+"/reset", nil).Want(303)
		rita.Get(t, path).Says("The firm&#39;s")
		rita.Get(t, "/admin/templates/invitation").Says("The firm&#39;s", "Back to the default")
	})
}

func TestMessagesThatOpenAnAccountAreForAdministrators(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	reset, _ := notify.TypeNamed(notify.PasswordReset)
	row := models.Notification{OrganizationID: &w.Acme.ID, ToAddress: "ada@acme.example.com", Subject: "Choose a new password",
		Content: "<p>secret-link</p>", TypeID: reset.ID, Status: models.NotificationArchived}
	if err := w.DB.Write.Create(&row).Error; err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/admin/outbox/%d", row.ID)
	rita, ada := w.SignIn(t, w.Rita), w.SignIn(t, w.Ada)
	if n := rita.Get(t, "/admin/outbox").Find("tbody tr").Length(); n != 0 {
		t.Errorf("a recruiter sees %d", n)
	}
	rita.Get(t, path).Want(404)
	ada.Get(t, path).Want(200).Says("secret-link")
	w.WithMail(t)
	if body := ada.Get(t, path).Want(200).Body; strings.Contains(body, "secret-link") {
		t.Error("the link is shown although it went out by mail")
	}
}

func TestWhatCandidatesSignInWithIsForThoseWhoInvite(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		href, _ := w.SignIn(t, w.Rita).Get(t, "/admin/outbox").Find("tbody th a").Attr("href")
		w.SignIn(t, w.Rita).Get(t, href).Want(200).Says("/attend/", p.VerifyCode)
		support := w.SignIn(t, w.Colleague(t, models.SupportEngineer))
		body := support.Get(t, href).Want(200).Says("Only those who may invite candidates can read it.").Body
		if strings.Contains(body, "/attend/") || strings.Contains(body, p.VerifyCode) {
			t.Error("support reads what the candidate signs in with")
		}
	})
}
