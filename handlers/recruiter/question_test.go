package recruiter_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// send posts a form with files, the way a browser without script does.
func send(t *testing.T, c *testkit.Client, path string, form url.Values, field string, files map[string][]byte) testkit.Reply {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			if err := parts.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, data := range files {
		part, err := parts.CreateFormFile(field, name)
		if err == nil {
			_, err = part.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://assay.test"+path, &body)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	return c.Do(t, r)
}

func TestWritingAQuestionWithoutScript(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		rita.Get(t, "/questions").Want(http.StatusOK).Says("The bank is empty", "Write a question")
		rita.Get(t, "/questions/new").Want(http.StatusOK).Says("Several choices can be right.")
		form := url.Values{"type": {string(models.MultipleAnswer)}, "content": {"Which are prime & odd?"}, "choice_id": {"a", "b", "c", "d"},
			"choice": {"3", "4 < 5", "", "<b>7</b>"}, "correct": {"a", "d"}, "skills": {"Numbers, Maths"}, "positive_mark": {"2,5"}}
		more := url.Values{"do": {"add-choice"}}
		for k, v := range form {
			more[k] = v
		}
		if n := rita.Post(t, "/questions", more).Want(http.StatusOK).Find("textarea[name=choice]").Length(); n != 5 {
			t.Errorf("%d rows after adding one", n)
		}
		page := rita.Follow(t, rita.Post(t, "/questions", form).Want(http.StatusSeeOther)).Want(http.StatusOK)
		page.Says("Added to the bank.", "Which are prime &amp; odd?", "4 &lt; 5", "<b>7</b>")
		if value, _ := page.Find("#f-positive_mark").Attr("value"); value != "2.5" {
			t.Errorf("marks %q", value)
		}
		if n := page.Find("input[name=correct][checked]").Length(); n != 2 {
			t.Errorf("%d right choices", n)
		}
		preview := rita.PostPart(t, "/questions/preview", form).Want(http.StatusOK)
		if n := preview.Find(".is-key").Length(); n != 2 {
			t.Errorf("%d keys in the preview", n)
		}
	})
}

func TestEveryTypeIsWrittenAndReadBack(t *testing.T) {
	t.Parallel()
	rows := []struct {
		kind  models.QuestionType
		form  url.Values
		wants []string // on the page afterwards
	}{
		{models.TrueOrFalse, url.Values{"truth": {"true"}}, []string{"True"}},
		{models.FillBlanks, url.Values{"gap_accepted": {"colour\ncolor", "x"}, "gap_partial": {"kolor = 50%", ""}, "gap_options": {"", "x\ny"}, "gap_case": {"1"}},
			[]string{"colour or color", "kolor for 50%", "chosen from x, y", "capitals count"}},
		{models.MatchFollowing, url.Values{"left": {"Force", "Power"}, "right": {"Newton", "Watt"}, "decoy": {"Pascal"}}, []string{"Newton", "Belongs to nothing"}},
		{models.EssayQuestion, url.Values{"guidance": {"Look for a plan."}}, []string{"Look for a plan."}},
		{models.CodeQuestion, url.Values{}, []string{"come later"}},
	}
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		for _, row := range rows {
			row.form["type"], row.form["content"] = []string{string(row.kind)}, []string{"Well?"}
			rita.Follow(t, rita.Post(t, "/questions", row.form).Want(http.StatusSeeOther)).Want(http.StatusOK).Says(row.wants...)
		}
	})
}

func TestARefusedQuestionKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, capital := w.SignIn(t, w.Rita), w.Capital(t)
		path := fmt.Sprintf("/questions/%d", capital.ID)
		form := url.Values{"type": {string(models.MultipleChoice)}, "version": {"1"}, "content": {""}, "choice": {"Porto", "Lisbon"}, "positive_mark": {"many"}}
		rita.Post(t, path, form).Want(http.StatusUnprocessableEntity).Says("Write a number", "Porto")
		form.Set("positive_mark", "1")
		rita.Post(t, path, form).Want(http.StatusUnprocessableEntity).Says("Write the question.", "Porto")
		form.Set("content", "Which city?")
		form.Set("version", "9")
		rita.Post(t, path, form).Want(http.StatusUnprocessableEntity).Says("Somebody changed this question", "Which city?")
		form.Set("version", "1")
		rita.Follow(t, rita.Post(t, path, form)).Says("Saved as version 2.")
		rita.Get(t, path+"/versions").Want(http.StatusOK).Says("Version 1", "Changed: title, wording, choices, key, marks", "What is the capital of Portugal?")
	})
}

