package recruiter_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// evaluated is a participation that Paul evaluated.
func evaluated(t *testing.T, w *testkit.World, a models.Assessment) models.AssessmentCandidate {
	t.Helper()
	p := w.Finished(t, a, 1)[0]
	essay := w.EssayOf(t, p)
	clarity := w.Criterion(t, essay, "Clarity", true)
	w.Assign(t, essay, w.Paul)
	four := 4.0
	w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{AssessmentSectionCandidateID: essay.ID,
		Recommendation: models.RecommendSelect, EvaluationComment: "Ask about the numbers",
		Rating: []actions.RatingInput{{ParameterID: clarity.ID, Rating: &four}}}})
	return p
}

func TestTheReportIsAPageAPDFAndALinkThatEnds(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := evaluated(t, w, w.Assessment(t))
		at := fmt.Sprintf("/participations/%d/report", p.ID)
		rita := w.SignIn(t, w.Rita)
		rita.Get(t, at).Want(http.StatusOK).Says("Cleo Costa", "Scores 40 of 100", "Clarity", "Ask about the numbers", "Geography")
		pdf := rita.Get(t, at+".pdf").Want(http.StatusOK)
		if !strings.HasPrefix(pdf.Body, "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" {
			t.Errorf("not a PDF: %.40s", pdf.Body)
		}
		link := func() string {
			reply := rita.PostPart(t, at+"/shares", url.Values{"days": {"7"}}).Want(http.StatusOK)
			value, _ := reply.Find(".share-url").Attr("value")
			return strings.TrimPrefix(value, w.Runner.World.BaseURL)
		}
		visitor, first := w.Visitor(t), link()
		visitor.Get(t, first).Want(http.StatusOK).Says("Cleo Costa", "Ask about the numbers", "Acme")
		var share models.ReportShare
		w.DB.Read.First(&share)
		if share.Views != 1 || strings.Contains(first, share.TokenHash) {
			t.Errorf("share %+v", share)
		}
		rita.Post(t, fmt.Sprintf("%s/shares/%d/end", at, share.ID), nil).Want(http.StatusSeeOther)
		visitor.Get(t, first).Want(http.StatusGone)
		second := link()
		w.Clock.Advance(7*24*time.Hour + time.Second)
		visitor.Get(t, second).Want(http.StatusGone)
		visitor.Get(t, "/shared/nonsense").Want(http.StatusGone)
		w.SignIn(t, w.Rita).PostPart(t, at+"/shares", url.Values{"days": {"365"}}).Want(http.StatusUnprocessableEntity)
	})
}

func TestReportsOfAnotherFirmDoNotExist(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		p := evaluated(t, w, a)
		otto, paul := w.SignIn(t, w.Otto), w.SignIn(t, w.Paul)
		places := []string{fmt.Sprintf("/participations/%d/report", p.ID), fmt.Sprintf("/participations/%d/report.pdf", p.ID),
			fmt.Sprintf("/assessments/%d/results.csv", a.ID), fmt.Sprintf("/assessments/%d/panels", a.ID),
			fmt.Sprintf("/assessments/%d/compare?ids=%d&ids=%d", a.ID, p.ID, p.ID+1)}
		for _, place := range places {
			otto.Get(t, place).Want(http.StatusNotFound)
			paul.Get(t, place).Want(http.StatusForbidden)
		}
		otto.Post(t, places[0]+"/shares", url.Values{"days": {"7"}}).Want(http.StatusNotFound)
	})
}

func TestABlindPanelistGetsNoNameFromReportOrResults(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 2)
		essay := w.EssayOf(t, ps[0])
		w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", essay.AssessmentSectionID).Update("is_blind", true)
		w.Assign(t, essay, w.Rita)
		rita := w.SignIn(t, w.Rita)
		for _, place := range []string{fmt.Sprintf("/participations/%d/report", ps[0].ID),
			fmt.Sprintf("/assessments/%d/compare?ids=%d&ids=%d", a.ID, ps[0].ID, ps[1].ID)} {
			if body := rita.Get(t, place).Want(http.StatusOK).Body; strings.Contains(body, "Cleo") {
				t.Errorf("%s names the candidate", place)
			}
		}
		rita.Get(t, fmt.Sprintf("/assessments/%d/results.csv", a.ID)).Want(http.StatusConflict).Says("evaluations to give")
	})
}

