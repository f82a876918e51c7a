package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/demo"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/testkit"
)

// asProgram names the environment variable with which the test binary is the program itself, so that a test has a real
// server process to kill.
const asProgram = "ASSAY_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if args := os.Getenv(asProgram); args != "" {
		if err := run(context.Background(), strings.Fields(args), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	testkit.Main(m)
}

const (
	savers       = 6
	savesPerLife = 12 // saves each candidate has acknowledged before the server is killed
	lives        = 2  // how often it is killed
)

// TestAKilledServerLosesNoAcknowledgedSave kills the server process while candidates save, starts it again on the same
// data, and finds every save that was acknowledged.
func TestAKilledServerLosesNoAcknowledgedSave(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killWhileSaving(t, config.Settings{Data: t.TempDir()})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killWhileSaving(t, config.Settings{Data: t.TempDir(), Database: testkit.PostgresAddress(t)})
	})
}

func killWhileSaving(t *testing.T, s config.Settings) {
	s.Addr, s.MailFrom = freeAddress(t), "Assay <assay@example.com>"
	s.Resolve()
	invitations := sampleFor(t, s)
	server := startProgram(t, s)
	var candidates []*saver
	for _, in := range invitations {
		candidates = append(candidates, newSaver(t, s.BaseURL, in.link, in.code))
	}
	for range lives {
		var wg sync.WaitGroup
		for _, c := range candidates {
			wg.Add(1)
			go func() { defer wg.Done(); c.saveUntilKilled() }()
		}
		for _, c := range candidates {
			c.waitFor(t, savesPerLife)
		}
		if err := server.Process.Kill(); err != nil { // SIGKILL: nothing is flushed, nothing said goodbye
			t.Fatal(err)
		}
		_ = server.Wait() // it was killed, and says so
		wg.Wait()
		server = startProgram(t, s)
		for _, c := range candidates {
			c.checkKept(t)
		}
	}
}

type invitation struct{ link, code string }

// sampleFor makes the sample organization and returns invitations that wait.
func sampleFor(t *testing.T, s config.Settings) []invitation {
	t.Helper()
	now := time.Now()
	clock := demo.NewClock(now.Add(-demo.History))
	h, err := openHouse(context.Background(), s, secrets.TestCost, clock)
	if err != nil {
		t.Fatal(err)
	}
	sample, err := demo.Build(context.Background(), h.runner, clock, now, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	var made []invitation
	for _, in := range sample.Open[:savers] {
		made = append(made, invitation{attendURL(h, in), in.Participation.VerifyCode})
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	return made
}

// startProgram starts `assay serve` as a process of its own and waits until it answers.
func startProgram(t *testing.T, s config.Settings) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asProgram+"=serve --log-level error --addr "+s.Addr+" --data "+s.Data, "DATABASE_URL="+s.Database)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // gone already, mostly
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if reply, err := http.Get(s.BaseURL + "/readyz"); err == nil {
			reply.Body.Close()
			if reply.StatusCode == http.StatusOK {
				return cmd
			}
		}
	}
	t.Fatal("the server does not answer")
	return nil
}

// saver is a candidate who writes the next number into one answer, over and over.
type saver struct {
	client http.Client
	base   string
	answer string // path that takes the answer
	page   string

	mu    sync.Mutex
	more  *sync.Cond
	acked int64 // last number the server acknowledged
	fresh int   // acknowledged since the server started
}

func newSaver(t *testing.T, base, link, code string) *saver {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &saver{client: http.Client{Jar: jar, Timeout: 10 * time.Second}, base: base}
	s.more = sync.NewCond(&s.mu)
	s.post(t, link, url.Values{"code": {code}})
	overview := s.post(t, base+"/attend/consent", url.Values{"agreed": {"true"}})
	section, ok := overview.Find(`a[href*="/attend/sections/"]`).Last().Attr("href")
	if !ok {
		t.Fatal("the overview offers no section")
	}
	question := s.post(t, base+section+"/start", nil)
	s.answer, ok = question.Find("form[data-answer]:has(textarea)").Attr("action")
	if !ok {
		t.Fatalf("%s asks for no writing", section)
	}
	s.page = base + section + "/questions/1"
	return s
}

func (s *saver) post(t *testing.T, address string, form url.Values) *goquery.Document {
	t.Helper()
	reply, err := s.client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	doc, err := goquery.NewDocumentFromReader(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v\n%s", address, reply.StatusCode, err, doc.Text())
	}
	return doc
}

// saveUntilKilled saves until a request fails, which is what a killed server looks like from outside.
func (s *saver) saveUntilKilled() {
	for {
		s.mu.Lock()
		next := s.acked + 1
		s.mu.Unlock()
		form := url.Values{"text": {strconv.FormatInt(next, 10)}, "writer": {"w"}, "base": {strconv.FormatInt(next-1, 10)},
			"revision": {strconv.FormatInt(next, 10)}}
		r, err := http.NewRequest(http.MethodPost, s.base+s.answer, strings.NewReader(form.Encode()))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("HX-Request", "true")
		reply, err := s.client.Do(r)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, reply.Body) // what it says is in the header
		reply.Body.Close()
		if reply.Header.Get("Assay-Revision") == "" {
			return
		}
		s.mu.Lock()
		s.acked, s.fresh = next, s.fresh+1
		s.more.Broadcast()
		s.mu.Unlock()
	}
}

func (s *saver) waitFor(t *testing.T, saves int) {
	t.Helper()
	stuck := time.AfterFunc(time.Minute, func() { panic(fmt.Sprintf("after a minute %s had %d saves", s.answer, s.fresh)) })
	defer stuck.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.fresh < saves {
		s.more.Wait()
	}
}

// checkKept reads what the restarted server holds: the last acknowledged number, or the one that was in flight.
func (s *saver) checkKept(t *testing.T) {
	t.Helper()
	reply, err := s.client.Get(s.page)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	doc, err := goquery.NewDocumentFromReader(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(doc.Find("textarea").First().Text())
	kept, err := strconv.ParseInt(text, 10, 64)
	if err != nil || kept < s.acked || kept > s.acked+1 {
		t.Errorf("%s: the server acknowledged %d and holds %q", s.answer, s.acked, text)
	}
	s.acked, s.fresh = max(kept, s.acked), 0
}
