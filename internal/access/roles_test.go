package access_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
)

func TestARoleTakenUpGivesNothingNew(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		role models.Role
		held []models.Role
		want bool
	}{
		{models.Recruiter, []models.Role{models.MasterRecruiter}, true},
		{models.Evaluator, []models.Role{models.Recruiter}, true},
		{models.MasterRecruiter, []models.Role{models.Admin}, true},
		{models.MasterRecruiter, []models.Role{models.Evaluator}, false},
		{models.Recruiter, []models.Role{models.AccountManager}, false}, // who decides nothing
		{models.Recruiter, nil, false},
		{models.Student, []models.Role{models.Admin}, false},
	} {
		if got := access.IsWithin(row.role, row.held); got != row.want {
			t.Errorf("%s beside %v: %v", row.role, row.held, got)
		}
	}
}
