package database_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// noted returns what was written down about an organization's rows of a table, in order.
func noted(t *testing.T, db *database.DB, organizationID int64, table string) []string {
	t.Helper()
	var rows []models.RowChange
	query := db.Read.Where("organization_id = ? AND table_name = ?", organizationID, table)
	check(t, query.Order("id").Find(&rows).Error)
	lines := make([]string, 0, len(rows))
	for _, r := range rows {
		if r.At.IsZero() || (db.Dialect == database.Postgres) != (r.TxID > 0) {
			t.Errorf("change %d of %s: at %v by %d", r.ID, table, r.At, r.TxID)
		}
		lines = append(lines, fmt.Sprintf("%d %v", r.RowID, r.Deleted))
	}
	return lines
}

func TestEveryChangeOfARowIsNotedOnce(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		org := models.Organization{Name: "Acme"}
		check(t, db.Write.Create(&org).Error)
		owned := models.Owned{OrganizationID: org.ID}
		candidates := []models.Candidate{{Owned: owned, Email: "cleo@example.com"}, {Owned: owned, Email: "dev@example.com"}}
		check(t, db.Write.Create(&candidates).Error)
		check(t, db.Write.Model(&candidates[0]).Update("industry", "Glass").Error)
		check(t, db.Write.Model(&models.Candidate{}).Where("organization_id = ?", org.ID).Update("is_deleted", true).Error)
		first, second := candidates[0].ID, candidates[1].ID
		want := []string{fmt.Sprint(first, false), fmt.Sprint(second, false), fmt.Sprint(first, false), fmt.Sprint(first, true), fmt.Sprint(second, true)}
		got := noted(t, db, org.ID, "candidates")
		slices.Sort(got[3:]) // one statement changed both
		if !slices.Equal(got, want) {
			t.Errorf("candidates: %q, want %q", got, want)
		}
		skill := models.Skill{Owned: owned, Name: "Go", SearchText: "go"}
		check(t, db.Write.Create(&skill).Error)
		check(t, db.Write.Delete(&skill).Error)
		if got := noted(t, db, org.ID, "skills"); !slices.Equal(got, []string{fmt.Sprint(skill.ID, false), fmt.Sprint(skill.ID, true)}) {
			t.Errorf("skills: %q", got)
		}
		if got := noted(t, db, org.ID+1, "candidates"); len(got) != 0 {
			t.Errorf("another organization: %q", got)
		}
	})
}

func TestAChangeThatWasRolledBackIsNotNoted(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		org := models.Organization{Name: "Acme"}
		check(t, db.Write.Create(&org).Error)
		stop := errors.New("stop")
		err := db.InTx(t.Context(), func(tx *gorm.DB) error {
			return errors.Join(tx.Create(&models.Category{Owned: models.Owned{OrganizationID: org.ID}, Name: "A"}).Error, stop)
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if got := noted(t, db, org.ID, "categories"); len(got) != 0 {
			t.Errorf("noted %q", got)
		}
	})
}

func TestAReaderCanWaitForWhatIsInFlight(t *testing.T) {
	t.Parallel()
	db := testkit.Postgres(t, testkit.NewClock()) // SQLite has one writer: nothing overtakes anything
	org := models.Organization{Name: "Acme"}
	check(t, db.Write.Create(&org).Error)
	category := func(name string) *models.Category {
		return &models.Category{Owned: models.Owned{OrganizationID: org.ID}, Name: name}
	}
	check(t, db.InTx(t.Context(), func(slow *gorm.DB) error {
		if err := slow.Create(category("first")).Error; err != nil {
			return err
		}
		if err := db.Write.Create(category("second")).Error; err != nil {
			return err
		}
		var seen, settled int64
		changes := db.Read.Model(&models.RowChange{}).Where("organization_id = ? AND table_name = 'categories'", org.ID).
			Session(&gorm.Session{})
		check(t, changes.Count(&seen).Error)
		check(t, changes.Where("txid < pg_snapshot_xmin(pg_current_snapshot())").Count(&settled).Error)
		if seen != 1 || settled != 0 {
			t.Errorf("%d changes are seen and %d settled while an earlier one is in flight", seen, settled)
		}
		return nil
	}))
	if got := noted(t, db, org.ID, "categories"); len(got) != 2 {
		t.Errorf("in the end: %q", got)
	}
}

func TestEveryRootTableIsWatched(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		participation := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		essay := w.EssayOf(t, w.Completed(t, participation, 50))
		check(t, w.DB.Write.Create(&models.Evaluation{Owned: essay.Owned, AssessmentCandidateID: participation.ID,
			AssessmentSectionID: essay.AssessmentSectionID, AssessmentSectionCandidateID: essay.ID, EvaluatedBy: w.Paul.ID}).Error)
		w.Event(t)
		w.LiveSession(t, participation)
		w.File(t, models.FileTypeDocument)
		w.Form(t)
		w.Category(t, models.BusinessCategory)
		for _, table := range []string{"candidates", "assessments", "assessment_sections", "sections", "questions",
			"assessment_candidates", "assessment_section_candidates", "evaluations", "users", "events", "live_sessions", "files", "forms",
			"skills", "categories"} {
			if len(noted(t, w.DB, w.Acme.ID, table)) == 0 {
				t.Errorf("nothing is noted of %s", table)
			}
		}
	})
}

func TestASignOfLifeIsNoChange(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		attempt := w.Attempts(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))[0]
		before := noted(t, w.DB, w.Acme.ID, "assessment_section_candidates")
		check(t, w.DB.Write.Model(&attempt).Update("heard_at", w.Clock.Now()).Error)
		if got := noted(t, w.DB, w.Acme.ID, "assessment_section_candidates"); !slices.Equal(got, before) {
			t.Errorf("a sign of life was noted: %q after %q", got, before)
		}
		check(t, w.DB.Write.Model(&attempt).Update("score", 3).Error)
		if got := noted(t, w.DB, w.Acme.ID, "assessment_section_candidates"); len(got) != len(before)+1 {
			t.Errorf("a score was not noted: %q after %q", got, before)
		}
	})
}

func TestWatchedIsWhatTheMigrationsWatch(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		query := "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_note_insert'"
		if db.Dialect == database.Postgres {
			query = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_note_insert'"
		}
		var noted []string
		check(t, db.Read.Raw(query).Scan(&noted).Error)
		for _, table := range noted {
			if !database.IsWatched(table) {
				t.Errorf("changes of %s are written down and not read", table)
			}
		}
		if len(noted) == 0 || database.IsWatched("statuses") {
			t.Errorf("noted: %v", noted)
		}
	})
}
