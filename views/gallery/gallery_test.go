package gallery_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/assay-hire/assay/views/gallery"
)

func TestEveryPageIsSound(t *testing.T) {
	t.Parallel()
	handler := gallery.Handler()
	for _, sample := range gallery.Samples() {
		for _, query := range []string{"", "?theme=dark&dir=rtl"} {
			t.Run(sample.Path+query, func(t *testing.T) {
				t.Parallel()
				page := get(t, handler, "/"+sample.Path+query)
				noInlineCode(t, page)
				uniqueIDs(t, page)
				referencesExist(t, page)
				everythingIsNamed(t, page)
				if got := page.Find("h1").Length(); got != 1 {
					t.Errorf("page has %d h1, want 1", got)
				}
			})
		}
	}
}

func TestPartsThatAreFetched(t *testing.T) {
	t.Parallel()
	handler := gallery.Handler()
	for path, want := range map[string]string{"/find?q=lin": "Linh Đặng", "/skills?skill_text=sql": "SQL", "/skills?skill_text=zz": "Nothing found"} {
		if got := get(t, handler, path).Text(); !strings.Contains(got, want) {
			t.Errorf("GET %s says %q, want %q in it", path, got, want)
		}
	}
}

func get(t *testing.T, handler http.Handler, path string) *goquery.Document {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("GET %s answered %d", path, answer.Code)
	}
	page, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	return page
}

func noInlineCode(t *testing.T, page *goquery.Document) {
	t.Helper()
	page.Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, attribute := range e.Nodes[0].Attr {
			if attribute.Key == "style" || strings.HasPrefix(attribute.Key, "on") || strings.HasPrefix(attribute.Key, "hx-on") {
				t.Errorf("<%s> has %s=%q", goquery.NodeName(e), attribute.Key, attribute.Val)
			}
		}
	})
	page.Find("script, style").Each(func(_ int, e *goquery.Selection) {
		if _, ok := e.Attr("src"); !ok {
			t.Errorf("inline <%s>", goquery.NodeName(e))
		}
	})
}

func uniqueIDs(t *testing.T, page *goquery.Document) {
	t.Helper()
	seen := map[string]bool{}
	page.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if id == "" || seen[id] {
			t.Errorf("<%s> has the id %q, which is empty or taken", goquery.NodeName(e), id)
		}
		seen[id] = true
	})
}

func referencesExist(t *testing.T, page *goquery.Document) {
	t.Helper()
	for _, attribute := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "for", "data-target"} {
		page.Find("[" + attribute + "]").Each(func(_ int, e *goquery.Selection) {
			for _, id := range strings.Fields(e.AttrOr(attribute, "")) {
				if page.Find(`[id="`+id+`"]`).Length() == 0 {
					t.Errorf("<%s> %s=%q leads nowhere", goquery.NodeName(e), attribute, id)
				}
			}
		})
	}
}

func everythingIsNamed(t *testing.T, page *goquery.Document) {
	t.Helper()
	page.Find("img").Each(func(_ int, e *goquery.Selection) {
		if _, ok := e.Attr("alt"); !ok {
			t.Errorf("image %q has no alt", e.AttrOr("src", ""))
		}
	})
	page.Find("button, a[href], summary").Each(func(_ int, e *goquery.Selection) {
		if strings.TrimSpace(e.Text()) == "" && e.AttrOr("aria-label", "") == "" {
			html, _ := goquery.OuterHtml(e)
			t.Errorf("nameless: %s", html)
		}
	})
	page.Find("svg[role=img], progress").Each(func(_ int, e *goquery.Selection) {
		if e.AttrOr("aria-label", "")+e.AttrOr("aria-labelledby", "") == "" {
			t.Errorf("<%s> says nothing in words", goquery.NodeName(e))
		}
	})
}
