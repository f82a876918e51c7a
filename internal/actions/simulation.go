package actions

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
)

// simulation names a simulation by its attempt and says whether candidate and panel are told. Both must be said.
type simulation struct {
	AssessmentSectionCandidateID int64 `json:"assessmentSectionCandidateID" needs:"yes"`
	IsNotify                     *bool `json:"isNotify" needs:"yes"`
}

// Grant implements Action.
func (simulation) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (simulation) Size() int { return 1 }

func (s simulation) problems() fault.Fields {
	bad := fault.Fields{}
	if s.AssessmentSectionCandidateID < 1 {
		bad["assessmentSectionCandidateID"] = "Say which attempt is meant."
	}
	mustSayNotify(bad, s.IsNotify)
	return bad
}
