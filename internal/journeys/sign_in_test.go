package journeys_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestSigningIn(t *testing.T) {
	w := testkit.NewLiveWorld(t)
	b := w.Browser(t)
	b.Open("/sign-in")
	b.See("Sign in")
	b.Axe()
	b.Fill("E-mail", w.Rita.Email)
	b.Fill("Password", "not this one")
	b.Click("Sign in")
	b.See("do not belong together")
	b.Axe()
}
