package v4_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

const v4 = "/api/v4"

// problems are the fields of a 422 with what is said of them.
func problems(t *testing.T, reply testkit.Reply) map[string]string {
	t.Helper()
	var list []struct{ Field, Message string }
	reply.Want(http.StatusUnprocessableEntity).Into(&list)
	said := map[string]string{}
	for _, p := range list {
		said[p.Field] = p.Message
	}
	return said
}

func TestOnesOwnAccount(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		me := object(t, rita.Get(t, v4+"/user/me").Want(http.StatusOK))
		links := me["_links"].(map[string]any)
		if me["email"] != w.Rita.Email || me["password_reset_token"] != nil || !strings.Contains(links["busyCalendar"].(map[string]any)["href"].(string), "startsAt=") {
			t.Errorf("me: %v", me)
		}
		changed := object(t, rita.Send(t, "PUT", v4+"/user/me", "application/json",
			`{"phone":5551,"appState":{"web":{"seen":true}},"roles":["Master_Recruiter","Recruiter","Evaluator"],"current_role":"Recruiter","countryCode":"243","status":20}`).Want(http.StatusOK))
		if changed["phone"] != "5551" || changed["current_role"] != "Recruiter" || changed["countryCode"] != "+243" || changed["name"] != w.Rita.Name {
			t.Errorf("changed: %v", changed)
		}
		for body, field := range map[string]string{
			`{"roles":["Admin"]}`: "roles", `{"roles":["Hiring Manager","Recruiter"]}`: "roles", `{"roles":[]}`: "roles", `{"status":30}`: "status",
			`{"current_role":"Admin"}`: "current_role", `{"countryCode":"+9999"}`: "countryCode", `{"username":"a@b.example.com","email":"c@d.example.com"}`: "username",
			`{"email":"` + w.Ada.Email + `"}`: "email", `{"nmae":"x"}`: "nmae",
		} {
			if said := problems(t, rita.Send(t, "PUT", v4+"/user/me", "application/json", body)); said[field] == "" {
				t.Errorf("%s: %v", body, said)
			}
		}
		paul := w.Program(t, w.Paul)
		if said := problems(t, paul.Send(t, "PUT", v4+"/user/me", "application/json", `{"roles":["Evaluator","Recruiter"]}`)); said["roles"] == "" {
			t.Errorf("an evaluator makes a recruiter of himself: %v", said)
		}
	})
}

func TestAnAddressNamedThroughTheAPIWaitsToBeConfirmed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		body := `{"username":"moved@acme.example.com","location":"Faro"}`
		changed := object(t, rita.Send(t, "PUT", v4+"/user/me", "application/json", body).Want(http.StatusOK))
		if changed["email"] != w.Rita.Email || changed["username"] != w.Rita.Email || changed["location"] != "Faro" {
			t.Errorf("changed: %v", changed)
		}
		w.Drain(t)
		var told []string
		w.DB.Read.Model(&models.Notification{}).Where("subject LIKE '%address%'").Order("id").Pluck("to_address", &told)
		if len(told) != 2 || told[0] != "moved@acme.example.com" || told[1] != w.Rita.Email {
			t.Errorf("told: %v", told)
		}
		ada := w.Program(t, w.Ada)
		by := object(t, ada.Send(t, "PUT", fmt.Sprintf("%s/models/user/%d", v4, w.Paul.ID), "application/json", `{"name":"Paul","email":"p@acme.example.com"}`).Want(http.StatusOK))
		if by["email"] != "p@acme.example.com" {
			t.Errorf("an administrator's change waits: %v", by)
		}
	})
}

