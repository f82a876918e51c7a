package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/assertion"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAnApplicationIsLetIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		ada.Get(t, "/admin/api").Want(http.StatusOK).Says("API access")
		ada.Post(t, "/admin/api/clients", url.Values{"name": {" "}}).Want(http.StatusUnprocessableEntity).Says("Give it a name")
		ada.Post(t, "/admin/api/clients", url.Values{"name": {"Portal"}, "scopes": {"moon"}}).Want(http.StatusUnprocessableEntity).Says("no scope", "Portal")
		made := ada.Post(t, "/admin/api/clients", url.Values{"name": {"Portal"}, "scopes": {"candidate", "account:read"}}).Want(http.StatusOK)
		secret := made.Find("input[name=secret]").AttrOr("value", "")
		var client models.APIClient
		if err := w.DB.Read.Last(&client).Error; err != nil || client.SecretHash == secret || client.Scopes != "account:read candidate" {
			t.Fatalf("%v: %+v", err, client)
		}
		w.Stranger().Form(t, "/api/v4/oauth2/token", url.Values{"grant_type": {"password"}, "client_id": {client.ClientID}, "client_secret": {secret},
			"username": {w.Rita.Email}, "password": {testkit.Password}}).Want(http.StatusOK)
		if page := ada.Get(t, "/admin/api").Says("Portal", client.ClientID, "last used").Body; strings.Contains(page, secret) {
			t.Error("the secret is shown again")
		}
		ada.Post(t, fmt.Sprintf("/admin/api/clients/%d/revocation", client.ID), nil).Want(http.StatusSeeOther)
		if page := ada.Get(t, "/admin/api").Find("main"); strings.Contains(page.Text(), client.ClientID) {
			t.Error("a revoked application is listed")
		}
		var noted []models.AuditEntry
		w.DB.Read.Where("subject_type = 'api_client'").Order("id").Find(&noted)
		if len(noted) != 2 || strings.Contains(fmt.Sprint(noted), secret) {
			t.Errorf("the ledger: %+v", noted)
		}
	})
}

func TestAServiceAccountIsLetIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		made := ada.Post(t, "/admin/api/accounts", url.Values{"name": {"Night run"}, "role": {"API User"}}).Want(http.StatusOK).
			Says("BEGIN PRIVATE KEY", "http://assay.test/api/v4/oauth2/token")
		if link := made.Find("a[download]"); link.AttrOr("download", "") != "night-run.private-key.pem" || !strings.HasPrefix(link.AttrOr("href", ""), "data:") {
			t.Error("the key cannot be kept as a file")
		}
		ada.Get(t, "/admin/api").Says("night-run-", "1 key")
		pair, err := assertion.NewKeyPair()
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"name": {"Own key"}, "public_key": {pair.Private}}
		ada.Post(t, "/admin/api/accounts", form).Want(http.StatusUnprocessableEntity).Says("Only the public key is needed")
		form.Set("public_key", pair.Public)
		form.Set("role", "Super Admin")
		ada.Post(t, "/admin/api/accounts", form).Want(http.StatusUnprocessableEntity).Says("super administrator")
		form.Set("role", "Recruiter")
		own := ada.Post(t, "/admin/api/accounts", form).Want(http.StatusOK)
		if strings.Contains(own.Body, "PRIVATE KEY") {
			t.Error("a private key for somebody who has one")
		}
		var account models.ServiceAccount
		w.DB.Read.Last(&account)
		path := fmt.Sprintf("/admin/api/accounts/%d", account.ID)
		ada.Post(t, path+"/keys", url.Values{}).Want(http.StatusOK).Says("BEGIN PRIVATE KEY")
		ada.Post(t, path+"/keys/removal", url.Values{"key": {account.Keys[0].ID}}).Want(http.StatusSeeOther)
		ada.Post(t, path+"/keys/removal", url.Values{"key": {account.Keys[0].ID}}).Want(http.StatusNotFound)
		ada.Post(t, path+"/revocation", nil).Want(http.StatusSeeOther)
		ada.Post(t, path+"/revocation", nil).Want(http.StatusNotFound)
	})
}