func TestBulkActsAndTheWayBack(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, capital, essay := w.SignIn(t, w.Rita), w.Capital(t), w.Essay(t)
		ids := []string{fmt.Sprint(capital.ID), fmt.Sprint(essay.ID)}
		rita.Follow(t, rita.Post(t, "/questions/tags", url.Values{"id": ids, "add_skills": {"Europe"}})).Says("Changed the tags of 2 questions.", "Europe")
		deleted := rita.Follow(t, rita.Post(t, "/questions/deletions", url.Values{"id": ids})).Says("Deleted 2 questions.", "The bank is empty")
		undo, _ := deleted.Find(".toast form").Attr("action")
		rita.Follow(t, rita.Post(t, undo, nil)).Says("Brought back 2 questions.", "capital of Portugal")
		rita.Follow(t, rita.Post(t, fmt.Sprintf("/questions/%d/copies", capital.ID), nil)).Says("Capital (copy)")
	})
}

func TestFindingQuestions(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		capital := w.Capital(t)
		w.Essay(t)
		var skill models.Skill
		w.DB.Read.Where("name = ?", "Geography").First(&skill)
		for query, want := range map[string]int{"": 2, "q=PORTUGÁL": 1, "q=geograph": 1, fmt.Sprintf("q=%d", capital.ID): 1, "type=essay": 1, "type=code": 0,
			fmt.Sprintf("skill=%d", skill.ID): 1, fmt.Sprintf("author=%d", w.Rita.ID): 2, "author=999": 0, "difficulty=easy": 0, "sort=title": 2} {
			page := rita.Get(t, "/questions?"+query).Want(http.StatusOK)
			if n := page.Find("#questions-rows tr").Length(); n != want {
				t.Errorf("%q finds %d, want %d", query, n, want)
			}
		}
	})
}

func TestPagesOfTheBankFollowOneAnother(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		manyQuestions(t, w, 120)
		for _, sort := range []string{"changed", "newest", "title", "unchanged"} {
			seen := map[string]bool{}
			path := "/questions?sort=" + sort
			var sizes []int
			for path != "" {
				page := rita.Get(t, path).Want(http.StatusOK)
				boxes := page.Find("#questions-rows input[name=id]")
				for _, box := range boxes.EachIter() {
					id, _ := box.Attr("value")
					seen[id] = true
				}
				sizes = append(sizes, boxes.Length())
				path, _ = page.Find("a[rel=next]").Attr("href")
				if len(sizes) == 3 {
					back, _ := page.Find("a[rel=prev]").Attr("href")
					if n := rita.Get(t, back).Find("#questions-rows tr").Length(); n != 50 {
						t.Errorf("%s: %d on the page before", sort, n)
					}
				}
				if len(sizes) > 3 {
					t.Fatalf("%s: the list does not end: %v", sort, sizes)
				}
			}
			if len(seen) != 120 {
				t.Errorf("%s: %d questions seen, pages of %v", sort, len(seen), sizes)
			}
		}
	})
}

func manyQuestions(t *testing.T, w *testkit.World, n int) {
	t.Helper()
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "// [tag:Skill %d]\n::Q%d:: Number %d? {=a ~b}\n\n", i%7, i, i)
	}
	upload := actions.UploadQuestions{Files: []actions.UploadedFile{{Name: "many.gift", Data: []byte(text.String())}}}
	w.Run(t, w.As(t, w.Rita), &upload)
	w.Run(t, w.As(t, w.Rita), &actions.ImportQuestions{ImportID: upload.Import.ID, Duplicates: actions.SkipDuplicates})
}

