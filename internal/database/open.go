package database

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/glebarez/sqlite"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// DB is an open database. On SQLite, Write is the one connection that writes and Read a pool that never does; on
// PostgreSQL both are the same pool. A query inside a transaction must use the transaction, or the one writer waits for
// itself.
type DB struct {
	Write, Read *gorm.DB
	Dialect     Dialect
	Clock       Clock
	// Pool is the PostgreSQL pool that job workers listen on; nil on SQLite.
	Pool    *pgxpool.Pool
	sources []*sql.DB
}

// Open connects to the database a URL names: postgres://… , or sqlite:PATH for a file, made with its folder if absent.
// It does not migrate.
func Open(ctx context.Context, address string, clock Clock) (*DB, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return openPostgres(ctx, address, clock)
	}
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok || path == "" {
		return nil, fmt.Errorf("database address: want postgres://… or sqlite:PATH")
	}
	return openSQLite(path, clock)
}

func config(clock Clock) *gorm.Config {
	return &gorm.Config{
		NowFunc:        clock.Now,
		TranslateError: true,
		Logger: logger.NewSlogLogger(slog.Default(), logger.Config{
			SlowThreshold: time.Second, LogLevel: logger.Warn, IgnoreRecordNotFoundError: true, ParameterizedQueries: true,
		}),
	}
}

func openPostgres(ctx context.Context, address string, clock Clock) (*DB, error) {
	settings, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	settings.AfterConnect = planEachTime
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	source := stdlib.OpenDBFromPool(pool)
	source.SetMaxIdleConns(0) // the pool beneath keeps the idle ones
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: source}), config(clock))
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	return &DB{Write: db, Read: db, Dialect: Postgres, Clock: clock, Pool: pool, sources: []*sql.DB{source}}, nil
}

// planEachTime has statements planned for the values they come with. A plan kept for any value reads a whole table for
// a search term that an index would find at once, and lists of a small organization the way a large one needs.
func planEachTime(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SET plan_cache_mode = force_custom_plan")
	return err
}

const (
	sqliteReaders = 4
	sqlitePragmas = "_time_format=sqlite&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)"
)

// openSQLite keeps synchronous at FULL: an acknowledged save must survive a power cut, not only a killed process.
func openSQLite(path string, clock Clock) (*DB, error) {
	foldFunction()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the database's folder: %w", err)
	}
	write, writeSource, err := sqliteHandle(path, "&_txlock=immediate&_pragma=foreign_keys(1)", 1, clock)
	if err != nil {
		return nil, err
	}
	read, readSource, err := sqliteHandle(path, "&_pragma=foreign_keys(1)&_pragma=query_only(1)", sqliteReaders, clock)
	if err != nil {
		writeSource.Close()
		return nil, err
	}
	return &DB{Write: write, Read: read, Dialect: SQLite, Clock: clock, sources: []*sql.DB{writeSource, readSource}}, nil
}

func sqliteHandle(path, extra string, connections int, clock Clock) (*gorm.DB, *sql.DB, error) {
	source, err := sql.Open(sqlite.DriverName, "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+sqlitePragmas+extra)
	if err != nil {
		return nil, nil, fmt.Errorf("open SQLite: %w", err)
	}
	source.SetMaxOpenConns(connections)
	source.SetMaxIdleConns(connections)
	db, err := gorm.Open(sqlite.Dialector{Conn: source}, config(clock))
	if err != nil {
		source.Close()
		return nil, nil, fmt.Errorf("open SQLite: %w", err)
	}
	return db, source, nil
}

// Close closes every handle.
func (db *DB) Close() error {
	var first error
	for _, source := range db.sources {
		if err := source.Close(); err != nil && first == nil {
			first = err
		}
	}
	if db.Pool != nil {
		db.Pool.Close()
	}
	return first
}

// WriteSource returns the database/sql handle beneath Write.
func (db *DB) WriteSource() *sql.DB { return db.sources[0] }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	for _, source := range db.sources {
		if err := source.PingContext(ctx); err != nil {
			return fmt.Errorf("reach the database: %w", err)
		}
	}
	return nil
}
