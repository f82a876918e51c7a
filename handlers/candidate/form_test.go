package candidate_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// detailedForm attaches a form with a country, a city that depends on it, shifts and a file to an attempt's section.
func detailedForm(t *testing.T, w *testkit.World, attempt models.AssessmentSectionCandidate) actions.SaveForm {
	t.Helper()
	list := w.PlacesList(t).ID
	form := actions.SaveForm{Name: "Where you live", Type: models.AssessmentCandidateForm, Parts: []models.FormPart{{Name: "You", Fields: map[string]models.FormField{
		"1": {ID: "country", Name: "country", Type: "select", Label: "Country", ListID: list, Required: true},
		"2": {ID: "city", Name: "city", Type: "select", Label: "City", ListID: list, DependsOn: "country", Required: true},
		"3": {ID: "shifts", Name: "shifts", Type: "checkbox", Label: "Shifts", Options: []string{"Day", "Day, late", "Night"}},
		"4": {ID: "permit", Name: "permit", Type: "file", Label: "Permit", Required: true}}}}}
	w.Run(t, w.As(t, w.Ada), &form)
	if err := w.DB.Write.Model(&models.Section{}).Where("id = ?", attempt.SectionID).Update("form_id", form.Form.ID).Error; err != nil {
		t.Fatal(err)
	}
	return form
}

func sendForm(t *testing.T, c *testkit.Client, path string, values url.Values, file string) testkit.Reply {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, all := range values {
		for _, value := range all {
			if err := parts.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if file != "" {
		part, err := parts.CreateFormFile("file-permit", file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(part, "issued at the harbour")
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "http://assay.test"+path, &body)
	request.Header.Set("Content-Type", parts.FormDataContentType())
	return c.Do(t, request)
}

func TestAFormHoldsListsThatDependAndFiles(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt := w.EssayOf(t, p)
		form := detailedForm(t, w, attempt)
		c := verified(t, w, p)
		c.Post(t, "/attend/consent", url.Values{"agreed": {"true"}})
		path := fmt.Sprintf("/attend/sections/%d/form", attempt.ID)
		page := c.Get(t, path).Want(http.StatusOK).Says("Where you live")
		if n := page.Find("[data-depends-on=f-field-country] optgroup").Length(); n != 2 {
			t.Errorf("%d groups of cities, want one for each country", n)
		}
		typed := url.Values{"field-country": {"Spain"}, "field-city": {"Lisbon"}, "field-shifts": {"Day, late", "Night"}}
		refused := sendForm(t, c, path, typed, "").Want(http.StatusUnprocessableEntity).Says("Choose one of the answers offered.", "Permit is needed. Choose a file.")
		if n := refused.Find("[name=field-shifts][checked]").Length(); n != 2 {
			t.Errorf("%d shifts are still ticked, want 2", n)
		}
		typed.Set("field-country", "Portugal")
		c.Follow(t, sendForm(t, c, path, typed, "permit.txt"))
		again := c.Get(t, path).Want(http.StatusOK).Says("permit.txt")
		if n := again.Find("[name=field-shifts][checked]").Length(); n != 2 {
			t.Errorf("%d shifts were kept, want 2", n)
		}
		typed.Set("field-city", "Porto")
		c.Follow(t, sendForm(t, c, path, typed, "")) // the file is there already
		if link := c.Get(t, path).Find("form a").AttrOr("href", ""); c.Get(t, link).Want(http.StatusOK).Body != "issued at the harbour" {
			t.Errorf("%s is not the file", link)
		}

		// A form that is changed afterwards leaves alone what was filled in.
		form.Parts[0].Fields["2"] = models.FormField{ID: "city", Name: "city", Type: "text", Label: "Town"}
		w.Run(t, w.As(t, w.Ada), &actions.SaveForm{ID: form.Form.ID, Name: form.Name, Type: form.Type, Parts: form.Parts})
		w.Assign(t, attempt, w.Paul)
		told := w.SignIn(t, w.Paul).Get(t, fmt.Sprintf("/evaluations/%d", attempt.ID)).Want(http.StatusOK).
			Says("Where you live", "City", "Porto", "Day, late, Night", "permit.txt")
		if strings.Contains(told.Body, "Town") {
			t.Error("a new label stands at an old answer")
		}
		w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", attempt.AssessmentSectionID).Update("is_blind", true)
		if blind := w.SignIn(t, w.Paul).Get(t, fmt.Sprintf("/evaluations/%d", attempt.ID)); strings.Contains(blind.Body, "permit.txt") {
			t.Error("blind review shows what the candidate told of themselves")
		}
	})
}

func TestAFormThatEndedIsNotAsked(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		form := detailedForm(t, w, attempt)
		c := verified(t, w, p)
		c.Post(t, "/attend/consent", url.Values{"agreed": {"true"}})
		section := fmt.Sprintf("/attend/sections/%d", attempt.ID)
		c.Get(t, section).Says("Fill in the form")
		ended := w.Clock.Now().Add(-1)
		w.Run(t, w.As(t, w.Ada), &actions.SaveForm{ID: form.Form.ID, Name: form.Name, Type: form.Type, Parts: form.Parts, EndDate: &ended})
		c.Get(t, section+"/form").Want(http.StatusNotFound)
		c.Follow(t, c.Post(t, section+"/start", nil)).Says("capital of Portugal")
	})
}