func TestTheOwnPasswordChangesInTheDocumentsWords(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client := w.APIClient(t, w.Ada)
		rita := w.With(signedIn(t, w, client, w.Rita).Access)
		send := func(current, fresh, repeat string) testkit.Reply {
			return rita.JSON(t, "POST", v4+"/user/me/update-password",
				map[string]string{"current_password": current, "new_password": fresh, "new_passowrd_repeat": repeat})
		}
		const fresh = "quartz lantern oboe mill"
		for _, row := range []struct{ current, fresh, repeat, field, message string }{
			{"not it", fresh, fresh, "current_password", "Invalid current password"},
			{testkit.Password, "password12", "password12", "new_password", "This is a weak password, Please set stronger password for your account"},
			{testkit.Password, testkit.Password, testkit.Password, "new_password", "Your new password is same as the old password. Please use another password"},
			{testkit.Password, fresh, fresh + "x", "new_password", "new_password_repeat does not match new_password"},
		} {
			if said := problems(t, send(row.current, row.fresh, row.repeat)); said[row.field] != row.message {
				t.Errorf("%v: %v", row, said)
			}
		}
		score := func(password string) float64 {
			return object(t, rita.JSON(t, "POST", v4+"/user/me/password-strength", map[string]string{"password": password}).Want(http.StatusOK))["score"].(float64)
		}
		if score(fresh) != 4 || score("12345678") != 0 || score(testkit.Password) != 0 || score("Rita Recruiter") > 2 {
			t.Errorf("scores %v %v %v %v", score(fresh), score("12345678"), score(testkit.Password), score("Rita Recruiter"))
		}
		send(testkit.Password, fresh, fresh).Want(http.StatusOK)
		rita.Get(t, v4+"/user/me").Want(http.StatusUnauthorized)
		again := passwordGrant(client, w.Rita.Email)
		again.Set("password", fresh)
		w.Stranger().Form(t, tokenPath, again).Want(http.StatusOK)
	})
}

func TestAnAuthenticatorIsSetUpFromARealPicture(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.Program(t, w.Rita).Get(t, v4+"/user/me/generate-otp-uri").Want(http.StatusForbidden)
	rita := w.With(signedIn(t, w, w.APIClient(t, w.Ada), w.Rita).Access)
	answer := object(t, rita.Get(t, v4+"/user/me/generate-otp-uri").Want(http.StatusOK))
	content, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(answer["qr-code"].(string), "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(content)); err != nil || picture.Bounds().Dx() < 150 {
		t.Errorf("no picture: %v", err)
	}
	if _, _, err := secrets.ValidateTOTP(answer["secret"].(string), "000000", w.Clock.Now(), 0); err != nil {
		t.Errorf("the secret %v: %v", answer["secret"], err)
	}
}

func TestAMailedLinkChangesThePassword(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Run(t, w.As(t, w.Rita), &actions.RequestPasswordReset{Email: w.Rita.Email, Address: "192.0.2.7"})
		w.Drain(t)
		var mail models.Notification
		if err := w.DB.Read.Last(&mail).Error; err != nil {
			t.Fatal(err)
		}
		token := regexp.MustCompile(`/password/reset/([A-Za-z0-9_-]+)`).FindStringSubmatch(mail.Content)[1]
		anybody := w.Stranger()
		if got := object(t, anybody.Get(t, v4+"/user/reset-password/verify-link?c="+token).Want(http.StatusOK)); got["message"] != "valid link" || got["status"] != 200.0 {
			t.Errorf("verified: %v", got)
		}
		anybody.Get(t, v4+"/user/reset-password/verify-link?c=nothing").Want(http.StatusGone)
		change := func(fresh, repeat string) testkit.Reply {
			return anybody.JSON(t, "POST", v4+"/user/reset-password/change", map[string]string{"new_password": fresh, "new_password_repeat": repeat, "token": token})
		}
		const fresh = "quartz lantern oboe mill"
		if said := problems(t, change(fresh, "other")); said["new_password"] == "" {
			t.Errorf("two passwords: %v", said)
		}
		if said := problems(t, change("12345678", "12345678")); said["new_password"] == "" {
			t.Errorf("a weak password: %v", said)
		}
		id := object(t, change(fresh, fresh).Want(http.StatusOK))["id"].(string)
		var entry models.AuditEntry
		if w.DB.Read.Where("verb = 'reset-password'").Last(&entry); entry.Detail["id"] != id {
			t.Errorf("the ledger does not hold %s: %v", id, entry.Detail)
		}
		change(fresh, fresh).Want(http.StatusGone)
	})
}

// picture is a form with one file.
func picture(t *testing.T, name string, content []byte) (contentType, body string) {
	t.Helper()
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return form.FormDataContentType(), out.String()
}

func TestTheOwnPicture(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, at := w.Program(t, w.Rita), v4+"/user/display-picture"
		if card := object(t, rita.Get(t, at).Want(http.StatusOK)); card["picture"] != nil || card["bio"] != "" {
			t.Errorf("the first card: %v", card)
		}
		var square bytes.Buffer
		if err := png.Encode(&square, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
			t.Fatal(err)
		}
		kind, body := picture(t, "me.png", square.Bytes())
		card := object(t, rita.Send(t, "POST", at, kind, body).Want(http.StatusCreated))
		file := card["picture"].(map[string]any)
		if file["file_type_id"] != 44.0 || file["_links"].(map[string]any)["fileType"] == nil || file["resourceUrl"] == "" {
			t.Errorf("the picture: %v", file)
		}
		if me := object(t, rita.Get(t, v4+"/user/me")); me["profilePicUrl"] == nil {
			t.Error("no address of the picture")
		}
		kind, body = picture(t, "me.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
		if said := problems(t, rita.Send(t, "POST", at, kind, body)); said["file"] == "" {
			t.Errorf("a GIF: %v", said)
		}
		rita.Send(t, "DELETE", at, "", "").Want(http.StatusNoContent)
		if card := object(t, rita.Get(t, at)); card["picture"] != nil {
			t.Errorf("the last card: %v", card)
		}
	})
}

