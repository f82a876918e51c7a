package recruiter_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAListIsImportedAndInvited(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		assessment := w.Assessment(t)
		rita := w.SignIn(t, w.Rita)
		rita.Do(t, filePost(t, "/candidates/imports", "people.pdf", "%PDF", "")).Want(422)
		table := "Who,Contact\nAnn Lee,ann@example.org\nBen Mora,ben@example.org\nNobody,\n"
		uploaded := rita.Do(t, filePost(t, "/candidates/imports", "people.csv", table, "")).Want(303)
		path := uploaded.Header.Get("Location")
		rita.Follow(t, uploaded).Want(200).Says("people.csv has 3 rows", "Contact")
		rita.Post(t, path+"/mapping", url.Values{"column_0": {"name"}, "duplicates": {"update"}}).Want(422).Says("Say which column holds the e-mail address")
		check := rita.Follow(t, rita.Post(t, path+"/mapping", url.Values{"column_0": {"name"}, "column_1": {"email"}, "duplicates": {"update"}}).Want(303))
		check.Want(200).Says("2 people will be new", "1 row cannot come in", "There is no e-mail address in this row.", "Import 2 people")
		rita.Get(t, path+"/problems").Want(200).Says("4,,,There is no e-mail address in this row.")
		w.SignIn(t, w.Otto).Get(t, path).Want(404)
		w.SignIn(t, w.Paul).Get(t, path).Want(403)
		rita.Follow(t, rita.Post(t, path+"/commit", nil).Want(303)).Says("0 of 3 rows done")
		w.Drain(t)
		done := rita.Get(t, path).Says("2 people added", "Invite these people")
		choose, _ := done.Find(`a:contains("Invite these people")`).Attr("href")
		form, _ := rita.Get(t, choose).Want(200).Find(`a:contains("Dispatcher")`).Attr("href")
		page := rita.Get(t, form).Want(200).Says("Ben Mora", "Ann Lee", "2 people get a link")
		values := url.Values{"subject": {"Come in"}, "end_date": {"2026-03-09"}, "end_time": {"23:59"}, "end_zone": {"Europe/Lisbon"}}
		chosen, _ := page.Find(`input[name=chosen]`).Attr("value")
		values.Set("chosen", chosen)
		values.Set("message", "Hello {%candidate-first-name},\n\nwe liked your letter.")
		sent := rita.Post(t, fmt.Sprintf("/assessments/%d/invitations", assessment.ID), values).Want(303)
		w.Drain(t)
		rita.Follow(t, sent).Want(200).Says("2 people invited.")
		mail := inbox.WaitForRecipient(t, "ann@example.org")
		if mail.Subject != "Come in" || !strings.Contains(mail.HTML, "we liked your letter") || !strings.Contains(mail.HTML, "/attend/") {
			t.Errorf("got %q\n%s", mail.Subject, mail.HTML)
		}
		w.SignIn(t, w.Otto).Get(t, sent.Header.Get("Location")).Want(404)
	})
}

func TestFiftyPastedAddressesAreInvited(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		w.Invited(t, assessment, w.Candidate(t, 0))
		rita := w.SignIn(t, w.Rita)
		base := fmt.Sprintf("/assessments/%d/invitations", assessment.ID)
		rita.Get(t, base+"/new").Want(200).Says("Nobody yet", "No mail server is set")
		text := "Cleo <CANDIDATE0@example.org>\nnot an address\n"
		for n := range 49 {
			text += fmt.Sprintf("Person %d <person%d@example.org>\nPERSON%d@example.org\n", n, n, n)
		}
		values := url.Values{"people": {text}, "end_date": {"2026-03-09"}, "end_time": {"23:59"}, "end_zone": {"Europe/Lisbon"}}
		rita.PostPart(t, base+"/preview", values).Want(200).Says("50 people get a link", "not an address", "49 stood there more than once", "Mon 9 Mar 2026, 23:59")
		sent := rita.Post(t, base, values).Want(303)
		w.Drain(t)
		rita.Follow(t, sent).Says("49 people invited. 1 left out.", "candidate0@example.org: was invited already.")
		var n int64
		w.DB.Read.Model(&models.AssessmentCandidate{}).Count(&n)
		if n != 50 {
			t.Errorf("%d participations, want 50", n)
		}
		values.Set("end_date", "2026-02-01")
		rita.Post(t, base, values).Want(422).Says("The last day must lie in the future.", "person48@example.org")
		w.SignIn(t, w.Paul).Get(t, base+"/new").Want(403)
		w.SignIn(t, w.Otto).Get(t, base+"/new").Want(404)
	})
}

func TestTheProfileRemindsExtendsAndInvitesAgain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		cleo := w.Candidate(t, 0)
		p := w.Invited(t, w.Assessment(t), cleo)
		rita := w.SignIn(t, w.Rita)
		path := fmt.Sprintf("/candidates/%d/participations/%d", cleo.ID, p.ID)
		rita.Follow(t, rita.Post(t, path+"/reminders", nil).Want(303)).Says("Reminded.", "Dispatcher", "Knowledge: not started")
		rita.Follow(t, rita.Post(t, path+"/extensions", url.Values{"end_date": {"2026-04-01"}, "end_zone": {"UTC"}}).Want(303)).
			Says("Moved the last day", "Open until Thu 2 Apr 2026, 00:59")
		for form, end := range map[string]string{"/extensions": "2020-04-01", "/invitations": "soon"} {
			again := rita.Post(t, path+form, url.Values{"end_date": {end}, "end_time": {"10:30"}, "end_zone": {"UTC"}}).Want(422)
			if again.Find(fmt.Sprintf("details[open] form[action$='%s'] [value='%s']", form, end)).Length() != 1 {
				t.Errorf("%s forgot %q", form, end)
			}
		}
		rita.Post(t, path+"/extensions", url.Values{"end_date": {"2020-04-01"}, "end_zone": {"UTC"}}).Want(422).Says("must lie in the future")
		rita.Post(t, path+"/invitations", url.Values{}).Want(303)
		w.Drain(t)
		if n := len(inbox.Messages()); n != 4 {
			t.Errorf("%d mails, want invitation, reminder, more time, invitation again", n)
		}
	})
}
