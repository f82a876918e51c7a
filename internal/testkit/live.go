package testkit

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/mail"
	"github.com/assay-hire/assay/internal/mail/mailtest"
)

// LiveWorld is a world that browsers can visit: it serves at URL, its clock runs, background tasks are performed by real
// workers, and its mail goes to a real SMTP server in this process.
type LiveWorld struct {
	*World
	URL   string
	Inbox *mailtest.Server
}

// NewLiveWorld starts a live world on SQLite; it ends with the test.
func NewLiveWorld(t testing.TB) *LiveWorld {
	t.Helper()
	clock := RunningClock()
	return serve(t, newWorld(t, SQLite(t, clock), clock))
}

// NewLiveInstallation starts the program on an empty database, as it is before anybody set it up.
func NewLiveInstallation(t testing.TB) *LiveWorld {
	t.Helper()
	clock := RunningClock()
	return serve(t, emptyWorld(t, SQLite(t, clock), clock))
}

func serve(t testing.TB, w *World) *LiveWorld {
	t.Helper()
	live := &LiveWorld{World: w, Inbox: mailtest.Start(t)}
	sender, err := mail.Open(live.Inbox.URL())
	check(t, err)
	server := httptest.NewServer(w.Server)
	live.URL = server.URL
	w.Runner.World.BaseURL = server.URL
	w.post.Sender = sender
	w.Runner.DeliverBy(w.post)
	check(t, w.Runner.Jobs.Start(context.Background()))
	w.hasWorkers = true
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		ending, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		check(t, w.Runner.Jobs.Stop(ending))
	})
	return live
}

// Browser opens a browser on the world.
func (w *LiveWorld) Browser(t testing.TB) *Browser {
	t.Helper()
	return OpenBrowser(t, w.URL)
}
