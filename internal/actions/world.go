package actions

import (
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/secrets"
)

// World is what actions need of the outside, beside the database.
type World struct {
	BaseURL string // absolute address under which people reach the program, for links in mails
	Files   files.Store
	Links   secrets.Links // makes and reads candidates' link codes
	Hash    secrets.Hasher
}

// The background tasks, by name. cmd/assay says which function performs each.
const (
	TaskDeliver      = "deliver"       // a notification leaves
	TaskPerform      = "perform"       // a queued action goes on
	TaskCloseAttempt = "close-attempt" // an attempt's deadline is due
	TaskSweep        = "sweep"         // what a lost task would have closed
	TaskImport       = "import"        // an upload is committed
)
