package database_test

import (
	"path/filepath"
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
)

// TestAFilledDatabaseIsUpgraded begins with rows from before participations were tallied.
func TestAFilledDatabaseIsUpgraded(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "old.db") },
		"postgres": func(t *testing.T) string { return testkit.PostgresAddress(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := database.Open(t.Context(), address(t), testkit.NewClock())
			check(t, err)
			t.Cleanup(func() { check(t, db.Close()) })
			if _, err := database.MigrateTo(db, t.Context(), 16); err != nil {
				t.Fatal(err)
			}
			fillAsBefore(t, db)
			if n, err := db.Migrate(t.Context()); err != nil || n == 0 {
				t.Fatalf("%d migrations: %v", n, err)
			}
			wantTallied(t, db, 1, "upgraded")
			check(t, db.Write.Exec("UPDATE assessment_candidates SET status_id = 15, score = 70 WHERE id = 1").Error)
			wantTallied(t, db, 1, "changed since")
		})
	}
}

// fillAsBefore writes an assessment with three participations, one of them scored.
func fillAsBefore(t *testing.T, db *database.DB) {
	t.Helper()
	const at = "'2026-01-02 03:04:05+00:00', '2026-01-02 03:04:05+00:00'"
	for _, statement := range []string{
		"INSERT INTO organizations (id, created_at, updated_at, name, switches) VALUES (1, " + at + ", 'Acme', '{}')",
		"INSERT INTO assessments (id, created_at, updated_at, organization_id, title, status_id) VALUES (1, " + at + ", 1, 'Clerk', 2)",
		"INSERT INTO candidates (id, created_at, updated_at, organization_id, email) SELECT id, " + at +
			", 1, 'c' || id || '@example.org' FROM statuses WHERE id < 4",
		"INSERT INTO assessment_candidates (id, created_at, updated_at, organization_id, assessment_id, candidate_id, status_id, system_status_id, " +
			"status_since, score) SELECT id, created_at, updated_at, 1, 1, id, id, id, created_at, CASE WHEN id = 2 THEN 61.7 END FROM candidates",
	} {
		check(t, db.Write.Exec(statement).Error)
	}
}
