package admin_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAnAdministratorManagesWebhooks(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		defer receiver.Close()
		ada := w.SignIn(t, w.Ada)
		ada.Get(t, "/admin/webhooks").Want(http.StatusOK).Says("No program is told yet")
		ada.Post(t, "/admin/webhooks", url.Values{"url": {"nowhere"}, "description": {"Payroll"}}).Want(http.StatusUnprocessableEntity).Says("whole address", "Payroll")
		made := ada.Post(t, "/admin/webhooks", url.Values{"url": {receiver.URL}, "event_types": {"candidate.created"}}).Want(http.StatusOK)
		secret, _ := made.Find("input[name=secret]").Attr("value")
		var e models.WebhookEndpoint
		if err := w.DB.Read.First(&e).Error; err != nil || !strings.HasPrefix(secret, "whsec_") {
			t.Fatalf("made %+v with %q: %v", e, secret, err)
		}
		page := fmt.Sprintf("/admin/webhooks/%d", e.ID)
		ada.Post(t, page+"/tests", nil).Want(http.StatusSeeOther)
		w.Drain(t)
		if log := ada.Get(t, page).Want(http.StatusOK).Says("webhook.test", "Delivered"); strings.Contains(log.Body, secret) {
			t.Error("the secret is shown again")
		}
		ada.Get(t, page+"?status=failed").Want(http.StatusOK).Says("No such delivery")
		var d models.WebhookDelivery
		if err := w.DB.Read.First(&d).Error; err != nil {
			t.Fatal(err)
		}
		delivery := fmt.Sprintf("%s/deliveries/%d", page, d.ID)
		ada.Get(t, delivery).Want(http.StatusOK).Says("Answered 200", d.MessageID)
		ada.Post(t, delivery+"/replays", nil).Want(http.StatusSeeOther)
		w.Drain(t)
		ada.Get(t, delivery).Want(http.StatusOK)
		ada.Post(t, page+"/secret", nil).Want(http.StatusOK).Says("whsec_", "old secret signs")
		ada.Post(t, page, url.Values{"url": {receiver.URL + "/new"}}).Want(http.StatusSeeOther)
		ada.Get(t, page).Want(http.StatusOK).Says("/new", "All events")
		ada.Post(t, page+"/state", url.Values{"on": {"false"}}).Want(http.StatusSeeOther)
		ada.Get(t, page).Want(http.StatusOK).Says("Turn on")
		ada.Post(t, page+"/deletion", nil).Want(http.StatusSeeOther)
		ada.Get(t, page).Want(http.StatusNotFound)
	})
}

func TestCallbacksOfActionsAreListedAndSentAgain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		var told, signed atomic.Int32
		status := http.StatusGone
		receiver := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
			told.Add(1)
			if r.Header.Get("webhook-signature") != "" {
				signed.Add(1)
			}
			answer.WriteHeader(status)
		}))
		defer receiver.Close()
		ada := w.SignIn(t, w.Ada)
		ada.Get(t, "/admin/callbacks").Want(http.StatusOK).Says("Nothing was sent yet")
		row, err := w.Runner.RecordAsked(t.Context(), w.As(t, w.Rita), &actions.Invite{AssessmentID: w.Assessment(t).ID, EndDate: w.Clock.Now().Add(time.Hour),
			Candidates: actions.RefsTo([]int64{w.Candidate(t, 0).ID})}, actions.Asked{CallbackURL: &receiver.URL})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		ada.Get(t, "/admin/webhooks").Want(http.StatusOK).Says("Callbacks of actions")
		ada.Get(t, "/admin/callbacks?status=failed").Want(http.StatusOK).Says(fmt.Sprintf("Action %d", row.ID), "Failed", receiver.URL)
		ada.Get(t, "/admin/callbacks?status=succeeded").Want(http.StatusOK).Says("No such callback")
		var d models.WebhookDelivery
		if err := w.DB.Read.First(&d).Error; err != nil {
			t.Fatal(err)
		}
		page := fmt.Sprintf("/admin/callbacks/%d", d.ID)
		ada.Get(t, page).Want(http.StatusOK).Says("Answered 410", "action.completed")
		w.SignIn(t, w.Otto).Get(t, page).Want(http.StatusNotFound)
		status = http.StatusOK
		before := signed.Load()
		secret, _ := ada.Post(t, "/admin/callbacks/secrets", nil).Want(http.StatusOK).Says("Callbacks of actions").Find("input[name=secret]").Attr("value")
		if !strings.HasPrefix(secret, "whsec_") {
			t.Errorf("the secret is %q", secret)
		}
		ada.Post(t, page+"/replays", nil).Want(http.StatusSeeOther)
		w.Drain(t)
		ada.Get(t, page).Want(http.StatusOK).Says("Answered 200", "Delivered")
		if told.Load() != 2 || before != 0 || signed.Load() != 1 {
			t.Errorf("the address was told %d times, %d signed, %d of them before there was a secret", told.Load(), signed.Load(), before)
		}
	})
}
