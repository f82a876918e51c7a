package recruiter_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

// A recruiter who never read a manual brings a list in and invites it.
func TestARecruiterImportsAndInvitesInABrowser(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	w.Assessment(t)
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte("Name,E-mail\nAnn Lee,ann@example.org\nBen Mora,ben@example.org\nNobody,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := w.Browser(t)
	b.Open("/sign-in")
	b.Fill("E-mail", w.Rita.Email)
	b.Fill("Password", testkit.Password)
	b.Click("Sign in")
	b.Miss("Password")
	b.Open("/candidates")
	b.Axe()
	b.Click("Import a list")
	b.Upload("file", file)
	b.Axe()
	b.Click("Read the file")
	b.See("has 3 rows")
	b.Axe()
	b.Click("Check the file")
	b.See("2 people will be new")
	b.Axe()
	b.Click("Import 2 people")
	b.See("2 people added")
	b.Axe()
	b.Click("Invite these people")
	b.Click("Choose Dispatcher")
	b.See("2 people get a link")
	b.Fill("And these addresses", "Cleo Costa <cleo@example.org>")
	b.See("3 people get a link")
	b.Fill("Your own words", "We liked your letter.")
	b.See("We liked your letter.") // in the preview
	b.Axe()
	b.Click("Invite 3 people")
	b.See("3 people invited.")
	b.Axe()
	w.Inbox.WaitForRecipient(t, "cleo@example.org")
	b.Open("/candidates")
	b.Fill("Find candidates", "CLÉO")
	b.Miss("Ann Lee")
	b.Axe()
	b.Click("Cleo Costa")
	b.See("Invited to Dispatcher")
	b.Axe()
}
