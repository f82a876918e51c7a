package main

import (
	"context"
	"fmt"
	"io"
)

// importing dispatches on what is to be imported.
func importing(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == "questions" {
		return importQuestions(ctx, args[1:], out)
	}
	return fmt.Errorf("say what to import: assay import questions FILE…")
}
