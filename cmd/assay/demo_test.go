package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// TestTheDemoServesWhatItPrints starts the demo as a newcomer does, follows its credentials file and stops it.
func TestTheDemoServesWhatItPrints(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "credentials.json")
	addr := freeAddress(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- demonstrate(ctx, []string{"--addr", addr, "--data", filepath.Join(dir, "data"), "--credentials", file}, in)
		in.Close()
	}()
	said := untilReady(t, out, ended)
	if !strings.Contains(said, "recruiter") || !strings.Contains(said, "/attend/") {
		t.Errorf("the demo says:\n%s", said)
	}
	var got credentialsFile
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &got)
	}
	if err != nil || len(got.Attend) < 8 || len(got.Users) != 5 {
		t.Fatalf("credentials: %v, %+v", err, got)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode: %v, %v", info.Mode(), err)
	}
	for _, url := range []string{got.BaseURL + "/readyz", got.Attend[0].URL} {
		reply, err := http.Get(url)
		if err != nil || reply.StatusCode != http.StatusOK {
			t.Errorf("%s: %v, %v", url, reply, err)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopping: %v", err)
	}
	verifyChains(t, filepath.Join(dir, "data"))
	leavesNoDrawerEmpty(t, filepath.Join(dir, "data"))
}

// untilReady reads what the demo says until it says how to stop, and goes on emptying the pipe.
func untilReady(t *testing.T, out io.Reader, ended <-chan error) string {
	t.Helper()
	ready := make(chan string, 1)
	go func() {
		var said strings.Builder
		buffer := make([]byte, 4096)
		for {
			n, err := out.Read(buffer)
			said.Write(buffer[:n])
			if strings.Contains(said.String(), "Stop with") {
				ready <- said.String()
				_, _ = io.Copy(io.Discard, out)
				return
			}
			if err != nil {
				return
			}
		}
	}()
	select {
	case said := <-ready:
		return said
	case err := <-ended:
		t.Fatalf("the demo ended: %v", err)
	case <-time.After(time.Minute):
		t.Fatal("the demo did not get ready")
	}
	return ""
}

func verifyChains(t *testing.T, data string) {
	t.Helper()
	db := testkit.OpenSQLite(t, filepath.Join(data, "assay.db"))
	for id := int64(1); id <= 2; id++ {
		chain, err := ledger.Verify(context.Background(), db.Read, id)
		if err != nil || chain.Broken != nil || chain.Entries == 0 {
			t.Errorf("the ledger of organization %d: %+v, %v", id, chain, err)
		}
	}
}

// leavesNoDrawerEmpty looks for what only the running of actions leaves: forms with their files, sessions, messages of the
// last hour, which the log of messages shows when nothing is asked of it.
func leavesNoDrawerEmpty(t *testing.T, data string) {
	t.Helper()
	db := testkit.OpenSQLite(t, filepath.Join(data, "assay.db"))
	lately := time.Now().Add(-time.Hour)
	for what, query := range map[string]*gorm.DB{
		"forms that were filled in":  db.Read.Model(&models.FormInstance{}),
		"files of such forms":        db.Read.Model(&models.FormInstanceFile{}),
		"live sessions":              db.Read.Model(&models.LiveSession{}),
		"messages of the last hour":  db.Read.Model(&models.Notification{}).Where("COALESCE(sent_at, created_at) > ?", lately),
		"actions of the last hour":   db.Read.Model(&models.ActionRecord{}).Where("completed_at > ?", lately),
		"participations that waited": db.Read.Model(&models.AssessmentCandidate{}).Where("status_id = ?", models.Mailed.ID()),
	} {
		var n int64
		if err := query.Count(&n).Error; err != nil || n == 0 {
			t.Errorf("%s: %d, %v", what, n, err)
		}
	}
}
