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
	{"import", "bring questions into a bank, or see what would come in", importing},
	{"export", "write the questions of a bank to a file", exporting},
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
	fmt.Fprint(out, "\nassay help COMMAND shows a command's options, each with its default and its environment variable.\n")
	return nil
}
