package actions_test

import (
	"context"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func changed(q models.Question, change func(*actions.UpdateQuestion)) *actions.UpdateQuestion {
	a := actions.UpdateQuestion{ID: q.ID, Version: q.Version, QuestionInput: actions.InputOf(q)}
	change(&a)
	return &a
}

func TestAChangedQuestionKeepsWhatCandidatesSaw(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, capital := w.As(t, w.Rita), w.Capital(t)
		w.Run(t, rita, changed(capital, func(a *actions.UpdateQuestion) { a.Content = "<p>Which is the capital of Portugal?</p>" }))
		var versions []models.QuestionVersion
		w.DB.Read.Where("question_id = ?", capital.ID).Order("version").Find(&versions)
		if len(versions) != 2 || versions[0].Content != "<p>What is the capital of Portugal?</p>" || versions[1].Version != 2 {
			t.Fatalf("versions %+v", versions)
		}
	})
}

func TestWhatMakesAVersion(t *testing.T) {
	t.Parallel()
	mark := 2.0
	rows := []struct {
		name   string
		change func(*actions.UpdateQuestion)
		want   int
	}{
		{"nothing", func(*actions.UpdateQuestion) {}, 1},
		{"tags, difficulty, guidance", func(a *actions.UpdateQuestion) {
			a.Skills, a.Difficulty, a.Guidance, a.Feedback = []string{"History"}, models.Hard, "<p>Look.</p>", "Right."
		}, 1},
		{"a choice", func(a *actions.UpdateQuestion) {
			a.Body.Choices = append([]models.Option{}, a.Body.Choices...)
			a.Body.Choices[0].HTML = "Braga"
		}, 2},
		{"the key", func(a *actions.UpdateQuestion) { a.Key.Correct = []string{"a"} }, 2},
		{"the marks", func(a *actions.UpdateQuestion) { a.PositiveMark = &mark }, 2},
		{"the hint", func(a *actions.UpdateQuestion) { a.Hint = "A port" }, 2},
	}
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		for _, row := range rows {
			update := changed(w.Capital(t), row.change)
			w.Run(t, w.As(t, w.Rita), update)
			if update.Question.Version != row.want {
				t.Errorf("%s: version %d, want %d", row.name, update.Question.Version, row.want)
			}
		}
	})
}

func TestQuestionChangesAreRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		capital, otto := w.Capital(t), w.As(t, w.Otto)
		picture := actions.AttachImage{UploadedFile: actions.UploadedFile{Name: "p.png", Data: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")}}
		w.Run(t, otto, &picture)
		same := func(*actions.UpdateQuestion) {}
		rows := []struct {
			name   string
			user   models.User
			action actions.Action
			want   fault.Kind
		}{
			{"somebody was faster", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Version = 7 }), fault.Conflict},
			{"another type", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Type = models.EssayQuestion }), fault.Invalid},
			{"no text", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Content = "<p> </p>" }), fault.Invalid},
			{"one choice", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Body.Choices = a.Body.Choices[:1] }), fault.Invalid},
			{"a key that is no choice", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Key.Correct = []string{"z"} }), fault.Invalid},
			{"no such difficulty", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Difficulty = "cruel" }), fault.Invalid},
			{"another firm's picture", w.Rita, changed(capital, func(a *actions.UpdateQuestion) { a.Content = `<p>Look <img src="` + picture.Address + `"></p>` }), fault.Invalid},
			{"another firm", w.Otto, changed(capital, same), fault.NotFound},
			{"a panelist", w.Paul, changed(capital, same), fault.Forbidden},
			{"copied by another firm", w.Otto, &actions.DuplicateQuestion{ID: capital.ID}, fault.NotFound},
			{"deleted by another firm", w.Otto, &actions.DeleteQuestions{IDs: []int64{capital.ID}}, fault.NotFound},
			{"tagged by another firm", w.Otto, &actions.TagQuestions{IDs: []int64{capital.ID}, AddSkills: []string{"x"}}, fault.NotFound},
			{"nothing to delete", w.Rita, &actions.DeleteQuestions{}, fault.Invalid},
			{"no tags", w.Rita, &actions.TagQuestions{IDs: []int64{capital.ID}}, fault.Invalid},
			{"a text as a picture", w.Rita, &actions.AttachImage{UploadedFile: actions.UploadedFile{Name: "p.png", Data: []byte("<html>")}}, fault.Invalid},
		}
		for _, row := range rows {
			if err := w.Runner.Run(context.Background(), w.As(t, row.user), row.action); fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
	})
}

