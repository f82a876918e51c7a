package secrets_test

import (
	"bytes"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func TestTokens(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	seen := map[string]bool{}
	for range 100 {
		for token, length := range map[string]int{secrets.Token(): 43, secrets.LinkCode(): 22} {
			if len(token) != length || !form.MatchString(token) || seen[token] {
				t.Fatalf("%q is too short, needs escaping or came twice", token)
			}
			seen[token] = true
		}
	}
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if got := secrets.HashToken("abc"); got != abc {
		t.Errorf("HashToken: %s", got)
	}
	if !secrets.Equal("a", "a") || secrets.Equal("a", "b") || secrets.Equal("a", "aa") {
		t.Error("Equal is wrong")
	}
}

func TestTOTPWorksOnceWithinItsWindow(t *testing.T) {
	t.Parallel()
	// The secret and the expected codes are the test vectors of RFC 6238, cut to six digits.
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	moment := time.Unix(1111111109, 0)
	const step = 1111111109 / 30
	for name, row := range map[string]struct {
		code  string
		after time.Duration
		last  int64
		want  bool
	}{
		"now":               {"081804", 0, 0, true},
		"typed with a gap":  {"081 804", 0, 0, true},
		"half a minute on":  {"081804", 30 * time.Second, 0, true},
		"a minute on":       {"081804", 65 * time.Second, 0, false},
		"a little early":    {"081804", -30 * time.Second, 0, true},
		"used before":       {"081804", 0, step, false},
		"after another one": {"081804", 0, step - 1, true},
		"wrong":             {"081805", 0, 0, false},
		"empty":             {"", 0, 0, false},
	} {
		got, ok, err := secrets.ValidateTOTP(secret, row.code, moment.Add(row.after), row.last)
		if err != nil || ok != row.want || ok && got != step {
			t.Errorf("%s: got step %d, %v, %v", name, got, ok, err)
		}
	}
	if _, _, err := secrets.ValidateTOTP("!", "081804", moment, 0); err == nil {
		t.Error("a broken secret passed unnoticed")
	}
}

func TestNewTOTPDrawsItsQR(t *testing.T) {
	t.Parallel()
	generator, err := secrets.NewTOTP("Acme Recruiting", "rita@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	uri, err := url.Parse(generator.URI)
	if err != nil || uri.Scheme != "otpauth" || uri.Query().Get("secret") != generator.Secret || uri.Query().Get("issuer") != "Acme Recruiting" {
		t.Fatalf("URI %q, %v", generator.URI, err)
	}
	code, err := secrets.NewQR(generator.URI)
	if err != nil {
		t.Fatal(err)
	}
	if path := code.Path(); !regexp.MustCompile(`^(M\d+ \d+h\d+v1h-\d+z)+$`).MatchString(path) || !strings.HasPrefix(path, "M4 4h7v1h-7z") {
		t.Errorf("path starts %.60q", path)
	}
	image, err := code.PNG(3)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(image))
	if err != nil || drawn.Bounds().Dx() != 3*code.Size() {
		t.Fatalf("image %v wide, want %d: %v", drawn.Bounds(), 3*code.Size(), err)
	}
	if r, _, _, _ := drawn.At(0, 0).RGBA(); r == 0 {
		t.Error("the border is dark")
	}
	if r, _, _, _ := drawn.At(12, 12).RGBA(); r != 0 {
		t.Error("the corner mark is missing")
	}
	if _, err := secrets.NewTOTP("", "rita"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no issuer: %v", err)
	}
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	codes, hashes := secrets.RecoveryCodes()
	if len(codes) != secrets.RecoveryCodeCount || len(hashes) != len(codes) {
		t.Fatalf("%d codes, %d hashes", len(codes), len(hashes))
	}
	form := regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$`)
	for i, code := range codes {
		if !form.MatchString(code) {
			t.Errorf("code %q", code)
		}
		typed := strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(code, "-", " "), "1", "l"))
		typed = strings.ReplaceAll(typed, "0", "O")
		if got := secrets.FindRecoveryCode(typed, hashes); got != i {
			t.Errorf("%q is at %d, want %d", typed, got, i)
		}
	}
	if got := secrets.FindRecoveryCode("0000-0000-0000-0000", hashes); got != -1 {
		t.Errorf("a made-up code is at %d", got)
	}
}

func TestNumericCode(t *testing.T) {
	t.Parallel()
	for _, digits := range []int{6, 8, 9, 12} {
		code, err := secrets.NumericCode(digits)
		if err != nil || !regexp.MustCompile(`^\d+$`).MatchString(code) || len(code) != digits {
			t.Errorf("%d digits: %q, %v", digits, code, err)
		}
	}
	if _, err := secrets.NumericCode(4); fault.KindOf(err) != fault.Invalid {
		t.Errorf("four digits: %v", err)
	}
}

func TestSigner(t *testing.T) {
	t.Parallel()
	signer, err := secrets.NewSigner([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	other, err := secrets.NewSigner([]byte(strings.Repeat("o", 32)))
	if err != nil {
		t.Fatal(err)
	}
	link, err := signer.Sign("/files/ab/cv.pdf?filename=CV+N%C3%BA%C3%B1ez.pdf", noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		signer *secrets.Signer
		link   string
		now    time.Time
		want   fault.Kind
	}{
		"as signed":           {signer, link, noon, ""},
		"last second":         {signer, link, noon.Add(time.Hour - time.Second), ""},
		"expired":             {signer, link, noon.Add(time.Hour), fault.Gone},
		"another path":        {signer, strings.Replace(link, "/ab/", "/ac/", 1), noon, fault.Forbidden},
		"another name":        {signer, strings.Replace(link, "CV", "XX", 1), noon, fault.Forbidden},
		"longer life":         {signer, strings.Replace(link, "expires=1", "expires=2", 1), noon, fault.Forbidden},
		"one more parameter":  {signer, link + "&inline=1", noon, fault.Forbidden},
		"no signature":        {signer, "/files/ab/cv.pdf", noon, fault.Forbidden},
		"another key":         {other, link, noon, fault.Forbidden},
		"spaces as percent20": {signer, strings.ReplaceAll(link, "+", "%20"), noon, ""},
	} {
		u, err := url.Parse(row.link)
		if err != nil {
			t.Fatal(err)
		}
		if err := row.signer.Verify(u, row.now); fault.KindOf(err) != row.want {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := secrets.NewSigner([]byte("short")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("short key: %v", err)
	}
	digest := signer.Digest("sms 41", "12345678")
	if len(digest) != 64 || digest == signer.Digest("sms 4", "112345678") || digest == other.Digest("sms 41", "12345678") {
		t.Error("a digest depends on key, purpose and code")
	}
}
