package actions_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// reachable is a candidate with a telephone number.
func reachable(t *testing.T, w *testkit.World, phone string) models.Candidate {
	t.Helper()
	a := actions.CreateCandidate{CandidateInput: actions.CandidateInput{Email: "phone" + strings.NewReplacer(" ", "", "+", "").Replace(phone) + "@example.org", FirstName: "Cleo & Co", Phone: phone}}
	w.Run(t, w.As(t, w.Rita), &a)
	return a.Candidate
}

// textsTo returns the text messages in the outbox, the oldest first.
func textsTo(t *testing.T, w *testkit.World) []models.Notification {
	t.Helper()
	var rows []models.Notification
	if err := w.DB.Read.Where("type_id IN ?", notify.TextTypes()).Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTextMessagesGoBesideMails(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		w.Invited(t, assessment, reachable(t, w, "+351 210 001 001"))
		if rows := textsTo(t, w); len(rows) > 0 {
			t.Fatalf("texts although they are off: %v", rows)
		}
		phones := w.WithPhones(t)
		for _, phone := range []string{"", "2", "+351 210 001 002"} {
			w.Invited(t, assessment, reachable(t, w, phone))
		}
		got := phones.Texts()
		if len(got) != 1 || got[0].To != "+351210001002" {
			t.Fatalf("got %v", got)
		}
		for _, part := range []string{"Acme invites you to " + assessment.Title, "http://assay.test/attend/", "Your code: "} {
			if !strings.Contains(got[0].Text, part) {
				t.Errorf("%q does not say %q", got[0].Text, part)
			}
		}
		row := textsTo(t, w)[0]
		if row.Status != models.NotificationSent || row.SentAt == nil || row.ToAddress != "+351210001002" || row.AssessmentCandidateID == nil {
			t.Errorf("the log says %+v", row)
		}
	})
}

func TestATextMessageIsTriedAgainLikeAMail(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		phones := w.WithPhones(t)
		for status, want := range map[int]models.NotificationStatus{503: models.NotificationFailed, 422: models.NotificationBounced} {
			phones.Answer(http.StatusOK)
			w.Invited(t, w.Assessment(t), reachable(t, w, fmt.Sprintf("+351 210 000 %d", status)))
			rows := textsTo(t, w)
			last := rows[len(rows)-1]
			if err := w.DB.Write.Model(&last).Update("status", models.NotificationEnqueued).Error; err != nil {
				t.Fatal(err)
			}
			phones.Answer(status)
			deliver := jobs.Task{Name: actions.TaskDeliver, Subject: last.ID}
			err := w.Runner.Jobs.Perform(context.Background(), deliver)
			if (err != nil) != (want == models.NotificationFailed) {
				t.Errorf("%d: the task ended with %v", status, err)
			}
			if err := w.DB.Read.First(&last, last.ID).Error; err != nil || last.Status != want || last.LastError == nil {
				t.Errorf("%d: the log says %s, %v, %v", status, last.Status, last.LastError, err)
			}
			phones.Answer(http.StatusOK)
			w.Run(t, w.As(t, w.Rita), &actions.ResendNotification{IDs: []int64{last.ID}})
			w.Drain(t)
			if err := w.DB.Read.First(&last, last.ID).Error; err != nil || last.Status != models.NotificationSent {
				t.Errorf("%d: sent again it is %s, %v", status, last.Status, err)
			}
		}
		ids := map[string]int{}
		for _, text := range phones.Texts() {
			ids[text.ID]++
		}
		if len(ids) != 2 {
			t.Errorf("two messages went by the ids %v", ids)
		}
	})
}

func TestWithoutAProviderTextMessagesStayInTheOutbox(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.TurnTextsOn(t)
	candidate := reachable(t, w, "+351 210 001 001")
	w.Invited(t, w.Assessment(t), candidate)
	row := textsTo(t, w)[0]
	if row.Status != models.NotificationArchived || row.ToAddress != "+351210001001" {
		t.Fatalf("the log says %+v", row)
	}
	w.SignIn(t, w.Ada).Get(t, "/admin/outbox").Want(http.StatusOK).Says("+351210001001").Says("Invitation, text message")
	page := w.SignIn(t, w.Rita).Get(t, fmt.Sprintf("/admin/outbox/%d", row.ID)).Want(http.StatusOK)
	page.Says("No provider of text messages was set when this was due.").Says("Your code: ")

	if err := w.DB.Write.Model(&candidate).Update("phone", "none").Error; err != nil {
		t.Fatal(err)
	}
	err := w.Runner.Run(context.Background(), w.As(t, w.Rita), &actions.ResendNotification{IDs: []int64{row.ID}})
	if fault.KindOf(err) != fault.Conflict {
		t.Errorf("sent again to nobody: %v", err)
	}
}

func TestAppointmentsAndPanelsAreToldByText(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	phones := w.WithPhones(t)
	if err := w.DB.Write.Model(&w.Paul).Update("phone", "+351 210 009 999").Error; err != nil {
		t.Fatal(err)
	}
	p := w.Invited(t, w.Assessment(t), reachable(t, w, "+351 210 001 001"))
	schedule := w.Appointing(p)
	schedule.IsNotify = true
	w.Record(t, w.As(t, w.Rita), &schedule)
	to := map[string]string{}
	for _, text := range phones.Texts()[1:] {
		to[text.To] = text.Text
	}
	if len(to) != 2 || !strings.Contains(to["+351210001001"], "your appointment for") || !strings.Contains(to["+351210009999"], "Appointment with Cleo & Co") {
		t.Errorf("got %v", to)
	}
}

func TestAnOrganizationWordsItsTextMessages(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	phones := w.WithPhones(t)
	ada := w.SignIn(t, w.Ada)
	ada.Get(t, "/admin/templates").Want(http.StatusOK).Says("Invitation, text message")
	ada.Get(t, "/admin/templates/text-invitation").Want(http.StatusOK).Says("Plain text of up to 600 characters")
	refused := map[string]*actions.SaveTemplate{
		"no link":  {Type: "text-invitation", Content: "Come!"},
		"too long": {Type: "text-invitation", Content: "{%link}" + strings.Repeat("long ", 200)},
		"no tag":   {Type: "text-invitation", Content: "{%link} {%weather}"},
	}
	for name, a := range refused {
		if err := w.Runner.Run(context.Background(), w.As(t, w.Ada), a); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.Run(t, w.As(t, w.Ada), &actions.SaveTemplate{Type: "text-invitation", Content: "Fish & chips, {%candidate-first-name}? {%link}"})
	w.Invited(t, w.Assessment(t), reachable(t, w, "+351 210 001 001"))
	if got := phones.Texts(); len(got) != 1 || !strings.HasPrefix(got[0].Text, "Fish & chips, Cleo & Co? http://assay.test/attend/") {
		t.Errorf("got %v", got)
	}
}
