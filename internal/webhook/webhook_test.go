package webhook_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/webhook"
)

func TestASignatureIsTheSpecifications(t *testing.T) {
	t.Parallel()
	got, err := webhook.Sign([]string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, "msg_p5jXN8AQM9LWM0D4loKWxJek",
		time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := webhook.Sign([]string{"secret"}, "m", time.Now(), nil); err == nil {
		t.Error("signed with what is no secret")
	}
}

func TestPrivateNetworksAreOutOfReach(t *testing.T) {
	t.Parallel()
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer server.Close()
	port := server.URL[strings.LastIndexByte(server.URL, ':'):]
	sender := webhook.NewSender(false)
	for _, host := range []string{"127.0.0.1", "[::1]", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "[fe80::1]", "[fd00:ec2::254]",
		"[::ffff:127.0.0.1]", "100.64.0.1", "0.0.0.0", "[64:ff9b::7f00:1]", "224.0.0.1", "255.255.255.255"} {
		if err := sender.CheckURL("https://" + host + port); err == nil {
			t.Errorf("%s is taken", host)
		}
	}
	// A name passes until it is resolved.
	if err := sender.CheckURL("https://localhost" + port); err != nil {
		t.Fatal(err)
	}
	if got := sender.Send(context.Background(), webhook.Message{URL: "https://localhost" + port, ID: "m", At: time.Now()}); reached || !strings.Contains(got.Error, "private network") {
		t.Errorf("reached %v: %+v", reached, got)
	}
	if got := webhook.NewSender(true).Send(context.Background(), webhook.Message{URL: server.URL, ID: "m", At: time.Now()}); !reached || !got.IsGood() {
		t.Errorf("with leave: %+v", got)
	}
}

func TestWhichAddressesAreTaken(t *testing.T) {
	t.Parallel()
	sender := webhook.NewSender(false)
	for _, bad := range []string{"", "example.com", "ftp://example.com", "http://example.com", "https://ann:pw@example.com", "https://", "https://example.com/#a"} {
		if err := sender.CheckURL(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if err := sender.CheckURL("https://example.com/hooks?a=1"); err != nil {
		t.Error(err)
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	followed := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		followed = followed || r.URL.Path == "/there"
		http.Redirect(w, r, "/there", http.StatusFound)
	}))
	defer server.Close()
	got := webhook.NewSender(true).Send(context.Background(), webhook.Message{URL: server.URL, ID: "m", At: time.Now()})
	if followed || got.IsGood() || !strings.Contains(got.Error, "redirect") {
		t.Errorf("followed %v: %+v", followed, got)
	}
}
