package main

import (
	"context"
	"fmt"
	"io"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
)

// announceFirstRun prints a one-time code when there is no organization yet.
func (h *house) announceFirstRun(ctx context.Context, out io.Writer) error {
	founded, err := h.runner.Founded(ctx)
	if err != nil || founded {
		return err
	}
	var a actions.IssueFirstRunCode
	if err := h.runner.Run(ctx, access.Program(0), &a); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nThere is no organization yet. Open %s/setup and enter this one-time code:\n\n    %s\n\n", h.settings.BaseURL, a.Code)
	return nil
}
