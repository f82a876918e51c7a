package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/secrets"
)

func demo(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("assay demo", flag.ContinueOnError)
	set.SetOutput(out)
	addr := set.String("addr", "127.0.0.1:8080", "address to listen on")
	data := set.String("data", "", "folder to keep the sample in (default a temporary folder, removed at the end)")
	credentials := set.String("credentials", "", "file to write sign-in data to, as JSON, for scripts")
	if err := set.Parse(args); err != nil {
		return err
	}
	if *data == "" {
		dir, err := os.MkdirTemp("", "assay-demo")
		if err != nil {
			return fmt.Errorf("make a folder for the sample: %w", err)
		}
		defer os.RemoveAll(dir)
		*data = dir
	}
	if err := setLogging("warn"); err != nil {
		return err
	}
	s := config.Settings{Addr: *addr, Data: *data, Database: os.Getenv("DATABASE_URL"), MailFrom: "Assay <assay@example.com>"}
	s.Resolve()
	fmt.Fprintln(out, "Preparing the database …")
	h, err := openHouse(ctx, s, secrets.TestCost)
	if err != nil {
		return err
	}
	_ = credentials
	return h.serve(ctx, func() { fmt.Fprintf(out, "Assay answers at %s\n", s.BaseURL) })
}
