package testkit

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a browser test waits for something to appear.
const patience = 20 * time.Second

var chromium struct {
	sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// Browser is one person's browser: its own cookies, one tab. It finds things as people do, by what is written on them.
type Browser struct {
	t    testing.TB
	ctx  context.Context
	base string

	mu       sync.Mutex
	problems []string
}

// OpenBrowser starts a browser for a server at base, or skips the test where there is no Chromium (fails it where
// ASSAY_TEST_REQUIRE names chromium). When the test ends, anything the pages complained about fails it.
func OpenBrowser(t testing.TB, base string) *Browser {
	t.Helper()
	chromium.Do(startChromium)
	if chromium.err != nil {
		missing(t, "chromium", chromium.err)
	}
	ctx, cancel := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext())
	ctx, timeout := context.WithTimeout(ctx, 5*time.Minute)
	b := &Browser{t: t, ctx: ctx, base: base}
	t.Cleanup(func() {
		timeout()
		cancel()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, p := range b.problems {
			t.Errorf("a page complained: %s", p)
		}
	})
	b.do(chromedp.EmulateViewport(1440, 900))
	if err := chromedp.Listen(ctx, b.overhear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return b
}

func startChromium() {
	path, err := exec.LookPath("chromium")
	if err != nil {
		chromium.err = err
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		chromium.err = fmt.Errorf("start Chromium: %w", err)
	}
	chromium.ctx, chromium.stop = ctx, func() { stop(); stopAllocator() }
}

// StopChromium ends the browser of this process. TestMain calls it.
func StopChromium() {
	if chromium.stop != nil {
		chromium.stop()
	}
}

// overhear notes scripts that failed and what the content security policy refused. What a test breaks on purpose, a
// lost network or a refused form, is not a complaint.
func (b *Browser) overhear(event any) {
	var text string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			text = e.Entry.Text
		}
	}
	if text != "" {
		b.mu.Lock()
		b.problems = append(b.problems, text)
		b.mu.Unlock()
	}
}

func (b *Browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.fail("browser: %v", err)
	}
}

// fail stops the test and keeps a picture of what the person saw.
func (b *Browser) fail(format string, args ...any) {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.body.innerText.slice(0, 3000)"))
	if err != nil {
		text = err.Error()
	}
	if dir := os.Getenv("ASSAY_TEST_SHOTS"); dir != "" {
		b.Shot(dir + "/failed-" + strings.ReplaceAll(b.t.Name(), "/", "-") + ".png")
	}
	b.t.Fatalf(format+"\n%s", append(args, text)...)
}

// Open goes to a path, or to an absolute address as a mail holds it.
func (b *Browser) Open(address string) {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.base + address
	}
	b.do(chromedp.Navigate(address))
}

// See waits until the page says the text.
func (b *Browser) See(text string) {
	b.t.Helper()
	b.await("document.body?.innerText.includes(%s)", text)
}

// Miss waits until the page no longer says the text.
func (b *Browser) Miss(text string) {
	b.t.Helper()
	b.await("!document.body?.innerText.includes(%s)", text)
}

// Show waits until something matches the CSS selector.
func (b *Browser) Show(selector string) {
	b.t.Helper()
	b.await("document.querySelector(%s) !== null", selector)
}

// At waits until the address holds the text.
func (b *Browser) At(text string) {
	b.t.Helper()
	b.await("location.href.includes(%s)", text)
}

func (b *Browser) await(format, text string) {
	b.t.Helper()
	quoted, err := json.Marshal(text)
	check(b.t, err)
	if condition := fmt.Sprintf(format, quoted); !b.holds(condition) {
		b.fail("waited in vain for %s", condition)
	}
}

// holds asks the page again and again until the condition holds or patience ends. A page that is just being left cannot
// answer, which is no failure.
func (b *Browser) holds(condition string) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition)); err == nil && ok {
			return true
		}
		select {
		case <-b.ctx.Done():
			return false
		case <-time.After(30 * time.Millisecond):
		}
	}
	return false
}

// finder is the script that finds a control as a person would: by its words, its label or its accessible name, among
// what is visible, the innermost open dialog first. It marks the element, so that real keys and clicks can be sent.
const finder = `((kind, name) => {
  const clean = (s) => (s || "").replace(/\s+/g, " ").trim();
  const seen = (e) => e.checkVisibility() && !e.closest("[inert],[aria-hidden=true]");
  const named = (e) => [e.getAttribute("aria-label"), e.innerText, e.value, e.title, ...[...(e.labels || [])].map((l) => l.innerText)].map(clean);
  const kinds = {
    press: "button, a, summary, [role=button], [role=menuitem], [role=tab], input[type=submit], label",
    field: "input:not([type=hidden]), textarea, select, [contenteditable=true]",
  };
  const dialogs = [...document.querySelectorAll("dialog[open]")];
  for (const root of [...dialogs.reverse(), document]) {
    const all = [...root.querySelectorAll(kinds[kind])].filter(seen);
    const hit = all.find((e) => named(e).some((n) => n === name)) || all.find((e) => named(e).some((n) => n.startsWith(name)));
    if (hit) {
      document.querySelectorAll("[data-testkit-hit]").forEach((e) => e.removeAttribute("data-testkit-hit"));
      hit.setAttribute("data-testkit-hit", "");
      hit.scrollIntoView({ block: "center", behavior: "instant" });
      return true;
    }
  }
  return false;
})`

