package candidate_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// verified returns a browser of the candidate's that entered the code.
func verified(t *testing.T, w *testkit.World, p models.AssessmentCandidate) *testkit.Client {
	t.Helper()
	c := w.Visitor(t)
	c.Post(t, w.Link(t, p), url.Values{"code": {p.VerifyCode}}).Want(http.StatusSeeOther)
	return c
}

func TestFromTheLinkToTheConclusionOnTwoDevices(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		phone := w.Visitor(t)
		phone.Get(t, w.Link(t, p)).Want(http.StatusOK).Says("Acme", "Dispatcher", "30 minutes", "What is recorded")
		refused := phone.Post(t, w.Link(t, p), url.Values{"code": {"12345678"}}).Want(http.StatusUnprocessableEntity).Says("does not belong to this link")
		if typed := refused.Find("input[name=code]").AttrOr("value", ""); typed != "12345678" {
			t.Errorf("of the refused code %q is left", typed)
		}
		phone = verified(t, w, p)
		phone.Follow(t, phone.Get(t, "/attend").Want(http.StatusSeeOther)).Says("What is recorded", "leave the tab", "pasted", "If you do not agree")
		phone.Post(t, "/attend/consent", url.Values{}).Want(http.StatusUnprocessableEntity).Says("once you agree")
		phone.Follow(t, phone.Post(t, "/attend/consent", url.Values{"agreed": {"true"}})).Says("Hello, Cleo", "Knowledge", "In your words")

		attempts := w.Attempts(t, p)
		first := fmt.Sprintf("/attend/sections/%d", attempts[0].ID)
		phone.Get(t, first).Want(http.StatusOK).Says("30 minutes from the moment you start", "1 mark")
		question := phone.Follow(t, phone.Post(t, first+"/start", nil)).Want(http.StatusOK).Says("capital of Portugal", "Lisbon", "30:00")
		if question.Find("input[name=choice]").Length() != 3 || question.Find("[name=choice][checked]").Length() != 0 {
			t.Error("want three open choices")
		}
		if question.Find(".exam-hint").Length() != 0 {
			t.Error("a question without a hint shows one")
		}
		answer := question.Find("form[data-answer]").AttrOr("action", "")
		saved := phone.PostPart(t, answer, url.Values{"choice": {"b"}, "base": {"0"}, "revision": {"1"}, "writer": {"w1"}}).Want(http.StatusOK)
		saved.Says("Saved at", "hx-swap-oob")
		if saved.Header.Get("Assay-Revision") != "1" {
			t.Errorf("revision %q", saved.Header.Get("Assay-Revision"))
		}

		w.Clock.Advance(10 * time.Minute)
		laptop := verified(t, w, p)
		there := laptop.Follow(t, laptop.Get(t, first).Want(http.StatusSeeOther)).Says("20:00")
		if there.Find("[name=choice][checked]").AttrOr("value", "") != "b" {
			t.Error("the laptop does not show what the phone saved")
		}
		laptop.Follow(t, laptop.Post(t, answer, url.Values{"choice": {"b"}, "base": {"1"}, "go": {"review"}})).Says("Every question is answered.")
		done := laptop.Follow(t, laptop.Post(t, first+"/submission", nil)).Want(http.StatusOK).Says("Submitted", "Still to do: In your words", "To the next section")
		if strings.Contains(done.Find("main").Text(), "You can close this page") {
			t.Error("a candidate with a section left is told to close the page")
		}
		if done.Find("form").Length() != 0 {
			t.Error("a form is left on the conclusion")
		}
		if a := w.Attempts(t, p)[0]; *a.Score != 1 || *a.ClosedBy != models.ClosedBySubmit {
			t.Errorf("attempt %+v", a)
		}
		gone := phone.PostPart(t, answer, url.Values{"choice": {"a"}, "base": {"1"}})
		if to := gone.Header.Get("HX-Redirect"); to != first+"/conclusion" {
			t.Errorf("a late save leads to %q", to)
		}
	})
}

