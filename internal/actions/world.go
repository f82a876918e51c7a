package actions

import (
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/webhook"
)

// World is what actions need of the outside, beside the database.
type World struct {
	BaseURL   string // absolute address under which people reach the program, for links in mails
	Passwords *secrets.Passwords
	Links     attendlink.Links // makes and reads candidates' link codes
	Files     *files.Store     // what people upload
	Sealer    *secrets.Sealer  // encrypts what is stored to be read again
	HasMail   bool             // a mail server is set; without one, messages stay in the outbox
	Webhooks  *webhook.Sender  // sends to other programs
	Limits    Limits           // how often passwords and codes may be guessed
}

// The background tasks, by name. Tasks says which function performs each.
const (
	TaskDeliver = "deliver" // a notification leaves
	TaskPerform = "perform" // a queued action goes on
	TaskClose   = "close"   // an attempt's time may be over
	TaskSweep   = "sweep"   // attempts whose time was over are looked for, should a task have been lost

	TaskImportQuestions = "import-questions"  // an upload of question files comes in
	TaskImport          = "import-candidates" // an upload of candidates comes in
	TaskReset           = "reset"             // a mail for choosing a new password is written
	TaskSignInRefused   = "sign-in-refused"   // a wrong password is noted in the ledger
	TaskWebhook         = "webhook"           // a message to another program leaves
	TaskTidy            = "tidy"              // what is kept for a while only is removed
	TaskFold            = "fold-tallies"      // the rows that count participations become few again
)
