package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/demo"
	"github.com/assay-hire/assay/internal/secrets"
)

// demonstrate serves a fresh sample organization.
func demonstrate(ctx context.Context, args []string, out io.Writer) error {
	began := time.Now()
	s, credentials, err := demoSettings(args, out)
	if err != nil {
		return err
	}
	if s.Data == "" {
		if s.Data, err = os.MkdirTemp("", "assay-demo"); err != nil {
			return fmt.Errorf("make a folder for the sample: %w", err)
		}
		defer os.RemoveAll(s.Data)
	}
	s.Resolve()
	if err := setLogging("warn"); err != nil {
		return err
	}
	tell := func(what string) { fmt.Fprintf(out, "%s …\n", what) }
	tell("Preparing the database")
	clock := demo.NewClock(began.Add(-demo.History))
	h, err := openHouse(ctx, s, secrets.TestCost, clock)
	if err != nil {
		return err
	}
	sample, err := buildSample(ctx, h, clock, began, tell)
	if err != nil {
		return errors.Join(err, h.db.Close())
	}
	return h.serve(ctx, func() error {
		if credentials != "" {
			if err := writeCredentials(credentials, h, sample); err != nil {
				return err
			}
		}
		return welcome(out, h, sample, time.Since(began))
	})
}

func demoSettings(args []string, out io.Writer) (config.Settings, string, error) {
	s := config.Settings{WebhookPrivate: "true", Database: os.Getenv("DATABASE_URL"), MailFrom: "Assay <assay@example.com>"}
	set := flag.NewFlagSet("assay demo", flag.ContinueOnError)
	set.SetOutput(out)
	set.StringVar(&s.Addr, "addr", "127.0.0.1:8080", "address to listen on")
	set.StringVar(&s.Data, "data", "", "folder to keep the sample in; must hold no data yet (default a temporary folder, removed at the end)")
	set.StringVar(&s.SMTP, "smtp", os.Getenv("ASSAY_SMTP_URL"), "mail server; without one, mail is shown on the outbox page only")
	set.StringVar(&s.SMS, "sms", os.Getenv("ASSAY_SMS_URL"), "provider of text messages; without one, they are shown on the outbox page only")
	credentials := set.String("credentials", "", "file to write sign-in data to, as JSON, for scripts")
	err := set.Parse(args)
	return s, *credentials, err
}

func buildSample(ctx context.Context, h *house, clock *demo.Clock, now time.Time, tell func(string)) (demo.Sample, error) {
	used, err := demo.Exists(ctx, h.runner)
	if err != nil {
		return demo.Sample{}, err
	}
	if used {
		return demo.Sample{}, errors.New("there is data already; serve it with: assay serve --data DIR, or name an empty folder")
	}
	defer h.runner.DeliverBy(h.post)
	return demo.Build(ctx, h.runner, clock, now, tell)
}

const shownLinks = 3

// welcome says who can sign in and where candidates begin.
func welcome(out io.Writer, h *house, s demo.Sample, took time.Duration) error {
	fmt.Fprintf(out, "\nReady after %.1f s: %s\n\n", took.Seconds(), h.settings.BaseURL)
	fmt.Fprintf(out, "Sign in, each with the password %q:\n", demo.Password)
	people := []struct{ what, mail string }{
		{"recruiter", s.Users.MasterRecruiter.Email}, {"panelist", s.Users.Evaluators[0].Email},
		{"administrator", s.Users.Admin.Email}, {"elsewhere", s.Users.OtherAdmin.Email},
	}
	for _, p := range people {
		fmt.Fprintf(out, "  %-14s %s\n", p.what, p.mail)
	}
	fmt.Fprint(out, "\nOr be a candidate:\n")
	for _, in := range s.Open[:min(shownLinks, len(s.Open))] {
		fmt.Fprintf(out, "  %s, code %s\n    %s\n", in.Name, in.Participation.VerifyCode, attendURL(h, in))
	}
	_, err := fmt.Fprint(out, "\nStop with Ctrl C.\n")
	return err
}

func attendURL(h *house, in demo.Invitation) string {
	return h.settings.BaseURL + "/attend/" + h.runner.World.Links.Code(in.AttemptID, in.Participation.LinkEpoch, time.Now())
}
