package database

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"math"
	"net/url"
	"testing/fstest"
	"text/template"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the database to the newest schema. Several servers may start at once: one migrates, the others wait.
// It returns how many migrations ran.
func (db *DB) Migrate(ctx context.Context) (int, error) { return db.migrateTo(ctx, newest) }

const newest = math.MaxInt64

func (db *DB) migrateTo(ctx context.Context, version int64) (int, error) {
	files, err := db.Dialect.renderMigrations()
	if err != nil {
		return 0, err
	}
	provider, source, err := db.migrationProvider(files)
	if err != nil {
		return 0, fmt.Errorf("prepare migrations: %w", err)
	}
	if source != nil {
		defer source.Close()
	}
	results, err := provider.UpTo(ctx, version)
	if err != nil {
		return len(results), fmt.Errorf("migrate: %w", err)
	}
	return len(results), nil
}

func (db *DB) migrationProvider(files fs.FS) (*goose.Provider, *sql.DB, error) {
	if db.Dialect == Postgres {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return nil, nil, err
		}
		p, err := goose.NewProvider(goose.DialectPostgres, db.sources[0], files, goose.WithSessionLocker(locker))
		return p, nil, err
	}
	source, err := db.sqliteWithoutForeignKeys()
	if err != nil {
		return nil, nil, err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, source, files)
	return p, source, err
}

// sqliteWithoutForeignKeys opens a handle of its own: a table rebuilt with foreign keys on would delete what refers to
// its rows, and the switch has no effect inside a transaction.
func (db *DB) sqliteWithoutForeignKeys() (*sql.DB, error) {
	var path string
	if err := db.sources[0].QueryRow("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path); err != nil {
		return nil, fmt.Errorf("find the database file: %w", err)
	}
	address := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + sqlitePragmas + "&_txlock=immediate&_pragma=foreign_keys(0)"
	source, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, fmt.Errorf("open SQLite to migrate: %w", err)
	}
	source.SetMaxOpenConns(1)
	return source, nil
}

// renderMigrations fills the dialect's column types into the migration files.
func (d Dialect) renderMigrations() (fs.FS, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	rendered := fstest.MapFS{}
	for _, name := range names {
		t, err := template.ParseFS(migrations, name)
		if err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
		var out bytes.Buffer
		if err := t.Execute(&out, d.columnTypes()); err != nil {
			return nil, fmt.Errorf("render %s: %w", name, err)
		}
		rendered[name[len("migrations/"):]] = &fstest.MapFile{Data: out.Bytes()}
	}
	return rendered, nil
}
