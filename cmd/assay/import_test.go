package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/secrets"
)

func TestImportingCandidatesFromTheCommandLine(t *testing.T) {
	data := t.TempDir()
	s := config.Settings{Data: data}
	s.Resolve()
	h, err := openHouse(context.Background(), s, secrets.TestCost, database.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	founded := actions.CreateOrganization{Name: "Acme", TimeZone: "UTC", AdminName: "Ada", AdminEmail: "ada@example.org", AdminPassword: "touchstone and streak"}
	if err := h.runner.Run(context.Background(), access.Program(0), &founded); err != nil {
		t.Fatal(err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(data, "people.csv")
	if err := os.WriteFile(file, []byte("Name,E-mail\nAnn Lee,ann@example.org\nNobody,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	report := func(args ...string) candidateReport {
		t.Helper()
		var out bytes.Buffer
		all := append([]string{"import", "candidates", file, "--organization", "1", "--json", "--data", data}, args...)
		if err := run(context.Background(), all, &out); err != nil {
			t.Fatal(err)
		}
		var r candidateReport
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			t.Fatalf("%v in %s", err, out.String())
		}
		return r
	}
	if r := report("--dry-run"); !r.DryRun || r.Created != 1 || r.Skipped != 1 || len(r.Problems) != 1 || r.Problems[0].Line != 3 {
		t.Errorf("dry run: %+v", r)
	}
	if r := report(); r.Created != 1 || r.Skipped != 1 {
		t.Errorf("import: %+v", r)
	}
	if r := report("--update-duplicates"); r.Created != 0 || r.Updated != 1 {
		t.Errorf("again: %+v", r)
	}
	err = run(context.Background(), []string{"import", "candidates", file, "--organization", "9", "--data", data}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "no organization") {
		t.Errorf("an unknown organization: %v", err)
	}
}
