package access

import (
	"slices"

	"github.com/assay-hire/assay/models"
)

// selfAssignable are the roles that people may take up themselves, as far as they give nothing new.
var selfAssignable = []models.Role{models.Recruiter, models.Evaluator, models.MasterRecruiter}

// IsWithin tells whether somebody who holds some roles may take up another one: it is among those people choose
// themselves, and allows nothing that the held roles do not.
func IsWithin(role models.Role, held []models.Role) bool {
	if !slices.Contains(selfAssignable, role) {
		return false
	}
	for _, line := range Matrix {
		if line.allows(role) && !slices.ContainsFunc(held, line.allows) {
			return false
		}
	}
	return true
}
