package account_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAPersonalTokenIsShownOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, paul := w.SignIn(t, w.Rita), w.SignIn(t, w.Paul)
		rita.Get(t, "/account/tokens").Want(http.StatusOK).Says("No tokens yet")
		rita.Post(t, "/account/tokens", url.Values{"name": {""}, "days": {"30"}}).Want(http.StatusUnprocessableEntity).Says("Give it a name")
		rita.Post(t, "/account/tokens", url.Values{"name": {"Report"}, "days": {"12"}}).Want(http.StatusUnprocessableEntity).Says("one of the lifetimes", "Report")
		made := rita.Post(t, "/account/tokens", url.Values{"name": {"Report"}, "days": {"0"}, "scopes": {"candidate:read"}}).Want(http.StatusOK)
		secret := made.Find("input[name=token]").AttrOr("value", "")
		w.With(secret).Get(t, "/api/v4/user/me").Want(http.StatusOK).Says(w.Rita.Email)
		page := rita.Get(t, "/account/tokens").Want(http.StatusOK).Says("Report", "candidate, reading only", "last used", "ends when it is revoked")
		if strings.Contains(page.Body, secret) {
			t.Error("the token is shown again")
		}
		var token models.AccessToken
		if err := w.DB.Read.Last(&token).Error; err != nil || strings.Contains(token.TokenHash, secret) {
			t.Fatalf("%v: %+v", err, token)
		}
		path := fmt.Sprintf("/account/tokens/%d/revocation", token.ID)
		paul.Post(t, path, nil).Want(http.StatusNotFound)
		rita.Post(t, path, nil).Want(http.StatusSeeOther)
		w.With(secret).Get(t, "/api/v4/user/me").Want(http.StatusUnauthorized)
		rita.Get(t, "/account/tokens").Want(http.StatusOK).Says("No tokens yet")
	})
}
