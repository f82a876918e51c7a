package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/internal/secrets"
)

// questionImport is what the command was told.
type questionImport struct {
	files        []string
	format       string
	organization int64
	dryRun, json bool
	duplicates   string
	settings     config.Settings
}

// errRefusedFiles ends the command when a file did not come in; the report said which and why.
var errRefusedFiles = errors.New("not every file came in; see its problems")

func importQuestions(ctx context.Context, args []string, out io.Writer) error {
	command, err := parseQuestionImport(args, out)
	if err != nil {
		return err
	}
	report, err := bankfile.ReadFiles(command.files, command.format)
	if err != nil {
		return err
	}
	summary := ""
	if !command.dryRun {
		if summary, err = command.bringIn(ctx, report); err != nil {
			return err
		}
	}
	if command.json {
		err = report.Write(out)
	} else {
		err = printReport(out, report, summary)
	}
	if err != nil {
		return err
	}
	if report.Refused() {
		return errRefusedFiles
	}
	return nil
}

func parseQuestionImport(args []string, out io.Writer) (questionImport, error) {
	var q questionImport
	set := flag.NewFlagSet("assay import questions FILE…", flag.ContinueOnError)
	set.SetOutput(out)
	set.StringVar(&q.format, "format", bankfile.Auto, "auto, gift, moodle-xml, qti, csv or xlsx")
	set.Int64Var(&q.organization, "organization", 0, "id of the organization whose bank the questions go to")
	set.BoolVar(&q.dryRun, "dry-run", false, "only read the files and report; needs no database")
	set.BoolVar(&q.json, "json", false, "report as one JSON document")
	set.StringVar(&q.duplicates, "duplicates", string(actions.SkipDuplicates), "questions the bank has already: skip, update or new")
	q.settings.Flags(set, os.LookupEnv)
	var err error
	if q.files, err = mixed(set, args); err != nil {
		return q, err
	}
	if len(q.files) == 0 {
		return q, errors.New("name at least one file: assay import questions FILE…")
	}
	if !q.dryRun && q.organization == 0 {
		return q, errors.New("say whose bank: --organization ID, or --dry-run to only look")
	}
	q.settings.Resolve()
	return q, nil
}

// mixed parses flags that may stand before, between and behind other arguments, and returns those others.
func mixed(set *flag.FlagSet, args []string) ([]string, error) {
	var others []string
	for {
		if err := set.Parse(args); err != nil {
			return nil, err
		}
		rest := set.Args()
		if len(rest) == 0 {
			return others, nil
		}
		if len(args) > len(rest) && args[len(args)-len(rest)-1] == "--" {
			return append(others, rest...), nil
		}
		others, args = append(others, rest[0]), rest[1:]
	}
}

// bringIn imports the files that are not refused, with the action of the browser, and says how it went.
func (q questionImport) bringIn(ctx context.Context, report questionbank.Report) (summary string, err error) {
	upload := actions.UploadQuestions{Format: q.format}
	for i, path := range q.files {
		if report.Files[i].Refused {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("read %s: %w", path, err)
		}
		upload.Files = append(upload.Files, actions.UploadedFile{Name: filepath.Base(path), Data: data})
	}
	if len(upload.Files) == 0 {
		return "Nothing was imported.", nil
	}
	if err := setLogging(q.settings.LogLevel); err != nil {
		return "", err
	}
	h, err := openHouse(ctx, q.settings, secrets.ServerCost, database.SystemClock{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.organizationExists(ctx, q.organization); err != nil {
		return "", err
	}
	actor := access.Program(q.organization)
	if err := h.runner.Run(ctx, actor, &upload); err != nil {
		return "", err
	}
	done := actions.ImportQuestions{ImportID: upload.Import.ID, Duplicates: actions.Duplicates(q.duplicates)}
	if err := h.runner.Run(ctx, actor, &done); err != nil {
		return "", err
	}
	return fmt.Sprintf("Imported %d questions, updated %d, left out %d that the bank has already.",
		done.Import.Created, done.Import.Updated, done.Import.Skipped), nil
}

func (h *house) organizationExists(ctx context.Context, id int64) error {
	var found int64
	err := h.db.Read.WithContext(ctx).Table("organizations").Where("id = ?", id).Count(&found).Error
	if err != nil {
		return fmt.Errorf("look for organization %d: %w", id, err)
	}
	if found == 0 {
		return fmt.Errorf("there is no organization %d", id)
	}
	return nil
}

// printReport writes the report for people: a table of questions and the problems of each file.
func printReport(out io.Writer, report questionbank.Report, summary string) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, file := range report.Files {
		state := fmt.Sprintf("%d questions", len(file.Questions))
		if file.Refused {
			state = "refused"
		}
		fmt.Fprintf(table, "%s (%s): %s\n", file.File, file.Format, state)
		for i, q := range file.Questions {
			fmt.Fprintf(table, "%5d\t%s\t%s\n", i+1, q.Type, questionbank.Snippet(q.Prompt))
		}
		for _, problem := range file.Problems {
			where := ""
			if problem.Line > 0 {
				where = fmt.Sprintf(" line %d", problem.Line)
			}
			if problem.Question != "" {
				where += fmt.Sprintf(" “%s”", problem.Question)
			}
			fmt.Fprintf(table, "  %s%s: %s\n", problem.Severity, where, problem.Message)
		}
	}
	if summary != "" {
		fmt.Fprintln(table, summary)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