func TestResultsHaveARowForEachCandidate(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		p := evaluated(t, w, a)
		w.Invited(t, a, w.Candidate(t, 1))
		field := models.CustomField{Owned: a.Owned, Type: models.CandidateField, IsReport: true, Label: "City", Key: "city"}
		w.DB.Write.Create(&field)
		w.DB.Write.Model(&models.Candidate{}).Where("id = ?", p.CandidateID).Update("cf", `{"city": "Lisboa"}`)
		rita := w.SignIn(t, w.Rita)
		reply := rita.Get(t, fmt.Sprintf("/assessments/%d/results.csv", a.ID)).Want(http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(reply.Body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatalf("%d rows, %v:\n%s", len(rows), err, reply.Body)
		}
		cell := func(row int, name string) string {
			for i, head := range rows[0] {
				if head == name {
					return rows[row][i]
				}
			}
			t.Fatalf("no column %q in %v", name, rows[0])
			return ""
		}
		want := map[string]string{"Candidate": "Cleo Costa", "Status": "Evaluated", "Score, percent": "40", "City": "Lisboa",
			"In your words, marks": "8", "In your words, of": "20", "Geography, percent": "40", "Evaluations": "1", "Select": "1", "Mean rating": "4"}
		for name, value := range want {
			if got := cell(1, name); got != value {
				t.Errorf("%s: %q, want %q", name, got, value)
			}
		}
		if cell(2, "Candidate") != "Dev Das" || cell(2, "Score, percent") != "" {
			t.Errorf("second row %v", rows[2])
		}
		narrowed := rita.Get(t, fmt.Sprintf("/assessments/%d/results.csv?min=30", a.ID)).Want(http.StatusOK)
		if strings.Contains(narrowed.Body, "Dev Das") {
			t.Error("the filter does not narrow the results")
		}
		if xlsx := rita.Get(t, fmt.Sprintf("/assessments/%d/results.xlsx", a.ID)).Want(http.StatusOK); !strings.HasPrefix(xlsx.Body, "PK") {
			t.Error("not a spreadsheet")
		}
	})
}

func TestComparingTwoToFour(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 2)
		rita := w.SignIn(t, w.Rita)
		compare := func(ids ...int64) testkit.Reply {
			query := url.Values{}
			for _, id := range ids {
				query.Add("ids", fmt.Sprint(id))
			}
			return rita.Get(t, fmt.Sprintf("/assessments/%d/compare?%s", a.ID, query.Encode()))
		}
		compare(ps[0].ID, ps[1].ID).Want(http.StatusOK).Says("Cleo Costa", "Dev Das", "In your words", "Geography")
		rita.Follow(t, compare(ps[0].ID).Want(http.StatusSeeOther)).Says("Choose two to four")
		compare(ps[0].ID, 999).Want(http.StatusNotFound)
	})
}

func TestAPanelIsAssignedAndRemindedFromItsScreen(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 2)
		essay := w.EssayOf(t, ps[0])
		at := fmt.Sprintf("/assessments/%d/panels", a.ID)
		rita := w.SignIn(t, w.Rita)
		page := rita.Get(t, fmt.Sprintf("%s?ids=%d", at, ps[0].ID)).Want(http.StatusOK).Says("Paul Panelist", "The one candidate you chose.")
		if page.Find(fmt.Sprintf(`[name=sections][value="%d"]`, w.Attempts(t, ps[0])[0].AssessmentSectionID)).Length() != 0 {
			t.Error("an objective section is offered to a panel")
		}
		rita.Post(t, at+"/reminders", nil).Want(http.StatusConflict)
		form := url.Values{"sections": {fmt.Sprint(essay.AssessmentSectionID)}, "users": {fmt.Sprint(w.Paul.ID)}, "mode": {"all"}, "tell": {"true"}}
		rita.Post(t, at, form).Want(http.StatusUnprocessableEntity).Says("Say until when")
		form.Set("end_date", "2026-03-10")
		rita.Follow(t, rita.Post(t, at, form)).Says("Assigned 2 candidates to the panel.", "0 of 2")
		rita.Follow(t, rita.Post(t, at+"/reminders", nil)).Says("Reminded everybody")
		var told int64
		w.DB.Read.Model(&models.Notification{}).Where("to_address = ?", w.Paul.Email).Count(&told)
		if told != 2 {
			t.Errorf("Paul got %d messages, want the assignment and the reminder", told)
		}
	})
}
