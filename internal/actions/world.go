package actions

import (
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/secrets"
)

// World is what actions need of the outside, beside the database.
type World struct {
	BaseURL   string // absolute address under which people reach the program, for links in mails
	Passwords *secrets.Passwords
	Links     attendlink.Links // makes and reads candidates' link codes
	Limits    Limits           // how often passwords and codes may be guessed
	Files     *files.Store     // what people upload
}

// The background tasks, by name. Tasks says which function performs each.
const (
	TaskDeliver = "deliver" // a notification leaves
	TaskPerform = "perform" // a queued action goes on
	TaskReset   = "reset"   // a mail for choosing a new password is written
)