var hit = chromedp.CSS("[data-testkit-hit]")

func (b *Browser) find(kind, name string) {
	b.t.Helper()
	quoted, err := json.Marshal(name)
	check(b.t, err)
	script := fmt.Sprintf("%s(%q, %s)", finder, kind, quoted)
	if !b.holds(script) {
		b.fail("found no %s %q", kind, name)
	}
}

// Click presses the button, link or label with these words.
func (b *Browser) Click(words string) {
	b.t.Helper()
	b.act("press", words, chromedp.Click(hit, chromedp.NodeVisible))
}

// Fill types into the field with this label, in place of what it held.
func (b *Browser) Fill(label, text string) {
	b.t.Helper()
	chosen := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](`(() => { const e = document.querySelector("[data-testkit-hit]"); e.focus(); e.select?.(); return true })()`)(ctx, t)
		return err
	})
	b.act("field", label, chromedp.Steps(chosen, chromedp.SendKeys(hit, text)))
}

// act finds an element and does something to it. The page may replace the element in between: then it is done to what
// stands there now.
func (b *Browser) act(kind, name string, step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.again(kind+" "+name, func() { b.find(kind, name) }, step)
}

// again looks for something and does a step to it, until that is done or patience ends.
func (b *Browser) again(what string, look func(), step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < patience; {
		look()
		soon, cancel := context.WithTimeout(b.ctx, patience/2)
		err = chromedp.Do(soon, step)
		cancel()
		if err == nil {
			return
		}
	}
	b.fail("%s: %v", what, err)
}

// Choose sets the select with this label to the option with these words.
func (b *Browser) Choose(label, option string) {
	b.t.Helper()
	b.find("field", label)
	quoted, err := json.Marshal(option)
	check(b.t, err)
	script := fmt.Sprintf(`(() => { const e = document.querySelector("[data-testkit-hit]");
const o = [...e.options].find((o) => o.text.trim().startsWith(%s)); if (!o) return false;
e.value = o.value; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, quoted)
	if !Eval[bool](b, script) {
		b.fail("%q offers no %q", label, option)
	}
}

// Upload puts a file into the file field with this name.
func (b *Browser) Upload(name string, paths ...string) {
	b.t.Helper()
	field := fmt.Sprintf("input[type=file][name=%q]", name)
	b.again("file field "+name, func() { b.Show(field) }, chromedp.SetUploadFiles(chromedp.CSS(field), paths))
}

// Press sends a key as from the keyboard, such as "\r" or "m", once the page's scripts are there to hear it.
func (b *Browser) Press(key string) {
	b.t.Helper()
	b.await("document.readyState === %s", "complete")
	b.do(chromedp.KeyEvent(key))
}

// Eval runs a script in the page and returns its value.
func Eval[T any](b *Browser, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail("script: %v", err)
	}
	return v
}

// Size sets the size of the window, in CSS pixels.
func (b *Browser) Size(width, height int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height))
}

// Dark asks pages for their dark or light form.
func (b *Browser) Dark(dark bool) {
	b.t.Helper()
	value := "light"
	if dark {
		value = "dark"
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
	check(b.t, err)
}

// Offline takes the network away or gives it back.
func (b *Browser) Offline(offline bool) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}}})
	check(b.t, err)
	_, err = chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: offline, DownloadThroughput: -1, UploadThroughput: -1})
	check(b.t, err)
}

// Shot keeps a picture of the whole page, as PNG.
func (b *Browser) Shot(path string) {
	b.t.Helper()
	b.keep(path, chromedp.FullScreenshot(100))
}

// ShotOfWindow keeps a picture of what the window shows, as PNG, scrolled as it is.
func (b *Browser) ShotOfWindow(path string) {
	b.t.Helper()
	b.keep(path, chromedp.CaptureScreenshot())
}

func (b *Browser) keep(path string, shot chromedp.Action[[]byte]) {
	b.t.Helper()
	picture, err := chromedp.Run(b.ctx, shot)
	if err == nil {
		err = os.WriteFile(path, picture, 0o600)
	}
	if err != nil {
		b.t.Errorf("picture %s: %v", path, err)
	}
}