func TestPicturesKeepNoSignature(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		picture := actions.AttachImage{UploadedFile: actions.UploadedFile{Name: "p.png", Data: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")}}
		w.Run(t, rita, &picture)
		update := changed(w.Essay(t), func(a *actions.UpdateQuestion) {
			a.Content = `<p onclick="x()">Look <img src="` + picture.Address + `?expires=1&amp;signature=x" alt="A map"></p><script>x()</script>`
		})
		w.Run(t, rita, update)
		if want := `<p>Look <img src="` + picture.Address + `" alt="A map"/></p>`; update.Question.Content != want && update.Question.Content != `<p>Look <img src="`+picture.Address+`" alt="A map"></p>` {
			t.Errorf("got %s, want %s", update.Question.Content, want)
		}
		var links int64
		w.DB.Read.Model(&models.QuestionFile{}).Where("question_id = ? AND file_id = ?", update.ID, picture.File.ID).Count(&links)
		if links != 1 {
			t.Errorf("%d links to the picture", links)
		}
	})
}

func TestDuplicatingTaggingAndDeleting(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, capital, essay := w.As(t, w.Rita), w.Capital(t), w.Essay(t)
		duplicate := actions.DuplicateQuestion{ID: capital.ID}
		w.Run(t, rita, &duplicate)
		if q := duplicate.Question; q.ID == capital.ID || q.Title != "Capital (copy)" || q.Version != 1 || q.ExternalID != nil {
			t.Errorf("copy %+v", q)
		}
		w.Run(t, rita, &actions.TagQuestions{IDs: []int64{duplicate.Question.ID, essay.ID}, AddSkills: []string{" geography ", "Maps"},
			AddCategories: []string{"Europe"}})
		w.Run(t, rita, &actions.TagQuestions{IDs: []int64{duplicate.Question.ID}, RemoveSkills: []string{"GEOGRAPHY"}, RemoveCategories: []string{"Europe"}})
		count := func(filter actions.QuestionFilter) int64 {
			var n int64
			if err := filter.Apply(w.DB.Read.Model(&models.Question{})).Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		var maps models.Skill
		var europe models.Category
		w.DB.Read.Where("name = ?", "Maps").First(&maps)
		w.DB.Read.Where("name = ?", "Europe").First(&europe)
		if n := count(actions.QuestionFilter{Text: "geogr"}); n != 2 { // the original and the essay
			t.Errorf("%d with geography", n)
		}
		if n, m := count(actions.QuestionFilter{SkillID: maps.ID}), count(actions.QuestionFilter{CategoryID: europe.ID}); n != 2 || m != 1 {
			t.Errorf("%d with maps, %d in Europe", n, m)
		}
		ids := []int64{capital.ID, essay.ID}
		w.Run(t, rita, &actions.DeleteQuestions{IDs: ids})
		if n := count(actions.QuestionFilter{}); n != 1 {
			t.Errorf("%d left", n)
		}
		w.Run(t, rita, &actions.RestoreQuestions{IDs: ids})
		if n := count(actions.QuestionFilter{}); n != 3 {
			t.Errorf("%d after undo", n)
		}
	})
}

func TestSearchInSeveralScripts(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		for _, content := range []string{"Quelle <b>élève</b> répond ?", "Straße und Gasse", "क्वेरी धीमी क्यों है?", "ما هي عاصمة البرتغال؟", "Столица Португалии", "100% of a_b"} {
			w.Run(t, w.As(t, w.Rita), &actions.CreateQuestion{QuestionInput: actions.QuestionInput{Type: models.EssayQuestion, Content: content}})
		}
		for term, want := range map[string]int64{"ELEVE": 1, "repond eleve": 1, "strasse": 1, "क्वेरी": 1, "عاصمة": 1, "СТОЛИЦА": 1, "%": 1, "a_b": 1, "axb": 0, "#1": 1, "": 6} {
			var n int64
			if err := (actions.QuestionFilter{Text: term}).Apply(w.DB.Read.Model(&models.Question{})).Count(&n).Error; err != nil || n != want {
				t.Errorf("%q finds %d, want %d (%v)", term, n, want, err)
			}
		}
	})
}