func TestTheListAsksAFlatNumberOfQueries(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	queries := 0
	count := func(*gorm.DB) { queries++ }
	for _, err := range []error{w.DB.Read.Callback().Query().After("gorm:query").Register("count", count), w.DB.Read.Callback().Row().After("gorm:row").Register("count-rows", count)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ask := func() int {
		queries = 0
		rita.Get(t, "/questions").Want(http.StatusOK)
		return queries
	}
	manyQuestions(t, w, 2)
	few := ask()
	manyQuestions(t, w, 60)
	if many := ask(); many != few || few == 0 || few > 20 {
		t.Errorf("%d queries for 2 questions, %d for 50", few, many)
	}
}

func TestAnotherFirmSeesNothing(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		capital, otto := w.Capital(t), w.SignIn(t, w.Otto)
		upload := actions.UploadQuestions{Files: []actions.UploadedFile{{Name: "a.gift", Data: []byte("What? {=a ~b}")}}}
		w.Run(t, w.As(t, w.Rita), &upload)
		otto.Get(t, "/questions").Want(http.StatusOK).Says("The bank is empty")
		for _, path := range []string{"/questions/%d", "/questions/%d/preview", "/questions/%d/versions"} {
			otto.Get(t, fmt.Sprintf(path, capital.ID)).Want(http.StatusNotFound)
		}
		otto.Get(t, fmt.Sprintf("/questions/imports/%d", upload.Import.ID)).Want(http.StatusNotFound)
		otto.Post(t, fmt.Sprintf("/questions/%d", capital.ID), url.Values{"type": {"essay"}}).Want(http.StatusNotFound)
		if body := otto.Get(t, "/questions/export?format=gift").Want(http.StatusOK).Body; strings.Contains(body, "Portugal") {
			t.Errorf("another firm exports %s", body)
		}
		w.SignIn(t, w.Paul).Get(t, "/questions").Want(http.StatusForbidden)
	})
}

func TestImportingThroughTheBrowser(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		gift, err := os.ReadFile("../../internal/questionbank/gift/testdata/every-type.gift")
		if err != nil {
			t.Fatal(err)
		}
		send(t, rita, "/questions/imports", nil, "files", nil).Want(http.StatusUnprocessableEntity).Says("Choose at least one file.")
		sent := send(t, rita, "/questions/imports", url.Values{"format": {"auto"}}, "files", map[string][]byte{"bank.gift": gift, "broken.xml": []byte("<quiz>\n<question>\n</quiz>")})
		plan := rita.Follow(t, sent.Want(http.StatusSeeOther)).Want(http.StatusOK)
		plan.Says("14 questions can come in.", "Nothing of this file comes in.", "Explain a mutex.", "line 3")
		if n := plan.Find(".imp-table tbody tr").Length(); n != 14 {
			t.Errorf("%d lines", n)
		}
		address := sent.Header.Get("Location")
		rita.Get(t, address+"?show=problems").Want(http.StatusOK).Says("Ordering questions have no equivalent here")
		rita.Follow(t, rita.Post(t, address+"/commit", url.Values{"duplicates": {"skip"}}).Want(http.StatusSeeOther)).Says("Waiting for its turn")
		w.Drain(t)
		rita.Get(t, address).Want(http.StatusOK).Says("14 questions came in.", "broken.xml")
		rita.Post(t, address+"/commit", url.Values{"duplicates": {"skip"}}).Want(http.StatusConflict)
		again := rita.Follow(t, send(t, rita, "/questions/imports", nil, "files", map[string][]byte{"bank.gift": gift}))
		again.Says("No question is new. 14 are there already.", "In the bank")
		rita.Get(t, "/questions/imports/new").Want(http.StatusOK).Says("Earlier uploads", "14 questions added")
	})
}

func TestExportingThroughTheBrowser(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, capital := w.SignIn(t, w.Rita), w.Capital(t)
		w.Essay(t)
		for _, format := range actions.ExportFormats {
			all := rita.Get(t, "/questions/export?format="+format.Name).Want(http.StatusOK)
			some := rita.Get(t, fmt.Sprintf("/questions/export?format=%s&id=%d", format.Name, capital.ID)).Want(http.StatusOK)
			found := rita.Get(t, "/questions/export?type=essay&format="+format.Name).Want(http.StatusOK)
			for want, reply := range map[int]testkit.Reply{2: all, 1: some} {
				if n := len(bankfile.Parse("x"+format.Extension, bankfile.Auto, []byte(reply.Body)).Questions); n != want {
					t.Errorf("%s: %d questions, want %d", format.Name, n, want)
				}
			}
			if q := bankfile.Parse("x"+format.Extension, bankfile.Auto, []byte(found.Body)).Questions; len(q) != 1 || q[0].Type != "essay" {
				t.Errorf("%s of essays: %+v", format.Name, q)
			}
			if disposition := all.Header.Get("Content-Disposition"); !strings.Contains(disposition, "questions"+format.Extension) {
				t.Errorf("%s comes as %q", format.Name, disposition)
			}
		}
		rita.Get(t, "/questions/export?format=word").Want(http.StatusUnprocessableEntity)
	})
}

