package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"

	"github.com/assay-hire/assay/handlers"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
)

// describeAPIs prints one OpenAPI document of every JSON API. It needs no database.
func describeAPIs(_ context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("assay openapi", flag.ContinueOnError)
	set.SetOutput(out)
	if err := set.Parse(args); err != nil {
		return err
	}
	document, err := handlers.Document(handlers.Parts{DB: &database.DB{Clock: database.SystemClock{}}, Actions: &actions.Runner{}})
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	_, err = fmt.Fprintln(out, string(text))
	return err
}
