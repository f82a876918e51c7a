package testkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/database"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops test databases
)

var cluster struct {
	sync.Once
	admin string // address of a database from which others are made
	stop  func()
	err   error
	count atomic.Int64
}

var errNoPostgres = errors.New("no PostgreSQL: neither ASSAY_TEST_POSTGRES nor its programs are here")

const templateName = "assay_template"

// Postgres returns a database cloned from a migrated template, dropped when the test ends. Without PostgreSQL the test
// is skipped, or fails where ASSAY_TEST_REQUIRE names postgres.
func Postgres(t testing.TB, clock database.Clock) *database.DB {
	t.Helper()
	cluster.Do(func() { cluster.admin, cluster.stop, cluster.err = startPostgres() })
	if cluster.err != nil {
		missing(t, "postgres", cluster.err)
	}
	name := fmt.Sprintf("assay_test_%d_%d", os.Getpid(), cluster.count.Add(1))
	execAdmin(t, "CREATE DATABASE "+name+" TEMPLATE "+templateOf())
	t.Cleanup(func() { execAdmin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return open(t, withDatabase(cluster.admin, name), clock)
}

// missing skips a test for want of a part of the outside world, or fails it where that part is required.
func missing(t testing.TB, part string, why error) {
	t.Helper()
	for _, required := range strings.Split(os.Getenv("ASSAY_TEST_REQUIRE"), ",") {
		if strings.TrimSpace(required) == part {
			t.Fatalf("%s is required here: %v", part, why)
		}
	}
	t.Skipf("without %s: %v", part, why)
}

// StopPostgres ends the throw-away cluster of this process. TestMain calls it.
func StopPostgres() {
	if cluster.stop != nil {
		cluster.stop()
	}
}

func templateOf() string { return templateName + "_" + strconv.Itoa(os.Getpid()) }

func startPostgres() (string, func(), error) {
	admin, stop := os.Getenv("ASSAY_TEST_POSTGRES"), func() {}
	if admin == "" {
		var err error
		if admin, stop, err = throwAwayCluster(); err != nil {
			return "", nil, err
		}
	}
	if err := migrateTemplate(admin); err != nil {
		stop()
		return "", nil, err
	}
	return admin, func() { dropTemplate(admin); stop() }, nil
}

func migrateTemplate(admin string) error {
	source, err := sql.Open("pgx", admin)
	if err != nil {
		return err
	}
	defer source.Close()
	if _, err := source.Exec("CREATE DATABASE " + templateOf()); err != nil {
		return fmt.Errorf("make the template database: %w", err)
	}
	db, err := database.Open(context.Background(), withDatabase(admin, templateOf()), database.SystemClock{})
	if err != nil {
		return err
	}
	defer db.Close()
	return migrate(db)
}

func dropTemplate(admin string) {
	source, err := sql.Open("pgx", admin)
	if err != nil {
		return
	}
	defer source.Close()
	// The cluster may be gone already; then so is the template.
	_, _ = source.Exec("DROP DATABASE IF EXISTS " + templateOf() + " WITH (FORCE)")
}

func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path = "/" + name
	return u.String()
}

func execAdmin(t testing.TB, statement string) {
	t.Helper()
	source, err := sql.Open("pgx", cluster.admin)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	if _, err := source.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// throwAwayCluster makes and starts a cluster in a temporary folder, as a user that is not root: the server refuses to
// run as root. It listens on a Unix socket only.
func throwAwayCluster() (string, func(), error) {
	bin, err := postgresPrograms()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "assaypg")
	if err != nil {
		return "", nil, err
	}
	stop := func() { os.RemoveAll(dir) }
	attributes, err := unprivileged(dir)
	if err != nil {
		stop()
		return "", nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "assay", "-A", "trust", "-E", "UTF8",
		"--no-sync", "--locale=C.UTF-8")
	initdb.SysProcAttr, initdb.Dir = attributes, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		stop()
		return "", nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=400")
	server.SysProcAttr, server.Dir = attributes, dir
	if err := server.Start(); err != nil {
		stop()
		return "", nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	address := "postgres://assay@/postgres?host=" + url.QueryEscape(dir)
	stop = func() {
		_ = server.Process.Signal(syscall.SIGQUIT)
		_ = server.Wait()
		os.RemoveAll(dir)
	}
	if err := awaitPostgres(address); err != nil {
		stop()
		return "", nil, err
	}
	return address, stop, nil
}

func awaitPostgres(address string) error {
	source, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer source.Close()
	for deadline := time.Now().Add(30 * time.Second); ; {
		if err = source.Ping(); err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func postgresPrograms() (string, error) {
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	for i := len(folders) - 1; i >= 0; i-- {
		if _, err := os.Stat(filepath.Join(folders[i], "initdb")); err == nil {
			return folders[i], nil
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errNoPostgres
}

// unprivileged returns process attributes for a user that is not root, to whom it hands the folder.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return attributes, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return attributes, os.Chown(dir, uid, gid)
	}
	return nil, fmt.Errorf("run PostgreSQL: %w", errors.New("no user but root"))
}

// PostgresAddress returns the address of an empty database of the test's own, for a program under test to migrate.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	cluster.Do(func() { cluster.admin, cluster.stop, cluster.err = startPostgres() })
	if cluster.err != nil {
		missing(t, "postgres", cluster.err)
	}
	name := fmt.Sprintf("assay_test_%d_%d", os.Getpid(), cluster.count.Add(1))
	execAdmin(t, "CREATE DATABASE "+name)
	t.Cleanup(func() { execAdmin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return withDatabase(cluster.admin, name)
}
