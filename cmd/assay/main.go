// Command assay is Assay: the server, its demo and its tools, one subcommand each.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// command is one subcommand. Run returns an error whose text is for whoever typed it.
type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, out io.Writer) error
}

var commands = []command{
	{"demo", "serve a fresh sample organization, for a first look", demonstrate},
	{"serve", "serve for real use", serve},
	{"migrate", "bring the database to the newest schema", migrate},
	{"import", "bring questions or candidates in from files, or see what would come in", importFiles},
	{"export", "write the questions of a bank to a file", exporting},
	{"openapi", "print the OpenAPI document of every JSON API", describeAPIs},
	{"user", "add people, list them, set passwords and roles", user},
	{"verify", "prove the audit log, or name the first broken entry", verify},
	{"gallery", "show every part of the screens in all its states", showGallery},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "assay:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		return help(args, out)
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(ctx, args[1:], out)
		}
	}
	return fmt.Errorf("there is no command %q; assay help lists them", args[0])
}

func help(args []string, out io.Writer) error {
	if len(args) > 1 {
		return run(context.Background(), []string{args[1], "-help"}, out)
	}
	fmt.Fprint(out, "Assay: recruiting you host yourself.\n\nUsage: assay COMMAND [options]\n\n")
	for _, c := range commands {
		fmt.Fprintf(out, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(out, helpEnd)
	return nil
}

const helpEnd = `
assay help COMMAND shows a command's options, each with its default and its environment variable.

For a first look
  assay demo                     a sample organization, gone when you stop it

For real use
  assay serve                    keeps everything in the folder data, answers at http://127.0.0.1:8080
                                 and prints a one-time code for the first page
  DATABASE_URL=postgres://…      keeps the data in PostgreSQL instead; several servers may share one
  ASSAY_BASE_URL=https://…       the address under which people reach it, for links in mails and secure cookies
  ASSAY_SMTP_URL=smtp://…        sends mail; without it, messages stay on the outbox page
  ASSAY_SMS_URL=https://…        sends text messages beside mails where an organization wants them; assay help serve
                                 says how such an address tells what a provider expects
  ASSAY_TRUSTED_PROXIES=…        needed behind a proxy, so that rate limits see who really calls

To look after it
  /healthz and /readyz           say whether the program runs and whether it can work
  /metrics                       numbers for Prometheus, for callers on the same machine; --metrics-addr moves them
  assay verify                   recomputes the audit log; keep the head it prints to prove it later
  assay user password            lets somebody in who lost the password, without mail

Keep copies of the database, of the folder of uploaded files and of data/secret.key: without that key, links and
sign-ins made before are void.
`