func TestSettingsCascade(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		inForce := func() map[string]any {
			return object(t, rita.Get(t, v4+"/user/me/settings_data/8?expand=settings").Want(http.StatusOK))
		}
		if got := inForce(); got["value"] != "50" || got["settings"].(map[string]any)["name"] != "Items per page" {
			t.Errorf("by default: %v", got)
		}
		write := func(body string) {
			w.Program(t, w.Ada).Send(t, "POST", v4+"/admin/organization/"+key(w.Acme.ID)+"/settings-data", "application/json", body).Want(http.StatusCreated)
		}
		write(`{"settings_id":8,"unconstrained_value":25}`)
		write(`{"settings_id":8,"unconstrained_value":99,"user_id":` + key(w.Paul.ID) + `}`)
		if got := inForce(); got["value"] != "25" {
			t.Errorf("by the organization: %v", got)
		}
		write(`{"settings_id":8,"unconstrained_value":30,"user_id":` + key(w.Rita.ID) + `}`)
		if got := inForce(); got["value"] != "30" || got["unconstrained_value"] != "30" {
			t.Errorf("by the user: %v", got)
		}
		var all []map[string]any
		rita.Get(t, v4+"/user/me/settings_data").Want(http.StatusOK).Into(&all)
		if len(all) != 11 || all[0]["value"] != "Europe/Lisbon" || all[0]["settings_allowed_value_id"] != 1024.0 {
			t.Errorf("all in force: %v", all)
		}
		rita.Get(t, v4+"/user/me/settings_data/999").Want(http.StatusNotFound)
	})
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.Program(t, w.Rita)
	reply := rita.Get(t, v4+"/models/code-language").Want(http.StatusOK)
	var all map[string]string
	reply.Into(&all)
	if len(all) != 70 || all["114"] != "Go (1.4)" || !strings.HasPrefix(reply.Body, `{"7":"Ada`) {
		t.Errorf("languages: %s", reply.Body[:80])
	}
	if one := object(t, rita.Get(t, v4+"/models/code-language/17").Want(http.StatusOK)); one["id"] != "17" || one["name"] != "Ruby (ruby 2.1.5)" {
		t.Errorf("one language: %v", one)
	}
	rita.Get(t, v4+"/models/code-language/999").Want(http.StatusNotFound)
}

func TestThePlaceholderIsDrawn(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	anybody, at := w.Stranger(), v4+"/helpers/profile-image-placeholder"
	reply := anybody.Get(t, at+"?text=AB&fillColor=%23ff0000&bgColor=navy&width=60&height=40&fSize=30&x=5&y=30").Want(http.StatusOK)
	drawn, err := png.Decode(strings.NewReader(reply.Body))
	if err != nil || reply.Header.Get("Content-Type") != "image/png" {
		t.Fatalf("%s: %v", reply.Header.Get("Content-Type"), err)
	}
	red := 0
	for x := range 60 {
		for y := range 40 {
			if r, g, b, _ := drawn.At(x, y).RGBA(); r == 0xffff && g == 0 && b == 0 {
				red++
			}
		}
	}
	if r, g, b, _ := drawn.At(59, 39).RGBA(); red < 50 || drawn.Bounds().Dx() != 60 || drawn.Bounds().Dy() != 40 || r != 0 || g != 0 || b>>8 != 0x80 {
		t.Errorf("drawn %v with %d red pixels on %d %d %d", drawn.Bounds(), red, r, g, b)
	}
	for query, field := range map[string]string{"": "text", "?text=A&width=1025": "width", "?text=A&x=-1": "x", "?text=A&fSize=0": "fSize", "?text=A&bgColor=plaid": "bgColor", "?text=A&height=tall": "height"} {
		if said := problems(t, anybody.Get(t, at+query)); said[field] == "" {
			t.Errorf("%q: %v", query, said)
		}
	}
}
