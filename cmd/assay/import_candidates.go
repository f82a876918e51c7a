package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// candidateImport is what assay import candidates was told.
type candidateImport struct {
	settings     config.Settings
	organization int64
	dryRun       bool
	asJSON       bool
	update       bool
}

// candidateReport is what one file came to.
type candidateReport struct {
	File     string                   `json:"file"`
	Rows     int                      `json:"rows"`
	Created  int                      `json:"created"`
	Updated  int                      `json:"updated"`
	Skipped  int                      `json:"skipped"`
	DryRun   bool                     `json:"dry_run"`
	Problems []candidatesheet.Problem `json:"problems"`
}

func importCandidates(ctx context.Context, args []string, out io.Writer) (err error) {
	var c candidateImport
	set := flag.NewFlagSet("assay import candidates", flag.ContinueOnError)
	set.SetOutput(out)
	set.Int64Var(&c.organization, "organization", 0, "id of the organization that the people become candidates of")
	set.BoolVar(&c.dryRun, "dry-run", false, "say what would happen and write nothing")
	set.BoolVar(&c.asJSON, "json", false, "report as JSON")
	set.BoolVar(&c.update, "update-duplicates", false, "update people who are candidates already (default leave them as they are)")
	c.settings.Flags(set, os.LookupEnv)
	paths, err := parseAround(set, args)
	if err != nil {
		return err
	}
	if c.organization == 0 || len(paths) == 0 {
		return errors.New("name the files, and the organization with --organization ID")
	}
	c.settings.Resolve()
	if err := setLogging("warn"); err != nil {
		return err
	}
	h, err := openHouse(ctx, c.settings, secrets.ServerCost, database.SystemClock{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	return c.files(ctx, h, paths, out)
}

// parseAround parses flags that may stand before, between and behind the files.
func parseAround(set *flag.FlagSet, args []string) (files []string, err error) {
	for {
		if err := set.Parse(args); err != nil {
			return nil, err
		}
		if set.NArg() == 0 {
			return files, nil
		}
		files, args = append(files, set.Arg(0)), set.Args()[1:]
	}
}

func (c candidateImport) files(ctx context.Context, h *house, paths []string, out io.Writer) error {
	var found int64
	err := h.db.Read.WithContext(ctx).Model(&models.Organization{}).Where("id = ? AND NOT is_deleted", c.organization).Count(&found).Error
	if err != nil {
		return fmt.Errorf("look for the organization: %w", err)
	}
	if found == 0 {
		return fmt.Errorf("there is no organization with the id %d", c.organization)
	}
	for _, path := range paths {
		report, err := c.file(ctx, h, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := c.tell(report, out); err != nil {
			return err
		}
	}
	return nil
}

func (c candidateImport) file(ctx context.Context, h *house, path string) (candidateReport, error) {
	actor := access.Program(c.organization)
	content, err := os.Open(path)
	if err != nil {
		return candidateReport{}, err
	}
	defer content.Close() // only read
	upload := &actions.UploadImport{Name: filepath.Base(path), Content: content}
	if err := h.runner.Run(ctx, actor, upload); err != nil {
		return candidateReport{}, err
	}
	duplicates := actions.SkipDuplicates
	if c.update {
		duplicates = actions.UpdateDuplicates
	}
	row := upload.Import
	mapping := &actions.MapImport{ID: row.ID, Mapping: candidatesheet.Restored(row.Mapping), Duplicates: duplicates}
	if err := h.runner.Run(ctx, actor, mapping); err != nil {
		return candidateReport{}, err
	}
	if c.dryRun {
		return c.check(ctx, h, actor, row)
	}
	return c.commit(ctx, h, actor, row)
}

func (c candidateImport) check(ctx context.Context, h *house, actor access.Actor, row models.Import) (candidateReport, error) {
	found, err := h.runner.CheckImport(ctx, actor, row)
	report := candidateReport{File: row.FileName, Rows: found.Rows, Created: found.New, Skipped: found.Refused, DryRun: true, Problems: found.Problems}
	if c.update {
		report.Updated = found.Existing
	} else {
		report.Skipped += found.Existing
	}
	return report, err
}

func (c candidateImport) commit(ctx context.Context, h *house, actor access.Actor, row models.Import) (candidateReport, error) {
	if err := h.runner.Run(ctx, actor, &actions.CommitImport{ID: row.ID, Inline: true}); err != nil {
		return candidateReport{}, err
	}
	if err := h.runner.PerformImport(ctx, row.ID); err != nil {
		return candidateReport{}, err
	}
	if err := h.db.Read.WithContext(ctx).First(&row, row.ID).Error; err != nil {
		return candidateReport{}, fmt.Errorf("load import: %w", err)
	}
	if row.Status == models.ImportFailed {
		return candidateReport{}, errors.New(*row.Message)
	}
	problems, err := actions.ImportProblems(row)
	return candidateReport{File: row.FileName, Rows: row.Done, Created: row.Created, Updated: row.Updated, Skipped: row.Skipped,
		Problems: problems}, err
}

func (c candidateImport) tell(r candidateReport, out io.Writer) error {
	if c.asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	for _, p := range r.Problems {
		where := fmt.Sprintf("line %d", p.Line)
		if p.Column != "" {
			where += ", " + p.Column
		}
		if _, err := fmt.Fprintf(out, "%s: %s: %s %s\n", r.File, where, p.Text, p.Value); err != nil {
			return err
		}
	}
	words := "%s: %d rows, %d new, %d updated, %d left out.\n"
	if r.DryRun {
		words = "%s: %d rows, %d would be new, %d updated, %d left out. No candidate was changed.\n"
	}
	_, err := fmt.Fprintf(out, words, r.File, r.Rows, r.Created, r.Updated, r.Skipped)
	return err
}
