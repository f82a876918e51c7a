package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/secrets"
)

// exporting dispatches on what is to be exported.
func exporting(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == "questions" {
		return exportQuestions(ctx, args[1:], out)
	}
	return fmt.Errorf("say what to export: assay export questions --format FORMAT --organization ID")
}

func exportQuestions(ctx context.Context, args []string, out io.Writer) (err error) {
	var s config.Settings
	set := flag.NewFlagSet("assay export questions", flag.ContinueOnError)
	set.SetOutput(out)
	format := set.String("format", "", "gift, moodle-xml, qti3, csv or xlsx")
	organization := set.Int64("organization", 0, "id of the organization whose questions are meant")
	target := set.String("out", "", "file to write (default standard output)")
	s.Flags(set, os.LookupEnv)
	if others, err := mixed(set, args); err != nil {
		return err
	} else if len(others) > 0 {
		return fmt.Errorf("what is %q? Name the file with --out", others[0])
	}
	if *organization == 0 {
		return errors.New("say whose questions: --organization ID")
	}
	s.Resolve()
	if err := setLogging(s.LogLevel); err != nil {
		return err
	}
	h, err := openHouse(ctx, s, secrets.ServerCost, database.SystemClock{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.organizationExists(ctx, *organization); err != nil {
		return err
	}
	export := actions.ExportQuestions{Format: *format}
	if err := h.runner.Run(ctx, access.Program(*organization), &export); err != nil {
		return err
	}
	return writeExport(export, *target, out)
}

// writeExport puts the file where it is wanted; what the format cannot hold is said beside it.
func writeExport(export actions.ExportQuestions, target string, out io.Writer) error {
	for _, problem := range export.Problems {
		fmt.Fprintf(os.Stderr, "%s “%s”: %s\n", problem.Severity, problem.Question, problem.Message)
	}
	if target == "" {
		if _, err := out.Write(export.File); err != nil {
			return fmt.Errorf("write the questions: %w", err)
		}
		return nil
	}
	if err := os.WriteFile(target, export.File, 0o600); err != nil {
		return fmt.Errorf("write the questions: %w", err)
	}
	fmt.Fprintf(out, "%d questions in %s\n", export.Count, target)
	return nil
}
