package questionbank_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
)

func TestPlainText(t *testing.T) {
	t.Parallel()
	rows := []struct{ name, markup, want string }{
		{"tags and entities", "<p>a &lt;b&gt;</p><p>c</p>", "a <b> c"},
		{"white space of every kind", " a&nbsp;\u00a0\n\t b\u2003c ", "a b c"},
		{"no space within a word", "H<sub>2</sub>O", "H2O"},
		{"line breaks and cells", "a<br>b<table><tr><td>c</td><td>d</td></tr></table>", "a b c d"},
		{"pictures and comments", `a<img src="x" alt="y"><!-- z -->b`, "ab"},
		{"scripts and styles", "a<script>b</script><style>c</style>d", "ad"},
		{"TeX", `\(a &lt; b\) and $$x_1$$`, `\(a < b\) and $$x_1$$`},
		{"MathML", "<math><mi>E</mi><mo>=</mo><mi>m</mi><annotation>tex</annotation></math>", "E = m"},
		{"gaps", "a " + questionbank.Gap + ".", "a _____."},
		{"a lone ampersand", "R&D", "R&D"},
		{"nothing", "", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := questionbank.PlainText(row.markup); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestSanitize(t *testing.T) {
	t.Parallel()
	rows := []struct{ name, markup, want string }{
		{"formatting stays", `<p dir="rtl" lang="he">a <b>b</b> H<sub>2</sub></p>`, `<p dir="rtl" lang="he">a <b>b</b> H<sub>2</sub></p>`},
		{"tables stay", `<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>`, `<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>`},
		{"code stays", `<pre><code class="language-go">a &lt; b</code></pre>`, `<pre><code class="language-go">a &lt; b</code></pre>`},
		{"our pictures stay", `<img src="bank:media/a.png" alt="x">`, `<img src="bank:media/a.png" alt="x"/>`},
		{"our files stay", `<img src="/files/7/a.png" alt="">`, `<img src="/files/7/a.png" alt=""/>`},
		{"math stays", `<math display="block"><mfrac><mn>1</mn><mi>x</mi></mfrac></math>`, `<math display="block"><mfrac><mn>1</mn><mi>x</mi></mfrac></math>`},
		{"open tags are closed", `<b>a`, `<b>a</b>`},
		{"stray ends go", `a</div></b>`, `a`},
		{"scripts go", `a<script>alert(1)</script>`, `a`},
		{"handlers go", `<p onclick="x()" style="position:fixed">a</p>`, `<p>a</p>`},
		{"frames and forms go", `<iframe src="x">b</iframe><form><input value="c"></form>a`, `a`},
		{"foreign drawings go", `<svg onload="x()"><text>b</text></svg>a`, `a`},
		{"plain text is escaped", `a < b & c`, `a &lt; b &amp; c`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := questionbank.Sanitize(row.markup); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
	for _, source := range []string{"javascript:alert(1)", "http://example.org/a.png", "data:text/html,x", "//example.org/a", "/files/../etc", "bank:a b"} {
		got := questionbank.Sanitize(`<img src="` + source + `"><a href="` + source + `">x</a>`)
		if strings.Contains(got, "src=") || strings.Contains(got, "javascript") || strings.Contains(got, "data:") {
			t.Errorf("%s came through: %s", source, got)
		}
	}
}

func TestMarkupKeepsPicturesAndTellsLosses(t *testing.T) {
	t.Parallel()
	one := questionbank.Image{Name: "../a b.png", Data: []byte("1")}
	other := questionbank.Image{Name: "a-b.png", Data: []byte("2")}
	m := questionbank.Markup{Find: func(source string) (questionbank.Image, bool) {
		switch source {
		case "one":
			return one, true
		case "other":
			return other, true
		}
		return questionbank.Image{}, false
	}}
	data := "data:image/gif;base64," + base64.StdEncoding.EncodeToString([]byte("3"))
	got := m.HTML(`<img src="one"><img src="other"><img src="one"><img src="` + data + `"><img src="far.png"><audio src="x/y.mp3"></audio>`)
	want := `<img src="bank:a-b.png"/><img src="bank:a-b-2.png"/><img src="bank:a-b.png"/><img src="bank:image.gif"/>`
	if !strings.HasPrefix(got, want) || len(m.Images) != 3 {
		t.Errorf("got %s and %d pictures", got, len(m.Images))
	}
	if len(m.Losses) != 2 || m.Losses[0] != "image: far.png" || m.Losses[1] != "audio y.mp3" {
		t.Errorf("losses: %q", m.Losses)
	}
	if got := m.Answer(`<img src="far.png">`); got != "[image: far.png]" {
		t.Errorf("an option that was only a lost picture is %q", got)
	}
	if got := m.Answer(`<img src="one">`); questionbank.AnswerText(got) != "[image: a-b.png]" {
		t.Errorf("an option that is only a picture reads %q", questionbank.AnswerText(got))
	}
}

func FuzzSanitize(f *testing.F) {
	f.Add(`<p onclick=x><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`)
	f.Add(`<a href="jav&#x0A;ascript:alert(1)">x</a><img src=bank:x onerror=y>`)
	f.Fuzz(func(t *testing.T, markup string) {
		once := questionbank.Sanitize(markup)
		lower := strings.ToLower(once)
		for _, bad := range []string{"<script", "<style", "<iframe", "<svg", "<form", "href=\"javascript:", "<img onerror", " srcdoc="} {
			if strings.Contains(lower, bad) {
				t.Errorf("%q lets %s through: %q", markup, bad, once)
			}
		}
		if plain := questionbank.PlainText(once); plain != questionbank.CollapseSpace(plain) {
			t.Errorf("%q leaves white space: %q", markup, plain)
		}
	})
}
