package database_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// tallied returns the sums of the tallies of an assessment, by cell.
func tallied(t *testing.T, db *database.DB, assessmentID int64) map[models.TallyCell]int64 {
	t.Helper()
	var rows []models.ParticipationTally
	check(t, db.Read.Where("assessment_id = ?", assessmentID).Find(&rows).Error)
	sums := map[models.TallyCell]int64{}
	for _, r := range rows {
		sums[r.TallyCell] += r.N
	}
	maps.DeleteFunc(sums, func(_ models.TallyCell, n int64) bool { return n == 0 })
	return sums
}

// counted returns the same by counting participations one by one.
func counted(t *testing.T, db *database.DB, assessmentID int64) map[models.TallyCell]int64 {
	t.Helper()
	var rows []struct {
		models.AssessmentCandidate
		Percent *int
	}
	check(t, db.Read.Model(&models.AssessmentCandidate{}).Select("*, CAST(ROUND(score) AS INTEGER) AS percent").
		Where("assessment_id = ?", assessmentID).Find(&rows).Error)
	sums := map[models.TallyCell]int64{}
	for _, r := range rows {
		cell := models.TallyCell{OrganizationID: r.OrganizationID, AssessmentID: assessmentID}
		if r.Percent != nil {
			scored := cell
			scored.Percent = *r.Percent
			sums[scored]++
		}
		cell.StatusID, cell.SystemStatusID, cell.Percent = r.StatusID, r.SystemStatusID, models.NoScore
		sums[cell]++
	}
	return sums
}

func wantTallied(t *testing.T, db *database.DB, assessmentID int64, when string) {
	t.Helper()
	if got, want := tallied(t, db, assessmentID), counted(t, db, assessmentID); !maps.Equal(got, want) || len(want) == 0 {
		t.Errorf("%s: tallied %v, counted %v", when, got, want)
	}
}

func TestTalliesAreWhatCountingGives(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Crowd(t, 300, 300)
		wantTallied(t, w.DB, assessment.ID, "all at once")
		of := w.DB.Write.Model(&models.AssessmentCandidate{}).Where("assessment_id = ?", assessment.ID).Session(&gorm.Session{})
		check(t, of.Where("id % 3 = 0").Updates(map[string]any{"status_id": 17, "score": nil}).Error)
		check(t, of.Where("id % 5 = 0").Updates(map[string]any{"system_status_id": 14, "score": gorm.Expr("id % 7 + 0.4")}).Error)
		check(t, of.Where("id % 11 = 0").Update("reason_text", "Nothing that counts.").Error)
		wantTallied(t, w.DB, assessment.ID, "moved and scored")
		check(t, w.DB.Write.Exec("DELETE FROM assessment_section_candidates WHERE assessment_id = ?", assessment.ID).Error)
		check(t, of.Where("id % 2 = 0").Delete(&models.AssessmentCandidate{}).Error)
		wantTallied(t, w.DB, assessment.ID, "some gone")
		check(t, database.FoldTallies(t.Context(), w.DB))
		wantTallied(t, w.DB, assessment.ID, "folded")
	})
}

func TestFoldingLeavesOneRowToACell(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Crowd(t, 60, 60)
		var all []models.AssessmentCandidate
		check(t, w.DB.Read.Where("assessment_id = ?", assessment.ID).Find(&all).Error)
		for i := range all {
			all[i].StatusID, all[i].SystemStatusID = 15, 14
			check(t, w.DB.Write.Save(&all[i]).Error)
		}
		check(t, database.FoldTallies(t.Context(), w.DB))
		var rows int64
		check(t, w.DB.Read.Model(&models.ParticipationTally{}).Where("assessment_id = ?", assessment.ID).Count(&rows).Error)
		if cells := len(tallied(t, w.DB, assessment.ID)); int(rows) != cells {
			t.Errorf("%d rows for %d cells", rows, cells)
		}
		wantTallied(t, w.DB, assessment.ID, "folded")
	})
}

func TestTalliesHoldWhileManyMoveAndFold(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Crowd(t, 120, 120)
		var all []models.AssessmentCandidate
		check(t, w.DB.Read.Where("assessment_id = ?", assessment.ID).Find(&all).Error)
		var movers sync.WaitGroup
		failed := make(chan error, 100)
		for mover := range 4 {
			movers.Go(func() {
				dice := rand.New(rand.NewPCG(7, uint64(mover)))
				for range 60 {
					one := all[dice.IntN(len(all)/4)*4+mover] // each moves candidates of its own
					one.StatusID = models.Statuses[dice.IntN(len(models.Statuses))].ID
					if err := w.DB.InTx(t.Context(), func(tx *gorm.DB) error { return tx.Save(&one).Error }); err != nil {
						failed <- fmt.Errorf("move: %w", err)
					}
				}
			})
		}
		for range 2 {
			movers.Go(func() {
				for range 10 {
					if err := database.FoldTallies(t.Context(), w.DB); err != nil {
						failed <- err
					}
				}
			})
		}
		movers.Wait()
		close(failed)
		for err := range failed {
			t.Error(err)
		}
		wantTallied(t, w.DB, assessment.ID, "in the end")
	})
}
