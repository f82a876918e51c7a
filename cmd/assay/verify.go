package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

var errBroken = errors.New("the ledger is not as it was sealed")

// verify recomputes the audit chains. It returns errBroken when one is broken, after naming the first broken entry.
func verify(ctx context.Context, args []string, out io.Writer) error {
	var s config.Settings
	set := flag.NewFlagSet("assay verify", flag.ContinueOnError)
	set.SetOutput(out)
	organization := set.Int64("organization", 0, "id of the organization (default every one)")
	s.Flags(set, os.LookupEnv)
	if err := set.Parse(args); err != nil {
		return err
	}
	s.Resolve()
	if err := setLogging("error"); err != nil {
		return err
	}
	db, err := database.Open(ctx, s.Database, database.SystemClock{})
	if err != nil {
		return err
	}
	return errors.Join(proveChains(ctx, db, *organization, out), db.Close())
}

func proveChains(ctx context.Context, db *database.DB, organization int64, out io.Writer) error {
	if _, err := ledger.Seal(ctx, db); err != nil {
		return err
	}
	query := db.Read.WithContext(ctx).Order("id")
	if organization != 0 {
		query = query.Where("id = ?", organization)
	}
	var organizations []models.Organization
	if err := query.Find(&organizations).Error; err != nil {
		return fmt.Errorf("list organizations: %w", err)
	}
	if organization != 0 && len(organizations) == 0 {
		return fmt.Errorf("there is no organization %d", organization)
	}
	var broken error
	for _, o := range organizations {
		chain, err := ledger.Verify(ctx, db.Read, o.ID)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "organization %d, %s: %d entries, head %s\n", o.ID, o.Name, chain.Entries, chain.Head)
		if b := chain.Broken; b != nil {
			fmt.Fprintf(out, "  broken at entry %d (row %d): %s\n", b.Seq, b.EntryID, b.Why)
			broken = errBroken
		}
	}
	return broken
}
