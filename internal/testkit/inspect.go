package testkit

import (
	"context"

	"github.com/assay-hire/assay/internal/testkit/axe"
	"github.com/chromedp/chromedp"
)

// Rules of axe to run: all that apply, or the one that light and dark can differ in.
const (
	everyRule = `{preload: false, resultTypes: ["violations"]}`
	contrast  = `{preload: false, resultTypes: ["violations"], runOnly: ["color-contrast"]}`
)

// narrowest is the width that every page must fit, in CSS pixels.
const narrowest = 360

// Axe fails the test for every accessibility rule the page breaks.
func (b *Browser) Axe() {
	b.t.Helper()
	b.axe("", everyRule)
}

// Inspect looks at the page on a desk in light and in dark and on a phone, without loading it again: it fails the test
// for every accessibility rule broken in one of them, and for a page that is wider than the phone.
func (b *Browser) Inspect() {
	b.t.Helper()
	b.axe(" on a desk", everyRule)
	b.Dark(true)
	b.axe(" on a desk, dark", contrast)
	b.Dark(false)
	b.Size(narrowest, 740)
	b.axe(" on a phone", everyRule)
	if wide := Eval[int](b, "document.documentElement.scrollWidth"); wide > narrowest {
		b.t.Errorf("%s on a phone: %d px wide, because of %s", b.path(), wide, Eval[string](b, widest))
	}
	b.Size(1440, 900)
}

// widest names what sticks out furthest.
const widest = `[...document.body.querySelectorAll("*")].map((e) => [e.getBoundingClientRect().right, e.outerHTML.slice(0, 200)])
.sort((a, b) => b[0] - a[0])[0][1]`

func (b *Browser) path() string { return Eval[string](b, "location.pathname") }

// axe checks a page at rest: half of a transition has colours that nobody chose.
func (b *Browser) axe(seen, rules string) {
	b.t.Helper()
	Eval[bool](b, `document.getAnimations().forEach((a) => { try { a.finish() } catch { a.cancel() } }); true`)
	if !Eval[bool](b, `"axe" in window`) {
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := chromedp.Evaluate[bool](axe.Script+"; true")(ctx, t)
			return err
		}))
	}
	found := Eval[[]string](b, `axe.run(`+rules+`).then((r) => r.violations.flatMap((v) =>
v.nodes.map((n) => v.id + ": " + v.help + "\n    " + n.html.slice(0, 300) + "\n    " + (n.failureSummary || "").replace(/\s+/g, " "))))`)
	for _, f := range found {
		b.t.Errorf("%s%s: %s", b.path(), seen, f)
	}
}
