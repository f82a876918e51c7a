package main

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/assay-hire/assay/handlers"
	v4 "github.com/assay-hire/assay/handlers/api/v4"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/live"
	"github.com/assay-hire/assay/internal/mail"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/textmessage"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// house is the program's parts, wired.
type house struct {
	settings config.Settings
	db       *database.DB
	queue    *jobs.Queue
	hub      *live.Hub
	runner   *actions.Runner
	post     notify.Post
	server   *echo.Echo
	metrics  *metrics
}

// openHouse opens and migrates the database and wires the parts. Cost is what a password hash takes.
func openHouse(ctx context.Context, s config.Settings, cost secrets.Cost, clock database.Clock) (_ *house, err error) {
	key, err := s.SecretKey()
	if err != nil {
		return nil, err
	}
	h := &house{settings: s}
	if h.db, err = openDatabase(ctx, s, clock); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.db.Close())
		}
	}()
	if h.queue, err = jobs.New(h.db); err != nil {
		return nil, err
	}
	h.hub = live.NewHub(h.db)
	world, err := openWorld(ctx, s, key, cost)
	if err != nil {
		return nil, err
	}
	h.runner = &actions.Runner{DB: h.db, Jobs: h.queue, Hub: h.hub, World: world}
	if h.post, err = openPost(s, h.db); err != nil {
		return nil, err
	}
	h.runner.Register(h.post)
	web.RegisterCookieTypes()
	edge := web.NewEdge(h.runner, s.BaseURL, derive(key, "cookie-sign"), derive(key, "cookie-seal"))
	if edge.Proxies, err = s.TrustedProxies(); err != nil {
		return nil, err
	}
	perMinute, err := s.APIPerMinute()
	if err != nil {
		return nil, err
	}
	h.metrics = newMetrics(h.db)
	edge.Observe = h.metrics.observe
	parts := handlers.Parts{DB: h.db, Actions: h.runner, Edge: edge, API: v4.Settings{PerMinute: perMinute}}
	if s.MetricsAddr == "" {
		parts.Metrics = fromHere(h.metrics.handler())
	}
	h.server = handlers.New(parts)
	return h, nil
}

// openPost says how messages leave.
func openPost(s config.Settings, db *database.DB) (post notify.Post, err error) {
	post = notify.Post{DB: db, From: s.MailFrom}
	if s.SMTP != "" {
		if post.Sender, err = mail.Open(s.SMTP); err != nil {
			return post, err
		}
	}
	if s.SMS != "" {
		if post.Texts, err = textmessage.Open(s.SMS); err != nil {
			return post, err
		}
	}
	return post, nil
}

func openDatabase(ctx context.Context, s config.Settings, clock database.Clock) (*database.DB, error) {
	db, err := database.Open(ctx, s.Database, clock)
	if err != nil {
		return nil, err
	}
	if err := migrateAll(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func migrateAll(ctx context.Context, db *database.DB) error {
	if _, err := db.Migrate(ctx); err != nil {
		return err
	}
	if err := jobs.Migrate(ctx, db); err != nil {
		return err
	}
	return notify.Sync(ctx, db.Write)
}

const passwordsAtOnce = 4

func openWorld(ctx context.Context, s config.Settings, key []byte, cost secrets.Cost) (actions.World, error) {
	passwords, err := secrets.NewPasswords(cost, passwordsAtOnce)
	if err != nil {
		return actions.World{}, err
	}
	links, err := attendlink.New(derive(key, "attend-link"))
	if err != nil {
		return actions.World{}, err
	}
	signer, err := secrets.NewSigner(derive(key, "file-link"))
	if err != nil {
		return actions.World{}, err
	}
	sealer, err := secrets.NewSealer(derive(key, "seal"))
	if err != nil {
		return actions.World{}, err
	}
	store, err := openFiles(ctx, s.Files, signer)
	if err != nil {
		return actions.World{}, err
	}
	private, err := s.WebhooksReachPrivate()
	if err != nil {
		return actions.World{}, err
	}
	return actions.World{BaseURL: s.BaseURL, Webhooks: webhook.NewSender(private), Passwords: passwords, Links: links, Files: store, Sealer: sealer,
		Limits: actions.NewLimits(database.SystemClock{}.Now)}, nil
}

// openFiles opens the store of uploaded files. A folder given as file:// is made when it does not exist.
func openFiles(ctx context.Context, location string, signer *secrets.Signer) (*files.Store, error) {
	return files.Open(ctx, strings.TrimPrefix(location, "file://"), signer, database.SystemClock{}.Now)
}

// derive makes a key for one purpose from the program's secret.
func derive(secret []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, "assay "+purpose, 32)
	if err != nil {
		panic(fmt.Sprintf("derive a key of 32 bytes: %v", err)) // cannot happen: the length is within HKDF's bound
	}
	return key
}

const (
	sealEvery    = time.Second
	shutdownTime = 20 * time.Second
)

// serve answers requests until ctx ends, then lets running requests and tasks finish.
func (h *house) serve(ctx context.Context, ready func() error) error {
	if err := h.queue.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	if h.settings.MetricsAddr != "" {
		if err := h.metrics.serve(background, h.settings.MetricsAddr); err != nil {
			stop()
			return errors.Join(fmt.Errorf("listen for metrics: %w", err), h.queue.Stop(ctx), h.close())
		}
	}
	go h.hub.Listen(background)
	sealed := make(chan struct{})
	go func() { defer close(sealed); h.keepSealing(background) }()

	failed := make(chan error, 1)
	go func() { failed <- h.listen(ready) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		slog.Info("stopping")
	}
	h.hub.Close()
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	err = errors.Join(err, h.server.Shutdown(closing), h.queue.Stop(closing))
	stop()
	<-sealed
	_, sealErr := ledger.Seal(closing, h.db)
	return errors.Join(err, sealErr, h.close())
}

// close lets go of files and database.
func (h *house) close() error { return errors.Join(h.runner.Files.Close(), h.db.Close()) }

func (h *house) keepSealing(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(sealEvery):
			if _, err := ledger.Seal(ctx, h.db); err != nil && ctx.Err() == nil {
				slog.Error("ledger not sealed", "error", err)
			}
		}
	}
}

func setLogging(level string) error {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return fmt.Errorf("log level: want debug, info, warn or error, got %q", level)
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l})))
	return nil
}
