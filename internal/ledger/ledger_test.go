package ledger_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// chainOf writes n entries for a fresh organization and seals them.
func chainOf(t *testing.T, db *database.DB, n int) int64 {
	t.Helper()
	org := models.Organization{Name: "Acme"}
	if err := db.Write.Create(&org).Error; err != nil {
		t.Fatal(err)
	}
	for i := range n {
		append1(t, db, org.ID, int64(i+1))
	}
	seal(t, db)
	return org.ID
}

func append1(t *testing.T, db *database.DB, organizationID, subject int64) {
	t.Helper()
	err := db.InTx(context.Background(), func(tx *gorm.DB) error {
		return ledger.Append(tx, access.Program(organizationID), db.Clock.Now(), ledger.Entry{
			Verb: "change-status", SubjectType: "assessment_candidate", SubjectID: subject,
			Before: "Completed", After: "Selected", Detail: map[string]any{"to": "Selected", "count": 3, "share": 0.25},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func seal(t *testing.T, db *database.DB) {
	t.Helper()
	if _, err := ledger.Seal(context.Background(), db); err != nil {
		t.Fatal(err)
	}
}

func verify(t *testing.T, db *database.DB, organizationID int64) ledger.Chain {
	t.Helper()
	chain, err := ledger.Verify(context.Background(), db.Read, organizationID)
	if err != nil {
		t.Fatal(err)
	}
	return chain
}

func TestAWholeChainVerifies(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		org := chainOf(t, db, 3)
		append1(t, db, org, 4)
		seal(t, db)
		chain := verify(t, db, org)
		if chain.Broken != nil || chain.Entries != 4 || chain.Head == "" {
			t.Errorf("got %+v", chain)
		}
	})
}

func TestTamperingIsNamed(t *testing.T) {
	t.Parallel()
	rows := []struct{ name, statement, why string }{
		{"a changed detail", `UPDATE audit_entries SET detail = '{"to":"Rejected"}' WHERE seq = 2`, "not what was sealed"},
		{"a changed digest", `UPDATE audit_entries SET after_digest = 'x' WHERE seq = 2`, "not what was sealed"},
		{"a removed entry", `DELETE FROM audit_entries WHERE seq = 2`, "entry 2 is missing"},
		{"a cut-off tail", `DELETE FROM audit_entries WHERE seq = 3`, "chain ends at entry 2"},
		{"a rewritten hash", `UPDATE audit_entries SET hash = 'x' WHERE seq = 2`, "not what was sealed"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
				org := chainOf(t, db, 3)
				if err := db.Write.Exec(row.statement).Error; err != nil {
					t.Fatal(err)
				}
				chain := verify(t, db, org)
				if chain.Broken == nil || !strings.Contains(chain.Broken.Why, row.why) {
					t.Errorf("got %+v", chain.Broken)
				}
			})
		})
	}
}

func TestSealersAtOnceGiveEachPlaceOnce(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		org := chainOf(t, db, 0)
		for i := range 40 {
			append1(t, db, org, int64(i+1))
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if _, err := ledger.Seal(context.Background(), db); err != nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if chain := verify(t, db, org); chain.Broken != nil || chain.Entries != 40 {
			t.Errorf("got %+v", chain)
		}
	})
}