func TestPicturesInQuestions(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
		send(t, rita, "/questions/images", nil, "image", map[string][]byte{"a.txt": []byte("words")}).Want(http.StatusUnprocessableEntity).Says("not a picture")
		img := send(t, rita, "/questions/images", nil, "image", map[string][]byte{"map.png": png}).Want(http.StatusOK)
		source, _ := img.Find("img").Attr("src")
		rita.Get(t, source).Want(http.StatusOK)
		form := url.Values{"type": {"essay"}, "content": {"<p>Look: " + img.Body + "</p>"}}
		page := rita.Follow(t, send(t, rita, "/questions", form, "image", map[string][]byte{"second.png": png}).Want(http.StatusSeeOther)).Want(http.StatusOK)
		shown := page.Find("#question-preview img")
		if shown.Length() != 2 {
			t.Fatalf("%d pictures shown", shown.Length())
		}
		for _, picture := range shown.EachIter() {
			source, _ := picture.Attr("src")
			rita.Get(t, source).Want(http.StatusOK)
		}
	})
}

func TestATypedAddressOfSomebodyElsesFileGetsNoLink(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		own, foreign := w.Picture(t, w.Rita), w.Picture(t, w.Otto)
		rita := w.SignIn(t, w.Rita)
		shown := func(place, address string) string {
			form := url.Values{"type": {string(models.EssayQuestion)}, "content": {`<p>Look: <img src="` + address + `"></p>`}}
			return rita.Post(t, place, form).Want(http.StatusOK).Body
		}
		for _, place := range []string{"/questions/preview", "/questions/form"} {
			if !strings.Contains(shown(place, own), "signature=") {
				t.Errorf("%s does not show the own picture", place)
			}
			for _, address := range []string{foreign, foreign + "?expires=1&amp;signature=x", strings.Replace(foreign, "/files/", "&#47;files/", 1)} {
				if body := shown(place, address); strings.Contains(body, "signature=") {
					t.Errorf("%s signs %s of another organization:\n%s", place, address, body)
				}
			}
		}
	})
}

func TestAKeyIsCorrectedAndTheProgressShown(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt, paper := w.Started(t, p, 0)
		w.Run(t, w.AsCandidate(t, p), &actions.SaveAnswer{AnswerID: paper[0].ID, Value: models.AnswerValue{Choices: []string{"a"}}})
		w.Run(t, w.AsCandidate(t, p), &actions.SubmitAttempt{AttemptID: attempt.ID})
		rita, page := w.SignIn(t, w.Rita), fmt.Sprintf("/questions/%d/key", paper[0].QuestionID)
		rita.Get(t, fmt.Sprintf("/questions/%d", paper[0].QuestionID)).Want(http.StatusOK).Says("Correct the key")
		form := rita.Get(t, page).Want(http.StatusOK).Says("stands on 1 paper", "Lisbon")
		if form.Find("input[name=correct][checked]").AttrOr("value", "") != "b" {
			t.Error("the present key is not marked")
		}
		rita.Post(t, page, url.Values{"correct": {"a"}}).Want(http.StatusUnprocessableEntity).Says("Say what was wrong")
		rita.Post(t, page, url.Values{"reason": {"Porto was meant"}}).Want(http.StatusUnprocessableEntity).Says("Say which answer is right")
		reply := rita.Post(t, page, url.Values{"correct": {"a", "b"}, "reason": {"Porto was meant too"}})
		w.Drain(t)
		rita.Follow(t, reply).Says("Scoring anew", "1 section scored anew.")
		if a := w.Attempts(t, p)[0]; *a.Score != 1 {
			t.Errorf("score %v", *a.Score)
		}
	})
}

func TestTagsAreChangedWithoutScript(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	question := w.Capital(t)
	rita := w.SignIn(t, w.Rita)
	rita.Get(t, "/questions/tags/new").Want(http.StatusSeeOther)
	form := rita.Get(t, fmt.Sprintf("/questions/tags/new?id=%d", question.ID)).Want(http.StatusOK).Says("Tag 1 question")
	if value, _ := form.Find("form#tagging input[name=id]").Attr("value"); value != fmt.Sprint(question.ID) {
		t.Errorf("the form is about question %q", value)
	}
	rita.Post(t, "/questions/tags", url.Values{"alone": {"1"}, "id": {fmt.Sprint(question.ID)}, "add_skills": {"Geography, Atlases"}}).
		Want(http.StatusSeeOther)
	rita.Get(t, fmt.Sprintf("/questions/%d", question.ID)).Want(http.StatusOK).Says("Atlases")
}
