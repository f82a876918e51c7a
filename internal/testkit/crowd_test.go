package testkit_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestCrowdSpreadsOverEveryStatus(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Crowd(t, 200, 100)
		var perStatus []int
		err := w.DB.Read.Model(&models.AssessmentCandidate{}).Where("assessment_id = ?", assessment.ID).
			Group("status_id").Pluck("COUNT(*)", &perStatus).Error
		if err != nil || len(perStatus) != 10 || perStatus[0] != 10 {
			t.Errorf("got %v, %v", perStatus, err)
		}
	})
}
