package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestTheExampleDoesItsJob(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	w.Capital(t)
	w.Capital(t)
	made := actions.CreateServiceAccount{Name: "Example"}
	w.Run(t, w.As(t, w.Ada), &made)
	text, err := json.Marshal(map[string]any{"base_url": w.Runner.BaseURL, "service_account": map[string]string{
		"email": made.Account.Email, "private_key_pem": made.PrivateKey, "audience": w.Runner.BaseURL + "/api/v4/oauth2/token"}})
	if err != nil {
		t.Fatal(err)
	}
	credentials := filepath.Join(t.TempDir(), "credentials.json")
	if err := os.WriteFile(credentials, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(t.Context(), credentials, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if said := out.String(); !strings.Contains(said, "is open") || !strings.Contains(said, "example.org is ") {
		t.Error(said)
	}
}