func TestAConflictOffersBothTexts(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		_, paper := w.Started(t, p, 1)
		path := fmt.Sprintf("/attend/answers/%d", paper[0].ID)
		phone, laptop := verified(t, w, p), verified(t, w, p)
		phone.Post(t, path, url.Values{"text": {"From the phone"}, "base": {"0"}}).Want(http.StatusSeeOther)
		part := laptop.PostPart(t, path, url.Values{"text": {"From the <laptop>"}, "base": {"0"}}).Want(http.StatusOK)
		part.Says("Two versions", "From the phone", "From the &lt;laptop&gt;")
		if part.Header.Get("Assay-Revision") != "" {
			t.Error("a refused save was acknowledged")
		}
		page := laptop.Post(t, path, url.Values{"text": {"From the <laptop>"}, "base": {"0"}}).Want(http.StatusUnprocessableEntity)
		form := url.Values{}
		page.Find("form[data-settle] input").Each(func(_ int, s *goquery.Selection) { form.Add(s.AttrOr("name", ""), s.AttrOr("value", "")) })
		laptop.Follow(t, laptop.Post(t, path, form)).Says("From the &lt;laptop&gt;")
	})
}

func TestNobodyElseSeesAnAttempt(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		cleo, dev := w.Invited(t, assessment, w.Candidate(t, 0)), w.Invited(t, assessment, w.Candidate(t, 1))
		attempt, paper := w.Started(t, cleo, 0)
		other := verified(t, w, dev)
		section, answer := fmt.Sprintf("/attend/sections/%d", attempt.ID), fmt.Sprintf("/attend/answers/%d", paper[0].ID)
		for _, path := range []string{section, section + "/questions/1", section + "/review", section + "/conclusion", section + "/form"} {
			other.Get(t, path).Want(http.StatusNotFound)
		}
		for _, path := range []string{answer, answer + "/mark", section + "/start", section + "/submission", section + "/heartbeats"} {
			other.Post(t, path, url.Values{"choice": {"a"}}).Want(http.StatusNotFound)
		}
		other.Post(t, section+"/events", url.Values{"kind": {"paste"}}).Want(http.StatusNotFound)
		w.Visitor(t).Get(t, section).Want(http.StatusUnauthorized).Says("Open your link again")
		w.SignIn(t, w.Rita).Get(t, section).Want(http.StatusUnauthorized)
		if body := verified(t, w, cleo).Get(t, section+"/questions/1").Body; strings.Contains(body, "correct") {
			t.Error("the page says what is correct")
		}
	})
}

func TestTimeUpAndClosedPagesSayWhatToDo(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		attempt, _ := w.Started(t, p, 0)
		c := verified(t, w, p)
		section := fmt.Sprintf("/attend/sections/%d", attempt.ID)
		w.Clock.Advance(30 * time.Minute)
		c.Follow(t, c.Get(t, section+"/questions/1").Want(http.StatusSeeOther)).Says("Time is up", "0 of 1 questions answered")
		w.Clock.Advance(time.Minute)
		w.Drain(t)
		if to := c.PostPart(t, section+"/heartbeats", nil).Header.Get("HX-Redirect"); to != section+"/conclusion" {
			t.Errorf("a heartbeat after the end leads to %q", to)
		}
		c.Get(t, "/attend/sections/999999").Want(http.StatusNotFound).Says("Go to your sections")

		late := w.Invited(t, assessment, w.Candidate(t, 1))
		w.Clock.Advance(8 * 24 * time.Hour)
		link := w.Link(t, late)
		w.Visitor(t).Get(t, link).Want(http.StatusOK).Says("The time to start has passed", "9 Mar")
		if err := w.DB.Write.Model(&late).Update("link_epoch", 2).Error; err != nil {
			t.Fatal(err)
		}
		gone := w.Visitor(t).Get(t, link).Want(http.StatusNotFound).Says("This link leads nowhere", "answer the message")
		if gone.Find("main a").Length() != 0 {
			t.Error("somebody without an account is led elsewhere in the program")
		}
	})
}

