package journeys_test

import (
	"os"
	"testing"

	"github.com/assay-hire/assay/internal/demo"
	"github.com/assay-hire/assay/internal/testkit"
)

// TestPicturesOfTheReadme draws docs/images anew from a demo that is being served at ASSAY_DEMO_URL.
func TestPicturesOfTheReadme(t *testing.T) {
	base := os.Getenv("ASSAY_DEMO_URL")
	if base == "" {
		t.Skip("ASSAY_DEMO_URL names no demo to draw")
	}
	b := testkit.OpenBrowser(t, base)
	b.Open("/sign-in")
	b.Fill("E-mail", "duarte.pimentel@marram.example.com")
	b.Fill("Password", demo.Password)
	b.Click("Sign in")
	b.Miss("Password")
	b.Open("/assessments/1/pipeline")
	b.See("Dispatcher, Porto depot")
	b.Shot("../../docs/images/pipeline.png")
}
