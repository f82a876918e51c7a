package main

import (
	"context"
	"fmt"
	"io"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
)

func migrate(ctx context.Context, args []string, out io.Writer) error {
	var s config.Settings
	if err := settings("migrate", &s, args, out); err != nil {
		return err
	}
	db, err := openDatabase(ctx, s, database.SystemClock{})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "The database has the newest schema.")
	return db.Close()
}
