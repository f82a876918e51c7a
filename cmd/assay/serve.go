package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/secrets"
)

func serve(ctx context.Context, args []string, out io.Writer) error {
	var s config.Settings
	if err := settings("serve", &s, args, out); err != nil {
		return err
	}
	h, err := openHouse(ctx, s, secrets.ServerCost, database.SystemClock{})
	if err != nil {
		return err
	}
	return h.serve(ctx, func() error {
		if _, err := fmt.Fprintf(out, "Assay answers at %s\n", s.BaseURL); err != nil {
			return err
		}
		return h.announceFirstRun(ctx, out)
	})
}

// settings parses a command's flags into s.
func settings(name string, s *config.Settings, args []string, out io.Writer) error {
	set := flag.NewFlagSet("assay "+name, flag.ContinueOnError)
	set.SetOutput(out)
	s.Flags(set, os.LookupEnv)
	if err := set.Parse(args); err != nil {
		return err
	}
	s.Resolve()
	return setLogging(s.LogLevel)
}

// listen answers requests until the server is shut down, and calls ready once it can be reached.
func (h *house) listen(ready func() error) error {
	listener, err := net.Listen("tcp", h.settings.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := h.server.Server
	server.Handler, server.ReadHeaderTimeout, server.IdleTimeout = h.server, 10*time.Second, 2*time.Minute
	if err := ready(); err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
