package richtext_test

import (
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/richtext"
)

func TestSanitize(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ source, want string }{
		"formatting stays":           {"<p dir=\"rtl\"><b>Bold</b> and <em>soft</em></p>", "<p dir=\"rtl\"><b>Bold</b> and <em>soft</em></p>"},
		"script goes with its words": {"Hello<script>alert(1)</script>", "Hello"},
		"handlers and style go":      {`<p onclick="x()" style="color:red" class="a">Hi</p>`, "<p>Hi</p>"},
		"script addresses go":        {`<a href="javascript:alert(1)">x</a>`, "x"},
		"inline data goes":           {`<a href="data:text/html,x">x</a>`, "x"},
		"foreign images go":          {`<img src="https://tracker.example/p.gif" alt="p">`, `<img alt="p">`},
		"foreign host in disguise":   {`<img src="//tracker.example/files/p.gif">`, ""},
		"paths that climb":           {`<img src="/files/../sign-out">`, ""},
		"own images lose signature":  {`<img src="/files/ab/cd.png?e=1&amp;s=2" alt="Plan">`, `<img src="/files/ab/cd.png" alt="Plan">`},
		"frames and forms go":        {`<iframe src="https://x.example"></iframe><form><input></form>ok`, "ok"},
		"vector images go":           {`<svg onload="x()"><circle/></svg>ok`, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := richtext.Sanitize(row.source)
			if got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
			if again := richtext.Sanitize(got); again != got {
				t.Errorf("a second pass changed %q to %q", got, again)
			}
		})
	}
}

func TestSanitizeGivesLinksTheirRel(t *testing.T) {
	t.Parallel()
	got := richtext.Sanitize(`<a href="https://acme.example/jobs">Jobs</a>`)
	for _, want := range []string{"nofollow", "noreferrer", "noopener", `target="_blank"`, `href="https://acme.example/jobs"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %s", got, want)
		}
	}
}

func TestSignImages(t *testing.T) {
	t.Parallel()
	sign := func(key string) string { return "/files/" + key + "?e=9&s=fresh" }
	got := richtext.SignImages(`<p>5 &lt; 6 <img src="/files/ab/cd.png" alt="Plan"></p><a href="/files/x">x</a>`, sign)
	want := `<p>5 &lt; 6 <img src="/files/ab/cd.png?e=9&amp;s=fresh" alt="Plan"></p><a href="/files/x">x</a>`
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ source, want, withLinks string }{
		"blocks become lines": {"<h2>Role</h2><p>Build  things\n well.</p><p>Ask<br>us</p>", "Role\n\nBuild things well.\n\nAsk\nus", ""},
		"lists":               {"<p>Bring:</p><ul><li>ideas</li><li><b>tea</b></li></ul>", "Bring:\n\n- ideas\n- tea", ""},
		"entities":            {"a &lt; b &amp; c&nbsp;d", "a < b & c\u00a0d", ""},
		"words hold together": {"<b>b</b>old <i>and</i>, yes", "bold and, yes", ""},
		"script is no text":   {"<style>p{}</style>Hi<script>x</script>", "Hi", ""},
		"links":               {`See <a href="https://a.example/t">your test</a>.`, "See your test.", "See your test (https://a.example/t)."},
		"link that says it":   {`<a href="https://a.example">https://a.example</a>`, "https://a.example", ""},
		"code keeps lines":    {"<pre>a\n  b</pre>", "a\n  b", ""},
		"table":               {"<table><tr><th>Day</th><td>Wed</td></tr><tr><th>Hour</th><td>9</td></tr></table>", "Day Wed\nHour 9", ""},
		"broken markup":       {"<p>open <b>still", "open still", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := richtext.Plain(row.source); got != row.want {
				t.Errorf("Plain: got %q, want %q", got, row.want)
			}
			want := row.withLinks
			if want == "" {
				want = row.want
			}
			if got := richtext.PlainWithLinks(row.source); got != want {
				t.Errorf("PlainWithLinks: got %q, want %q", got, want)
			}
		})
	}
}
