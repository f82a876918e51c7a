package main

import (
	"context"
	"fmt"
	"io"
	"slices"
)

// importer is one noun of assay import.
type importer struct {
	noun, summary string
	run           func(ctx context.Context, args []string, out io.Writer) error
}

// importers are what files can become, each in a file of its own.
var importers = []importer{
	{"candidates", "people from CSV or Excel files", importCandidates},
	{"questions", "questions from GIFT, Moodle XML, QTI and tables", importQuestions},
}

func importFiles(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 {
		at := slices.IndexFunc(importers, func(i importer) bool { return i.noun == args[0] })
		if at >= 0 {
			return importers[at].run(ctx, args[1:], out)
		}
	}
	fmt.Fprint(out, "Usage: assay import WHAT FILE… --organization ID [options]\n\n")
	for _, i := range importers {
		fmt.Fprintf(out, "  %-12s %s\n", i.noun, i.summary)
	}
	fmt.Fprint(out, "\nassay import WHAT -help shows the options.\n")
	if len(args) == 0 || args[0] == "-help" || args[0] == "--help" || args[0] == "-h" {
		return nil
	}
	return fmt.Errorf("nothing called %q can be imported", args[0])
}