func TestAnExtensionReachesTheOpenPage(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt, _ := w.Started(t, p, 0)
		c := verified(t, w, p)
		beat := fmt.Sprintf("/attend/sections/%d/heartbeats", attempt.ID)
		c.PostPart(t, beat, nil).Says("30:00")
		w.Run(t, w.As(t, w.Rita), &actions.ExtendAttempt{AttemptID: attempt.ID, Seconds: 300})
		c.PostPart(t, beat, nil).Says("35:00")
		w.Clock.Advance(2 * time.Minute)
		c.PostPart(t, beat, nil).Says("35:00") // two minutes of silence given back
		c.Post(t, beat, url.Values{"leaving": {"1"}}).Want(http.StatusNoContent)
		w.Clock.Advance(2 * time.Minute)
		c.PostPart(t, beat, nil).Says("33:00")
	})
}

func TestASectionThatIsWalkedThroughInOrder(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		no, minute := false, 60
		assessment := w.EveryType(t, func(s *actions.SectionInput) {
			s.IsSkipAllowed, s.IsRetake, s.IsReview, s.MaxQuestionTime = &no, &no, &no, &minute
		})
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		attempt, paper := w.Started(t, p, 0)
		c := verified(t, w, p)
		question := func(n int) string { return fmt.Sprintf("/attend/sections/%d/questions/%d", attempt.ID, n) }
		answer := func(n int) string { return fmt.Sprintf("/attend/answers/%d", paper[n-1].ID) }

		first := c.Get(t, question(1)).Want(http.StatusOK).Says("01:00")
		if n := first.Find("article").Length(); n != 1 {
			t.Errorf("%d questions on the page", n)
		}
		if first.Find(".q-map").Length() != 0 {
			t.Error("the map shows what may not be reached")
		}
		c.Follow(t, c.Get(t, question(2)).Want(http.StatusSeeOther)).Says("capital of Portugal", "does not let you skip")
		if body := c.Post(t, answer(2), url.Values{"choice": {"a"}, "base": {"7"}}).Want(http.StatusNotFound).Body; strings.Contains(body, "prime") {
			t.Error("a question shows before its time runs")
		}
		beat := fmt.Sprintf("/attend/sections/%d/heartbeats", attempt.ID)
		c.Post(t, beat, url.Values{"position": {"4"}})
		c.Follow(t, c.Get(t, question(5)).Want(http.StatusSeeOther)).Says("capital of Portugal", "does not let you skip")
		c.Follow(t, c.Post(t, answer(1), url.Values{"choice": {"b"}, "go": {"next"}})).Says("prime")
		c.Post(t, beat, url.Values{"position": {"0"}})
		c.Follow(t, c.Post(t, answer(1), url.Values{"choice": {"a"}, "base": {"1"}})).Says("This answer is final")
		w.Clock.Advance(61 * time.Second)
		c.Get(t, question(2)).Says("The time for this question is over", "00:00")
		w.Clock.Advance(time.Minute)
		c.PostPart(t, answer(2), url.Values{"choice": {"a"}}).Want(http.StatusForbidden)
		c.Get(t, question(3)).Want(http.StatusOK).Says("Water is wet")
		c.Follow(t, c.Post(t, answer(3), url.Values{"truth": {"true"}, "go": {"next"}})).Says("Two and two")
		c.Follow(t, c.Post(t, answer(4), url.Values{"gap0": {" FOUR "}, "go": {"next"}})).Says("Who says what", "Submit this section")
		c.Follow(t, c.Post(t, answer(5), url.Values{"pair-a": {"a"}, "pair-b": {"b"}, "go": {"submit"}})).Says("4 of 5 questions are answered")
		c.Post(t, fmt.Sprintf("/attend/sections/%d/submission", attempt.ID), nil).Want(http.StatusSeeOther)
		if a := w.Attempts(t, p)[0]; *a.Score != 4 || *a.MaxScore != 5 {
			t.Errorf("score %v of %v", *a.Score, *a.MaxScore)
		}
	})
}

