package admin

import (
	"testing"

	"github.com/assay-hire/assay/internal/access"
)

func TestEveryPermissionHasWords(t *testing.T) {
	t.Parallel()
	for _, line := range access.Matrix {
		if access.Grantable(line.Grant) && permissionWord(line.Grant) == string(line.Grant) {
			t.Errorf("%s is shown by its name only", line.Grant)
		}
	}
}
