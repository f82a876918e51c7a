package actions_test

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// letters counts messages of a type.
func letters(t *testing.T, w *testkit.World, name string) []models.Notification {
	t.Helper()
	kind, known := notify.TypeNamed(name)
	if !known {
		t.Fatalf("no type %s", name)
	}
	var rows []models.Notification
	if err := w.DB.Read.Where("type_id = ?", kind.ID).Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestInvitingToAnEventTakesEveryDocumentedForm(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		e, known, rita := w.Event(t), w.Candidate(t, 0), w.As(t, w.Rita)
		for _, body := range []string{
			`{"_content":{"email":"One@example.org","first_name":"One","middle_name":null,"phone":"123"}}`,
			`{"email":"two@example.org","first_name":"Two"}`,
			`[{"_content":{"email":"three@example.org"}},{"email":"` + known.Email + `"},{"email":"nobody"},{"email":"one@example.org"}]`,
		} {
			a := actions.EventCandidateInvite{EventID: e.ID, IsNotify: true}
			if err := json.Unmarshal([]byte(body), &a.Candidates); err != nil {
				t.Fatal(err)
			}
			row := w.Record(t, rita, &a)
			if failed := *row.ErrorCount; (failed == 2) != (len(a.Candidates) == 4) || row.ExternalID != nil && row.Status != models.ActionCompleted {
				t.Errorf("%s: %+v", body, row)
			}
		}
		var invited []models.EventCandidate
		if err := w.DB.Read.Where("event_id = ?", e.ID).Find(&invited).Error; err != nil {
			t.Fatal(err)
		}
		sent := letters(t, w, notify.EventInvitation)
		if len(invited) != 4 || len(sent) != 4 || sent[0].ToAddress != "one@example.org" || !strings.Contains(sent[0].Content, "/event/"+e.Code) {
			t.Errorf("%d invited, %d told: %+v", len(invited), len(sent), sent)
		}
		again := actions.EventCandidateInvite{EventID: e.ID, Candidates: actions.EventGuests{{Email: known.Email}}}
		if _, err := w.Runner.Record(context.Background(), rita, &again); fault.KindOf(err) != fault.Conflict {
			t.Errorf("inviting again: %v", err)
		}
		if _, err := w.Runner.Record(context.Background(), w.As(t, w.Otto), &again); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another firm: %v", err)
		}
		if _, err := w.Runner.Record(context.Background(), w.As(t, w.Paul), &again); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a panelist: %v", err)
		}
		w.DB.Write.Model(&models.Event{}).Where("id = ?", e.ID).Update("status", models.EventDraft)
		if _, err := w.Runner.Record(context.Background(), rita, &again); fault.KindOf(err) != fault.Conflict {
			t.Errorf("to a draft: %v", err)
		}
	})
}

func TestRemindingOfAnEventFollowsTheDocumentedSwitches(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		e, rita := w.Event(t), w.As(t, w.Rita)
		comes, silent := w.EventCandidate(t, e, w.Candidate(t, 0)), w.EventCandidate(t, e, w.Candidate(t, 1))
		w.DB.Write.Model(&comes).Update("registered_at", w.Clock.Now())
		nobody := actions.EventCandidateNotify{EventID: e.ID, RegisterReminder: true, EventCandidates: actions.RefsTo([]int64{silent.ID})}
		if _, err := w.Runner.Record(context.Background(), rita, &nobody); fault.KindOf(err) != fault.Conflict {
			t.Errorf("nobody is left: %v", err)
		}
		w.Record(t, rita, &actions.EventCandidateNotify{EventID: e.ID, RegisterReminder: true})
		if got := letters(t, w, notify.EventAttendReminder); len(got) != 1 || got[0].ToAddress != "candidate0@example.org" {
			t.Errorf("register_reminder told %+v", got)
		}
		row := w.Record(t, rita, &actions.EventCandidateNotify{EventID: e.ID, RegisterReminder: true, AttendReminder: true})
		if got := letters(t, w, notify.EventRegisterReminder); len(got) != 1 || got[0].ToAddress != "candidate1@example.org" || *row.SuccessCount != 2 {
			t.Errorf("attend_reminder told %+v", got)
		}
	})
}

