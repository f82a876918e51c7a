package testkit

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/jobs"
)

// EachDatabase runs a test on a fresh, migrated database of every kind that is here: SQLite always, PostgreSQL when one
// is named or installed. Databases are the test's own, so tests may run in parallel.
func EachDatabase(t *testing.T, test func(t *testing.T, db *database.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t, NewClock()))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t, NewClock()))
	})
}

var sqliteTemplate struct {
	sync.Once
	bytes []byte
	err   error
}

// SQLite returns a migrated database in a file of the test's own. Migrating is done once a process and copied.
func SQLite(t testing.TB, clock database.Clock) *database.DB {
	t.Helper()
	sqliteTemplate.Do(func() { sqliteTemplate.bytes, sqliteTemplate.err = migratedSQLite() })
	if sqliteTemplate.err != nil {
		t.Fatalf("migrate SQLite: %v", sqliteTemplate.err)
	}
	path := filepath.Join(t.TempDir(), "assay.db")
	if err := os.WriteFile(path, sqliteTemplate.bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path, clock)
}

func migratedSQLite() ([]byte, error) {
	dir, err := os.MkdirTemp("", "assay-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "assay.db")
	db, err := database.Open(context.Background(), "sqlite:"+path, database.SystemClock{})
	if err != nil {
		return nil, err
	}
	if err := migrate(db); err != nil {
		db.Close()
		return nil, err
	}
	// Closing the last connection folds the write-ahead log into the file.
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func migrate(db *database.DB) error {
	if _, err := db.Migrate(context.Background()); err != nil {
		return err
	}
	return jobs.Migrate(context.Background(), db)
}

func open(t testing.TB, address string, clock database.Clock) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), address, clock)
	if err != nil {
		t.Fatalf("open database: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	return db
}

// OpenSQLite opens a database file that a program under test made.
func OpenSQLite(t testing.TB, path string) *database.DB {
	t.Helper()
	return open(t, "sqlite:"+path, database.SystemClock{})
}
