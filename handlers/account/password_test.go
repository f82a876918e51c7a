package account_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func path(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// link finds the path of the link to an account in the newest message to an address.
func link(t *testing.T, w *testkit.World, to string) string {
	t.Helper()
	w.Drain(t)
	var n models.Notification
	if err := w.DB.Read.Where("to_address = ?", to).Order("id DESC").First(&n).Error; err != nil {
		t.Fatalf("no message to %s: %v", to, err)
	}
	found := regexp.MustCompile(`http://assay\.test(/(?:password/reset|invitation|email)/[\w-]+)`).FindStringSubmatch(n.Content)
	if found == nil {
		t.Fatalf("no link in %s", n.Content)
	}
	return found[1]
}

func TestAForgottenPasswordIsReplacedByMail(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		elsewhere := w.SignIn(t, w.Rita)
		c := w.Visitor(t)
		c.Post(t, "/password/forgotten", url.Values{"email": {w.Rita.Email}}).Want(http.StatusOK).Says("Look into your mail")
		to := link(t, w, w.Rita.Email)
		var stored int64
		w.DB.Read.Model(&models.Ticket{}).Where("token_hash = ?", to[strings.LastIndex(to, "/")+1:]).Count(&stored)
		if stored != 0 {
			t.Error("the link's secret is stored readable")
		}
		c.Get(t, to).Want(http.StatusOK)
		c.Post(t, to, url.Values{"password": {"short"}}).Want(http.StatusUnprocessableEntity).Says("at least 10")
		c.Post(t, to, url.Values{"password": {"rita recruiter rita"}}).Want(http.StatusUnprocessableEntity)
		c.Post(t, to, url.Values{"password": {newPassword}}).Want(http.StatusSeeOther)
		elsewhere.Get(t, "/account").Want(http.StatusSeeOther)
		c.Post(t, to, url.Values{"password": {newPassword + "s"}}).Want(http.StatusGone)
		c.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusUnprocessableEntity)
		c.Post(t, "/sign-in", credentials(w.Rita.Email, newPassword)).Want(http.StatusSeeOther)
	})
}

func TestAnUnknownAddressGetsTheSameAnswer(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ask := func(email string) string {
			r := w.Visitor(t).Post(t, "/password/forgotten", url.Values{"email": {email}}).Want(http.StatusOK)
			return strings.ReplaceAll(r.Find("main").Text(), email, "")
		}
		if known, unknown := ask(w.Rita.Email), ask("nobody@example.org"); known != unknown {
			t.Errorf("known: %q\nunknown: %q", known, unknown)
		}
		w.Drain(t)
		var n int64
		w.DB.Read.Model(&models.Notification{}).Count(&n)
		if n != 1 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestALinkEndsAfterAnHourAndWithTheNextOne(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.Visitor(t)
	ask := func() string {
		c.Post(t, "/password/forgotten", url.Values{"email": {w.Rita.Email}}).Want(http.StatusOK)
		return link(t, w, w.Rita.Email)
	}
	first := ask()
	second := ask()
	c.Get(t, first).Want(http.StatusGone).Says("Ask for a new link")
	c.Get(t, second).Want(http.StatusOK)
	w.Clock.Advance(time.Hour)
	c.Get(t, second).Want(http.StatusGone)
	c.Post(t, second, url.Values{"password": {newPassword}}).Want(http.StatusGone)
	c.Get(t, strings.Replace(ask(), "/password/reset/", "/invitation/", 1)).Want(http.StatusGone)
}

func TestChangingThePasswordSignsOutElsewhere(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		here, elsewhere := w.SignIn(t, w.Rita), w.SignIn(t, w.Rita)
		form := url.Values{"current": {"wrong"}, "password": {newPassword}}
		here.Post(t, "/account/password", form).Want(http.StatusUnprocessableEntity).Says("not your password")
		form.Set("current", testkit.Password)
		form.Set("password", "password123")
		here.Post(t, "/account/password", form).Want(http.StatusUnprocessableEntity).Says("common word")
		form.Set("password", newPassword)
		here.Post(t, "/account/password", form).Want(http.StatusSeeOther)
		here.Get(t, "/account").Want(http.StatusOK)
		elsewhere.Get(t, "/account").Want(http.StatusSeeOther)
		w.Visitor(t).Post(t, "/sign-in", credentials(w.Rita.Email, newPassword)).Want(http.StatusSeeOther)
	})
}

func TestStrengthIsSaidInWords(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.Visitor(t)
	for typed, want := range map[string]string{"": "Four unrelated words", "qwertyuiop": "common word", newPassword: "ard to guess"} {
		c.PostPart(t, "/password/strength", url.Values{"password": {typed}}).Want(http.StatusOK).Says(want)
	}
}

func TestAMessageLosesItsLinkOnceItLeft(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	inbox := w.WithMail(t)
	w.Visitor(t).Post(t, "/password/forgotten", url.Values{"email": {w.Rita.Email}})
	w.Drain(t)
	if mail := inbox.WaitForRecipient(t, w.Rita.Email); !strings.Contains(mail.HTML, "/password/reset/") {
		t.Errorf("the mail has no link: %s", mail.HTML)
	}
	var n models.Notification
	if err := w.DB.Read.Last(&n).Error; err != nil || !strings.Contains(n.Content, "/password/reset/…") {
		t.Errorf("%v: kept %s", err, n.Content)
	}
}

func TestAFormCannotFillInWhatTheServerKnows(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.Visitor(t)
	ask := func(i int) testkit.Reply {
		return c.Post(t, "/password/forgotten", url.Values{"email": {w.Rita.Email}, "-": {fmt.Sprintf("10.0.0.%d", i)}})
	}
	for i := range 8 {
		ask(i).Want(http.StatusOK)
	}
	ask(8).Want(http.StatusUnprocessableEntity).Says("many tries")
	body := strings.NewReader(`{"email": "` + w.Rita.Email + `", "address": "10.0.1.1"}`)
	r := httptest.NewRequest(http.MethodPost, "http://assay.test/password/forgotten", body)
	r.Header.Set("Content-Type", "application/json")
	c.Do(t, r).Want(http.StatusUnprocessableEntity)
}
