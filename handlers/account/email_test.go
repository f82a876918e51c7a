package account_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

var emailLink = regexp.MustCompile(`/email/[\w-]{20,}`)

const newAddress = "rita.new@acme.example.com"

func askedFor(email, password string) url.Values {
	return url.Values{"new_email": {email}, "email_password": {password}}
}

func TestANewAddressCountsOnceItIsConfirmed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := w.SignIn(t, w.Rita)
		c.Post(t, "/account/email", askedFor("Rita.New@acme.example.com", testkit.Password)).Want(http.StatusSeeOther)
		c.Get(t, "/account").Want(http.StatusOK).Says("A link went to", newAddress, w.Rita.Email)
		to := link(t, w, newAddress)
		var told models.Notification
		if err := w.DB.Read.Where("to_address = ?", w.Rita.Email).Order("id DESC").First(&told).Error; err != nil {
			t.Fatalf("the old address hears nothing: %v", err)
		}
		anybody := w.Visitor(t)
		anybody.Post(t, "/sign-in", credentials(newAddress, testkit.Password)).Want(http.StatusUnprocessableEntity)
		anybody.Get(t, to).Want(http.StatusOK).Says(newAddress, "Use this address")
		anybody.Post(t, "/sign-in", credentials(newAddress, testkit.Password)).Want(http.StatusUnprocessableEntity)
		anybody.Post(t, to, nil).Want(http.StatusSeeOther)
		anybody.Post(t, to, nil).Want(http.StatusGone)
		anybody.Post(t, "/sign-in", credentials(w.Rita.Email, testkit.Password)).Want(http.StatusUnprocessableEntity)
		anybody.Post(t, "/sign-in", credentials(newAddress, testkit.Password)).Want(http.StatusSeeOther)
	})
}

func TestANewAddressIsRefusedWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := w.SignIn(t, w.Rita)
		for _, row := range []struct{ email, password, says string }{
			{"nobody", testkit.Password, "not an e-mail address"}, {newAddress, "wrong words here", "not your password"},
			{newAddress, "", "Enter your password"}, {w.Paul.Email, testkit.Password, "has an account with this address"},
			{w.Rita.Email, testkit.Password, "the address you have now"},
		} {
			page := c.Post(t, "/account/email", askedFor(row.email, row.password)).Want(http.StatusUnprocessableEntity).Says(row.says)
			if typed, _ := page.Find("input[name=new_email]").Attr("value"); typed != row.email {
				t.Errorf("%s: the form holds %q", row.email, typed)
			}
		}
	})
}

func TestAWaitingAddressEnds(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		for what, end := range map[string]func(*testkit.Client){
			"withdrawn": func(c *testkit.Client) { c.Post(t, "/account/email/withdrawal", nil).Want(http.StatusSeeOther) },
			"another password": func(c *testkit.Client) {
				form := url.Values{"current": {testkit.Password}, "password": {newPassword}}
				c.Post(t, "/account/password", form).Want(http.StatusSeeOther)
			},
		} {
			user := map[string]models.User{"withdrawn": w.Rita, "another password": w.Paul}[what]
			c := w.SignIn(t, user)
			c.Post(t, "/account/email", askedFor("new."+user.Email, testkit.Password)).Want(http.StatusSeeOther)
			to := link(t, w, "new."+user.Email)
			end(c)
			if got := w.Visitor(t).Post(t, to, nil).Status; got != http.StatusGone {
				t.Errorf("%s: %d", what, got)
			}
		}
	})
}

func TestTheLinkIsStruckOutOnceItWasMailed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.WithMail(t)
		w.SignIn(t, w.Rita).Post(t, "/account/email", askedFor(newAddress, testkit.Password)).Want(http.StatusSeeOther)
		w.Drain(t)
		var n models.Notification
		if err := w.DB.Read.Where("to_address = ?", newAddress).First(&n).Error; err != nil {
			t.Fatal(err)
		}
		if emailLink.MatchString(n.Content) {
			t.Errorf("the log still opens the account: %s", n.Content)
		}
	})
}

func TestAskingWhoHasAnAddressIsLimited(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.SignIn(t, w.Rita)
	for range 20 {
		reply := c.Post(t, "/account/email", askedFor(w.Paul.Email, testkit.Password)).Want(http.StatusUnprocessableEntity)
		if strings.Contains(reply.Body, "Those were many tries.") {
			return
		}
	}
	t.Error("twenty looks for taken addresses were answered")
}
