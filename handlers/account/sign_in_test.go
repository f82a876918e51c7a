package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"github.com/pquerna/otp/totp"
)

func TestMain(m *testing.M) { testkit.Main(m) }

const newPassword = "pebble lantern orchard violin"

func credentials(email, password string) url.Values {
	return url.Values{"email": {email}, "password": {password}}
}

func TestSigningInOpensHomeAndSigningOutClosesIt(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := w.Visitor(t)
		if to := c.Get(t, "/account").Want(http.StatusSeeOther).Header.Get("Location"); to != "/sign-in?next=%2Faccount" {
			t.Errorf("a visitor is led to %s", to)
		}
		form := credentials(" RITA@acme.example.com", testkit.Password)
		form.Set("next", "/account")
		c.Follow(t, c.Post(t, "/sign-in", form).Want(http.StatusSeeOther)).Want(http.StatusOK).Says("Rita Recruiter")
		c.Post(t, "/sign-out", nil).Want(http.StatusSeeOther)
		c.Get(t, "/account").Want(http.StatusSeeOther)
	})
}

func TestSigningInIsRefusedInTheSameWords(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		ada.Post(t, path("/admin/users/%d/suspension", w.Paul.ID), nil).Want(http.StatusSeeOther)
		var answers []string
		for _, form := range []url.Values{
			credentials(w.Rita.Email, "wrong"), credentials("nobody@example.org", "wrong"), credentials(w.Paul.Email, testkit.Password),
		} {
			r := w.Visitor(t).Post(t, "/sign-in", form).Want(http.StatusUnprocessableEntity)
			answers = append(answers, r.Find("[role=alert]").Text())
		}
		if answers[0] != answers[1] || answers[0] != answers[2] || !strings.Contains(answers[0], "do not belong together") {
			t.Errorf("the answers differ: %q", answers)
		}
	})
}

func TestGuessingIsLimitedByAccountAndAddress(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.Visitor(t)
	for range 8 {
		c.Post(t, "/sign-in", credentials(w.Rita.Email, "wrong")).Says("do not belong together")
	}
	c.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusUnprocessableEntity).Says("many tries")
	w.SignIn(t, w.Paul) // others at the same address are not held up
	w.Clock.Advance(2 * time.Minute)
	c.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusSeeOther)
}

func TestASessionEndsAfterADayUnlessOneStays(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	brief, stay := w.SignIn(t, w.Rita), w.Visitor(t)
	form := credentials(w.Rita.Email, testkit.Password)
	form.Set("stay", "1")
	reply := stay.Post(t, "/sign-in", form).Want(http.StatusSeeOther)
	if !strings.Contains(reply.Header.Get("Set-Cookie"), "Max-Age=") {
		t.Error("the cookie of who stays goes with the browser")
	}
	w.Clock.Advance(13 * time.Hour)
	brief.Get(t, "/account").Want(http.StatusSeeOther)
	stay.Get(t, "/account").Want(http.StatusOK)
	w.Clock.Advance(14 * 24 * time.Hour)
	stay.Get(t, "/account").Want(http.StatusSeeOther)
}

