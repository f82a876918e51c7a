package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/assay-hire/assay/views/gallery"
)

// showGallery serves the gallery of components; it needs no database.
func showGallery(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("assay gallery", flag.ContinueOnError)
	set.SetOutput(out)
	addr := set.String("addr", "127.0.0.1:8090", "address to listen on")
	if err := set.Parse(args); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: gallery.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { <-ctx.Done(); server.Close() }()
	fmt.Fprintf(out, "The gallery is at http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the gallery: %w", err)
	}
	return nil
}
