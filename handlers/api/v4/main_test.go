package v4_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// token is the answer of the token endpoint, and its errors.
type token struct {
	Access      string  `json:"access_token"`
	Refresh     string  `json:"refresh_token"`
	Type        string  `json:"token_type"`
	Expires     int     `json:"expires_in"`
	Scope       *string `json:"scope"`
	Error       string  `json:"error"`
	Description string  `json:"error_description"`
	Name        string  `json:"name"`
	Message     string  `json:"message"`
	Status      int     `json:"status"`
}