// withSecondFactor sets up Rita's second factor through the pages and returns its secret and recovery codes.
func withSecondFactor(t *testing.T, w *testkit.World, c *testkit.Client) (secret string, codes []string) {
	t.Helper()
	c.Post(t, "/account/second-factor", url.Values{"password": {"not hers"}}).Want(http.StatusUnprocessableEntity).
		Says("This is not your password.")
	c.Get(t, "/account/second-factor").Want(http.StatusSeeOther)
	c.Post(t, "/account/second-factor", url.Values{"password": {testkit.Password}}).Want(http.StatusSeeOther)
	page := c.Get(t, "/account/second-factor").Want(http.StatusOK)
	secret = strings.ReplaceAll(page.Find("code.secret").Text(), " ", "")
	if page.Find("svg.qr path").Length() != 1 {
		t.Error("there is no QR code")
	}
	c.Post(t, "/account/second-factor/confirmation", url.Values{"code": {"000000"}}).Want(http.StatusUnprocessableEntity)
	shown := c.Post(t, "/account/second-factor/confirmation", url.Values{"code": {codeAt(t, secret, w.Clock.Now())}}).Want(http.StatusOK)
	for _, node := range shown.Find("ol.codes code").EachIter() {
		codes = append(codes, node.Text())
	}
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	return secret, codes
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestTheSecondFactor(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		secret, codes := withSecondFactor(t, w, w.SignIn(t, w.Rita))
		var stored models.User
		if err := w.DB.Read.First(&stored, w.Rita.ID).Error; err != nil || strings.Contains(*stored.TOTPSecret, secret) {
			t.Errorf("the secret is stored readable, or %v", err)
		}
		c := w.Visitor(t)
		enter := func(code string) testkit.Reply { return c.Post(t, "/sign-in/code", url.Values{"code": {code}}) }
		password := func() {
			reply := c.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusSeeOther)
			page := c.Follow(t, reply).Want(http.StatusOK).Says("Your code")
			if strings.Contains(page.Body, testkit.Password) {
				t.Error("the page of the second step holds the password")
			}
		}
		password()
		c.Get(t, "/account").Want(http.StatusSeeOther)
		enter(codeAt(t, secret, w.Clock.Now())).Want(http.StatusUnprocessableEntity) // used when it was confirmed
		w.Clock.Advance(time.Minute)
		enter(codeAt(t, secret, w.Clock.Now())).Want(http.StatusSeeOther)
		c.Get(t, "/account").Want(http.StatusOK)

		c = w.Visitor(t)
		password()
		enter(strings.ToUpper(codes[3])).Want(http.StatusSeeOther)
		c.Get(t, "/account").Want(http.StatusOK)
		c = w.Visitor(t)
		password()
		enter(codes[3]).Want(http.StatusUnprocessableEntity)
	})
}

func TestCodesAreLimited(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		secret, _ := withSecondFactor(t, w, w.SignIn(t, w.Rita))
		w.Clock.Advance(time.Minute)
		c := w.Visitor(t)
		c.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusSeeOther)
		for range 5 {
			c.Post(t, "/sign-in/code", url.Values{"code": {"123456"}}).Want(http.StatusUnprocessableEntity)
		}
		right := url.Values{"code": {codeAt(t, secret, w.Clock.Now())}}
		if to := c.Post(t, "/sign-in/code", right).Want(http.StatusSeeOther).Header.Get("Location"); !strings.HasPrefix(to, "/sign-in?") {
			t.Errorf("the sixth try leads to %s", to)
		}
		c.Get(t, "/account").Want(http.StatusSeeOther)
	})
}

func TestTheSecondStepMustComeSoon(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	secret, _ := withSecondFactor(t, w, w.SignIn(t, w.Rita))
	c := w.Visitor(t)
	c.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusSeeOther)
	w.Clock.Advance(6 * time.Minute)
	c.Post(t, "/sign-in/code", url.Values{"code": {codeAt(t, secret, w.Clock.Now())}}).Want(http.StatusSeeOther)
	c.Get(t, "/account").Want(http.StatusSeeOther)
}

func TestSwitchingTheSecondFactorOffTakesThePassword(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.SignIn(t, w.Rita)
	withSecondFactor(t, w, c)
	c.Post(t, "/account/second-factor/removal", url.Values{"password": {"wrong"}}).Want(http.StatusUnprocessableEntity).
		Says("not your password")
	c.Post(t, "/account/second-factor/removal", url.Values{"password": {testkit.Password}}).Want(http.StatusSeeOther)
	w.SignIn(t, w.Rita)
	var left int64
	w.DB.Read.Model(&models.RecoveryCode{}).Count(&left)
	if left != 0 {
		t.Errorf("%d recovery codes are left", left)
	}
}