func TestAFormBeforeTheSection(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		w.FormBefore(t, attempt)
		c := verified(t, w, p)
		c.Post(t, "/attend/consent", url.Values{"agreed": {"true"}})
		section := fmt.Sprintf("/attend/sections/%d", attempt.ID)
		c.Get(t, section).Says("Fill in the form")
		c.Follow(t, c.Post(t, section+"/start", nil)).Says("Fill in the form first")
		c.Get(t, section+"/form").Says("About you", "Night")
		c.Post(t, section+"/form", url.Values{"field-shift": {"Noon"}}).Want(http.StatusUnprocessableEntity).
			Says("School is needed.", "one of the answers offered")
		c.Follow(t, c.Post(t, section+"/form", url.Values{"field-school": {"Coimbra"}, "field-shift": {"Night"}})).Says("the clock begins")
		c.Get(t, section+"/form").Says("Coimbra")
		c.Follow(t, c.Post(t, section+"/start", nil)).Says("capital of Portugal")
		c.Post(t, section+"/form", url.Values{"field-school": {"Porto"}}).Want(http.StatusConflict)
	})
}

func TestAPictureInAQuestionCanBeFetched(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		question := w.Question(t, actions.QuestionInput{Type: models.EssayQuestion, Content: `<p>What is this? <img src="` + w.Picture(t, w.Rita) + `"></p>`})
		hour := 3600
		made := actions.CreateAssessment{Title: "Pictures", Status: models.AssessmentOpen, Sections: []actions.SectionInput{
			{Title: "Look", Type: models.EssaySection, MaxSectionTime: &hour, Combined: []actions.SlotInput{{QuestionID: &question.ID}}}}}
		w.Record(t, w.As(t, w.Rita), &made)
		p := w.Invited(t, made.Assessment, w.Candidate(t, 0))
		attempt, _ := w.Started(t, p, 0)
		c := verified(t, w, p)
		link, _ := c.Get(t, fmt.Sprintf("/attend/sections/%d/questions/1", attempt.ID)).Want(http.StatusOK).Find(".exam-q img").Attr("src")
		c.Get(t, link).Want(http.StatusOK)
		c.Get(t, link[:strings.Index(link, "?")]).Want(http.StatusForbidden)
	})
}

func TestFullScreenIsOfferedWhereTheSectionAsksForIt(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
	attempt, _ := w.Started(t, p, 0)
	cleo := verified(t, w, p)
	question := fmt.Sprintf("/attend/sections/%d/questions/1", attempt.ID)
	if cleo.Get(t, question).Want(http.StatusOK).Find("[data-full-screen]").Length() != 0 {
		t.Error("full screen is offered although nobody asked for it")
	}
	if err := w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", attempt.AssessmentSectionID).Update("is_proctor", true).Error; err != nil {
		t.Fatal(err)
	}
	offer := cleo.Get(t, question).Want(http.StatusOK).Find("[data-full-screen] button[data-do=full-screen]")
	if offer.Text() != "Full screen" {
		t.Errorf("the button says %q", offer.Text())
	}
}

func TestTheExamPageHearsThatItsClockChanged(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
	attempt, _ := w.Started(t, p, 0)
	path := fmt.Sprintf("/attend/sections/%d/events", attempt.ID)
	other := w.Invited(t, w.Assessment(t), w.Candidate(t, 1))
	verified(t, w.World, other).Get(t, path).Want(http.StatusNotFound)

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	cleo := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	in, err := cleo.PostForm(w.URL+w.Link(t, p), url.Values{"code": {p.VerifyCode}})
	if err != nil {
		t.Fatal(err)
	}
	in.Body.Close()
	stream, err := cleo.Get(w.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	if !lines.Scan() || lines.Text() != ": listening" {
		t.Fatalf("status %d, first line %q", stream.StatusCode, lines.Text())
	}
	w.Run(t, w.As(t, w.Rita), &actions.ExtendAttempt{AttemptID: attempt.ID, Seconds: 600, Reason: "Fire drill"})
	for lines.Scan() {
		if lines.Text() == "event: changed" {
			return
		}
	}
	t.Error("the page was not told of its ten more minutes")
}
