package testkit

import (
	"bytes"
	"context"
	"testing"

	"github.com/assay-hire/assay/handlers"
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/live"
	"github.com/assay-hire/assay/internal/mail"
	"github.com/assay-hire/assay/internal/mail/mailtest"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Password is everybody's.
const Password = "touchstone and streak"

// World is two organizations and their people on a database of the test's own, made by running our own actions.
type World struct {
	DB     *database.DB
	Clock  *Clock
	Runner *actions.Runner
	Server *echo.Echo
	Mail   *mailtest.Server // started when a test asks for it with WithMail

	Acme, Umbra models.Organization
	Ada         models.User // administers Acme
	Rita        models.User // recruits for Acme
	Paul        models.User // sits on Rita's panel
	Otto        models.User // administers Umbra, another organization

	hasWorkers bool // background tasks are performed by real workers
	post       notify.Post
}

// EachWorld runs a test in a fresh world on every kind of database that is here.
func EachWorld(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		clock := NewClock()
		test(t, newWorld(t, SQLite(t, clock), clock))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		clock := NewClock()
		test(t, newWorld(t, Postgres(t, clock), clock))
	})
}

// OneWorld returns a world on SQLite, for what no database can make a difference to.
func OneWorld(t testing.TB) *World {
	t.Helper()
	clock := NewClock()
	return newWorld(t, SQLite(t, clock), clock)
}

func newWorld(t testing.TB, db *database.DB, clock *Clock) *World {
	t.Helper()
	w := emptyWorld(t, db, clock)
	w.people(t)
	return w
}

func emptyWorld(t testing.TB, db *database.DB, clock *Clock) *World {
	t.Helper()
	queue, err := jobs.New(db)
	check(t, err)
	w := &World{DB: db, Clock: clock}
	w.Runner = &actions.Runner{DB: db, Jobs: queue, Hub: live.NewHub(db), World: outside(t, clock)}
	w.post = notify.Post{DB: db, From: "Assay <assay@example.com>"}
	w.Runner.Register(w.post)
	check(t, notify.Sync(context.Background(), db.Write))
	key := bytes.Repeat([]byte{7}, 32)
	web.RegisterCookieTypes()
	w.Server = handlers.New(handlers.Parts{DB: db, Actions: w.Runner, Edge: web.NewEdge(w.Runner, "http://assay.test", key, key)})
	return w
}

func outside(t testing.TB, clock *Clock) actions.World {
	t.Helper()
	passwords, err := secrets.NewPasswords(secrets.TestCost, 4)
	check(t, err)
	links, err := attendlink.New(bytes.Repeat([]byte{9}, 32))
	check(t, err)
	signer, err := secrets.NewSigner(bytes.Repeat([]byte{8}, 32))
	check(t, err)
	sealer, err := secrets.NewSealer(bytes.Repeat([]byte{6}, 32))
	check(t, err)
	store, err := files.Open(context.Background(), "mem://", signer, clock.Now)
	check(t, err)
	t.Cleanup(func() { check(t, store.Close()) })
	return actions.World{BaseURL: "http://assay.test", Passwords: passwords, Links: links, Files: store, Sealer: sealer,
		Webhooks: webhook.NewSender(true),
		Limits:   actions.NewLimits(clock.Now)}
}

func (w *World) people(t testing.TB) {
	t.Helper()
	acme := actions.CreateOrganization{Name: "Acme", TimeZone: "Europe/Lisbon", AdminName: "Ada Admin",
		AdminEmail: "ada@acme.example.com", AdminPassword: Password}
	w.Run(t, access.Program(0), &acme)
	w.Acme, w.Ada = acme.Organization, acme.Admin
	umbra := actions.CreateOrganization{Name: "Umbra", TimeZone: "UTC", AdminName: "Otto Other",
		AdminEmail: "otto@umbra.example.com", AdminPassword: Password}
	w.Run(t, access.Program(0), &umbra)
	w.Umbra, w.Otto = umbra.Organization, umbra.Admin
	w.Rita = w.user(t, "Rita Recruiter", "rita@acme.example.com", models.MasterRecruiter)
	w.Paul = w.user(t, "Paul Panelist", "paul@acme.example.com", models.Evaluator)
}

func (w *World) user(t testing.TB, name, email string, role models.Role) models.User {
	t.Helper()
	a := actions.CreateUser{Name: name, Email: email, Roles: []models.Role{role}, Password: Password}
	w.Run(t, access.Program(w.Acme.ID), &a)
	return a.User
}

// As returns a user as an actor.
func (w *World) As(t testing.TB, u models.User) access.Actor {
	t.Helper()
	actor, err := w.Runner.ActorOf(context.Background(), u)
	check(t, err)
	return actor
}

// Run runs an action that must succeed.
func (w *World) Run(t testing.TB, actor access.Actor, a actions.Action) {
	t.Helper()
	if err := w.Runner.Run(context.Background(), actor, a); err != nil {
		t.Fatalf("%T: %v", a, err)
	}
}

// Record runs a recorded action that must succeed and performs what it queued.
func (w *World) Record(t testing.TB, actor access.Actor, a actions.Action) models.ActionRecord {
	t.Helper()
	row, err := w.Runner.Record(context.Background(), actor, a)
	if err != nil {
		t.Fatalf("%T: %v", a, err)
	}
	w.Drain(t)
	check(t, w.DB.Read.First(&row, row.ID).Error)
	return row
}

// WithMail has mail delivered to a real SMTP server in this process from now on.
func (w *World) WithMail(t *testing.T) *mailtest.Server {
	t.Helper()
	w.Mail = mailtest.Start(t)
	sender, err := mail.Open(w.Mail.URL())
	check(t, err)
	w.post.Sender = sender
	w.Runner.DeliverBy(w.post)
	return w.Mail
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// WorldOn returns a world on one kind of database.
func WorldOn(t testing.TB, dialect database.Dialect) *World {
	t.Helper()
	clock := NewClock()
	if dialect == database.Postgres {
		return newWorld(t, Postgres(t, clock), clock)
	}
	return newWorld(t, SQLite(t, clock), clock)
}