func TestWritingToAnEventsPanel(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		e, rita := w.Event(t), w.As(t, w.Rita)
		a := actions.EventPanelNotify{EventID: e.ID}
		if _, err := w.Runner.Record(context.Background(), rita, &a); fault.KindOf(err) != fault.Conflict {
			t.Errorf("without a panel: %v", err)
		}
		done := w.Finished(t, w.Assessment(t), 2)
		var assessment models.Assessment
		if err := w.DB.Read.First(&assessment, done[0].AssessmentID).Error; err != nil {
			t.Fatal(err)
		}
		w.EventAssessment(t, e, assessment)
		for _, p := range done {
			w.Assign(t, w.EssayOf(t, p), w.Paul)
		}
		w.EventUser(t, e, w.Paul, models.EventEvaluator)
		w.EventUser(t, e, w.Ada, models.EventEvaluator)
		row := w.Record(t, rita, &a)
		got := letters(t, w, notify.EventPanel)
		if len(got) != 1 || got[0].ToAddress != w.Paul.Email || !strings.Contains(got[0].Subject, "2 candidates") || *row.ErrorCount != 1 || *row.SuccessCount != 1 {
			t.Errorf("wrote %+v with %+v", got, row)
		}
	})
}

func TestSectionsComeAndGoInTheChain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		essay, rita := w.Essay(t), w.As(t, w.Rita)
		draft := actions.CreateAssessment{Title: "Draft", Sections: []actions.SectionInput{{Title: "One", Type: models.EssaySection}, {Title: "Two", Type: models.EssaySection}}}
		w.Record(t, rita, &draft)
		chain := func() (ids []int64, titles []string) {
			var rows []struct {
				ID    int64
				Title string
			}
			if err := w.DB.Read.Raw(`SELECT a.id, s.title FROM assessment_sections a JOIN sections s ON s.id = a.section_id
				WHERE a.assessment_id = ? ORDER BY a.sort_order`, draft.Assessment.ID).Scan(&rows).Error; err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				ids, titles = append(ids, r.ID), append(titles, r.Title)
			}
			return ids, titles
		}
		ids, _ := chain()
		insert := func(parent, child *int64, title string) error {
			a := actions.SectionWorkflow{AssessmentID: draft.Assessment.ID, Type: "insert", Parent: parent, Child: child}
			body := `{"title":"` + title + `","section_type_id":"4","parameters":[],"combined":[{"question_id":"` + strconv.FormatInt(essay.ID, 10) + `","sort_order":1}],"isRetake":false,"questionDisplayTime":"10","max_question_time":180}`
			if err := json.Unmarshal([]byte(body), &a.Section); err != nil {
				t.Fatal(err)
			}
			_, err := w.Runner.Record(context.Background(), rita, &a)
			return err
		}
		for _, err := range []error{insert(&ids[0], &ids[1], "Between"), insert(nil, &ids[0], "First"), insert(&ids[1], nil, "Last")} {
			if err != nil {
				t.Error(err)
			}
		}
		if err := insert(&ids[0], &ids[1], "Again"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("between no neighbours: %v", err)
		}
		now, titles := chain()
		if strings.Join(titles, " ") != "First One Between Two Last" {
			t.Errorf("the order is %v", titles)
		}
		var between models.AssessmentSection
		if err := w.DB.Read.First(&between, now[2]).Error; err != nil || between.QuestionDisplayTime != 10 || *between.MaxQuestionTime != 180 || between.IsRetake {
			t.Errorf("made %+v: %v", between, err)
		}
		w.Record(t, rita, &actions.SectionWorkflow{AssessmentID: draft.Assessment.ID, Type: "delete", Parent: &ids[0], Child: &ids[1]})
		w.Record(t, rita, &actions.SectionWorkflow{AssessmentID: draft.Assessment.ID, Type: "delete", AssessmentSectionID: &now[4]})
		if _, titles = chain(); strings.Join(titles, " ") != "First One Two" {
			t.Errorf("the order is %v", titles)
		}
		for name, a := range map[string]*actions.SectionWorkflow{
			"an open assessment": {AssessmentID: w.Assessment(t).ID, Type: "delete"},
			"nothing between":    {AssessmentID: draft.Assessment.ID, Type: "delete", Parent: &ids[0], Child: &ids[1]},
			"another verb":       {AssessmentID: draft.Assessment.ID, Type: "move"},
		} {
			if _, err := w.Runner.Record(context.Background(), rita, a); fault.KindOf(err) != fault.Conflict && fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
