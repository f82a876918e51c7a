package account_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestTheProfileIsChanged(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := w.SignIn(t, w.Rita)
		form := url.Values{"name": {"Rita Renamed"}, "time_zone": {"Asia/Tokyo"}, "locale": {"de-DE"}, "location": {"Porto"}}
		c.Post(t, "/account/profile", form).Want(http.StatusSeeOther)
		c.Get(t, "/").Want(http.StatusOK).Says("Rita Renamed", "Tokyo")
		form.Set("name", " ")
		form.Set("time_zone", "Nowhere/Land")
		form.Set("locale", "tlh")
		c.Post(t, "/account/profile", form).Want(http.StatusUnprocessableEntity).Says("Give your name.", "no time zone", "Porto")
	})
}

func sendPicture(t *testing.T, c *testkit.Client, content []byte) testkit.Reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("picture", "me.png")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://assay.test/account/picture", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return c.Do(t, r)
}

func TestAPictureIsUploadedShownAndRemoved(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := w.SignIn(t, w.Rita)
		var picture bytes.Buffer
		if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
			t.Fatal(err)
		}
		sendPicture(t, c, []byte("<svg onload=alert(1)>")).Want(http.StatusUnprocessableEntity).Says("Choose a PNG")
		c.Get(t, "/account/picture").Want(http.StatusNotFound)
		sendPicture(t, c, picture.Bytes()).Want(http.StatusSeeOther)
		shown := c.Follow(t, c.Get(t, "/account/picture").Want(http.StatusSeeOther)).Want(http.StatusOK)
		if shown.Header.Get("Content-Type") != "image/png" || shown.Body != picture.String() {
			t.Errorf("got %s of %d bytes", shown.Header.Get("Content-Type"), len(shown.Body))
		}
		c.Post(t, "/account/picture/removal", nil).Want(http.StatusSeeOther)
		c.Get(t, "/account/picture").Want(http.StatusNotFound)
	})
}

func TestSwitchingTheRoleChangesWhatIsAllowed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := w.SignIn(t, w.Ada)
		c.Get(t, "/admin/users").Want(http.StatusOK)
		c.Post(t, "/account/role", url.Values{"role": {"Evaluator"}}).Want(http.StatusSeeOther)
		c.Get(t, "/admin/users").Want(http.StatusForbidden)
		c.Post(t, "/account/role", url.Values{"role": {"Super Admin"}}).Want(http.StatusUnprocessableEntity).Says("not one of your roles")
		c.Post(t, "/account/role", url.Values{"role": {"Admin"}}).Want(http.StatusSeeOther)
		c.Get(t, "/admin/users").Want(http.StatusOK)
	})
}

func TestSessionsAreListedAndRevoked(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		here, phone, tablet, paul := w.SignIn(t, w.Rita), w.SignIn(t, w.Rita), w.SignIn(t, w.Rita), w.SignIn(t, w.Paul)
		page := here.Get(t, "/account/sessions").Want(http.StatusOK).Says("This device", "192.0.2.1")
		if n := page.Find("ul.list > li").Length(); n != 3 {
			t.Fatalf("%d sessions", n)
		}
		var sessions []models.Session
		w.DB.Read.Where("user_id = ?", w.Rita.ID).Order("id").Find(&sessions)
		revoke := fmt.Sprintf("/account/sessions/%d/revocation", sessions[1].ID)
		paul.Post(t, revoke, nil).Want(http.StatusNotFound)
		phone.Get(t, "/account").Want(http.StatusOK)
		here.Post(t, revoke, nil).Want(http.StatusSeeOther)
		phone.Get(t, "/account").Want(http.StatusSeeOther)
		here.Post(t, "/account/sessions/others", nil).Want(http.StatusSeeOther)
		tablet.Get(t, "/account").Want(http.StatusSeeOther)
		here.Get(t, "/account").Want(http.StatusOK)
		paul.Get(t, "/account").Want(http.StatusOK)
	})
}

func TestHomeShowsWhatWaits(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		first := rita.Get(t, "/").Want(http.StatusOK).Says("Welcome to Assay.", "Fill the question bank", "Invite the first candidates")
		if done := first.Find("li.is-done").Length(); done != 0 {
			t.Errorf("%d steps are done in a new organization", done)
		}
		w.SignIn(t, w.Ada).Get(t, "/").Want(http.StatusOK).Says("Ask your colleagues in")
		assessment := w.Assessment(t)
		built := rita.Get(t, "/").Want(http.StatusOK).Says("Invite candidates to Dispatcher")
		if done := built.Find("li.is-done").Length(); done != 3 {
			t.Errorf("%d steps are done, want questions, assessment and opening", done)
		}
		w.SignIn(t, w.Otto).Get(t, "/").Want(http.StatusOK).Says("Welcome to Assay.")
		w.Invited(t, assessment, w.Candidate(t, 0))
		rita.Get(t, "/").Want(http.StatusOK).Says("Nothing waits for you.", "1 candidate")
		w.SignIn(t, w.Ada).Get(t, "/").Want(http.StatusOK).Says("3 people have no second factor", "entries in the chain")
		if page := w.SignIn(t, w.Otto).Get(t, "/"); strings.Contains(page.Body, "Dispatcher") {
			t.Error("another firm sees the assessment")
		}
		w.SignIn(t, w.Paul).Get(t, "/").Want(http.StatusOK).Says("Nothing waits for you.")
	})
}

func TestThePaletteFindsWhatOneMaySee(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Assessment(t)
		w.Candidate(t, 0)
		rita := w.SignIn(t, w.Rita)
		rita.Get(t, "/palette?q=COSTA").Want(http.StatusOK).Says("Cleo Costa", "/candidates/")
		rita.Get(t, "/palette?q=dispatch").Want(http.StatusOK).Says("Dispatcher", "/assessments/")
		rita.Get(t, "/palette?q=capital").Want(http.StatusOK).Says("Capital", "/questions/")
		rita.Get(t, "/palette?q=").Want(http.StatusOK).Says("Pages", "Question bank", "Write a question")
		rita.Get(t, "/palette?q=%25").Want(http.StatusOK).Says("Nothing is called")
		for who, c := range map[string]*testkit.Client{"a panelist": w.SignIn(t, w.Paul), "another firm": w.SignIn(t, w.Otto)} {
			if page := c.Get(t, "/palette?q=costa").Want(http.StatusOK); strings.Contains(page.Body, "Cleo") {
				t.Errorf("%s finds a candidate", who)
			}
		}
	})
}
