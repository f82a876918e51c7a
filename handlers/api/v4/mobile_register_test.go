package v4_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// public opens the first section of an assessment to everybody.
func public(t *testing.T, w *testkit.World, assessment models.Assessment) models.AssessmentSection {
	t.Helper()
	var placed models.AssessmentSection
	err := w.DB.Read.Where("assessment_id = ?", assessment.ID).Order("sort_order").First(&placed).Error
	if err == nil {
		err = w.DB.Write.Model(&placed).Update("is_public", true).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

func TestRegistering(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		placed := public(t, w, assessment)
		const path = "/api/v4/mobile/register"
		page := fmt.Sprintf("/api/v4/mobile/public-assessment-section/%d", placed.ID)
		w.Stranger().Get(t, page).Want(http.StatusOK).Says(`"is_public":true`, `"Knowledge"`, `"isRetake":`, `"Dispatcher"`)
		w.Program(t, w.Otto).Get(t, page+"?fields=id").Want(http.StatusOK).Says(fmt.Sprintf(`{"id":%d}`, placed.ID))
		w.Stranger().Get(t, fmt.Sprintf("/api/v4/mobile/public-assessment-section/%d", placed.ID+1)).Want(http.StatusNotFound)

		known := w.Candidate(t, 0)
		stranger := func(email string) testkit.Reply {
			return w.Stranger().JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID, "email": email, "first_name": "Eve"})
		}
		fresh, again, old := stranger("new@example.org"), stranger("NEW@example.org "), stranger(known.Email)
		for _, reply := range []testkit.Reply{fresh, again, old} {
			if reply.Want(http.StatusCreated).Body != fresh.Body {
				t.Errorf("one is told %s, another %s", fresh.Body, reply.Body)
			}
		}
		count := func(model any, where string, args ...any) (n int64) {
			if err := w.DB.Read.Model(model).Where(where, args...).Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := count(&models.AssessmentCandidate{}, "assessment_id = ?", assessment.ID); n != 2 {
			t.Errorf("%d take part", n)
		}
		if count(&models.Candidate{}, "email = ? AND is_registered", "new@example.org") != 1 ||
			count(&models.Candidate{}, "email = ? AND first_name = ? AND NOT is_registered", known.Email, known.FirstName) != 1 {
			t.Error("a stranger was believed, or not noted")
		}
		noted(t, w, "register", 3)
		if n := count(&models.Notification{}, "to_address = ?", "new@example.org"); n != 2 {
			t.Errorf("%d mails went to who registered twice", n)
		}

		var got struct {
			ID int64
			C  string
		}
		w.Program(t, w.Otto).JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID}).Want(http.StatusCreated).Into(&got)
		var p models.AssessmentCandidate
		if err := w.DB.Read.Where("id = (SELECT assessment_candidate_id FROM assessment_section_candidates WHERE id = ?)", got.ID).First(&p).Error; err != nil {
			t.Fatal(err)
		}
		w.Stranger().JSON(t, "POST", "/api/v4/attend/token", map[string]string{"c": got.C, "verification_code": p.VerifyCode}).Want(http.StatusOK)
		appOf(t, w, p).send("POST", path, map[string]any{"assessment_section_id": placed.ID}).Want(http.StatusCreated).Says(fmt.Sprintf(`"id":%d`, got.ID))

		w.With("guess").JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID}).Want(http.StatusUnauthorized)
		w.Stranger().JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID, "email": "nobody"}).Want(http.StatusUnprocessableEntity).Says("email")
		w.Stranger().JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID + 1, "email": "a@example.org"}).Want(http.StatusNotFound)
		w.Program(t, w.Rita).JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID, "email": "a@example.org"}).Want(http.StatusUnprocessableEntity)
	})
}

func TestRegisteringIsBounded(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	placed := public(t, w, w.Assessment(t))
	body := map[string]any{"assessment_section_id": placed.ID, "email": "much@example.org"}
	for range 50 {
		if w.Stranger().JSON(t, "POST", "/api/v4/mobile/register", body).Status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("a mailbox can be filled")
}

func TestAClosedAssessmentIsNotPublic(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	assessment := w.Assessment(t)
	placed := public(t, w, assessment)
	page := fmt.Sprintf("/api/v4/mobile/public-assessment-section/%d", placed.ID)
	w.Stranger().Get(t, page).Want(http.StatusOK)
	if err := w.DB.Write.Model(&assessment).Update("end_date", w.Clock.Now().Add(time.Hour)).Error; err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(2 * time.Hour)
	w.Stranger().Get(t, page).Want(http.StatusNotFound)
	w.Stranger().JSON(t, "POST", "/api/v4/mobile/register", map[string]any{"assessment_section_id": placed.ID, "email": "a@example.org"}).Want(http.StatusNotFound)
}
