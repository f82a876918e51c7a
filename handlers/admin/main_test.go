package admin_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
