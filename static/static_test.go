package static_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-hire/assay/static"
)

func TestHandler(t *testing.T) {
	t.Parallel()
	sheet := static.Path("app.css")
	for name, tc := range map[string]struct {
		method, path, encoding string
		code                   int
		contentType, cache     string
		gzipped                bool
	}{
		"present sheet":  {"GET", sheet, "gzip", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable", true},
		"plain":          {"GET", sheet, "", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable", false},
		"old hash":       {"GET", "/static/0123456789ab/app.css", "", 200, "text/css; charset=utf-8", "no-cache", false},
		"no hash":        {"GET", "/static/js/app.js", "", 200, "text/javascript; charset=utf-8", "no-cache", false},
		"font":           {"GET", static.Path("fonts/inter-latin-opsz-normal.woff2"), "gzip", 200, "font/woff2", "public, max-age=31536000, immutable", false},
		"unknown":        {"GET", "/static/nothing.css", "", 404, "text/plain; charset=utf-8", "", false},
		"up and outside": {"GET", "/static/../go.mod", "", 404, "text/plain; charset=utf-8", "", false},
		"not for post":   {"POST", sheet, "", 405, "text/plain; charset=utf-8", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := ask(tc.method, tc.path, "Accept-Encoding", tc.encoding)
			if answer.Code != tc.code {
				t.Fatalf("answered %d, want %d", answer.Code, tc.code)
			}
			if got := answer.Header().Get("Content-Type"); got != tc.contentType {
				t.Errorf("content type %q, want %q", got, tc.contentType)
			}
			if got := answer.Header().Get("Cache-Control"); got != tc.cache {
				t.Errorf("cache %q, want %q", got, tc.cache)
			}
			if got := answer.Header().Get("Content-Encoding") == "gzip"; got != tc.gzipped {
				t.Errorf("gzipped %v, want %v", got, tc.gzipped)
			}
		})
	}
}

func TestUnchangedFileIsNotSentAgain(t *testing.T) {
	t.Parallel()
	first := ask("GET", "/static/app.css", "", "")
	again := ask("GET", "/static/app.css", "If-None-Match", first.Header().Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("answered %d with %d bytes, want 304 with none", again.Code, again.Body.Len())
	}
}

func TestEveryNamedFileExists(t *testing.T) {
	t.Parallel()
	for file, pattern := range map[string]string{"app.css": `url\(([^)#]+)\)`, "js/app.js": `import "\./([^"]+)"`} {
		names := regexp.MustCompile(pattern).FindAllStringSubmatch(ask("GET", static.Path(file), "", "").Body.String(), -1)
		if len(names) == 0 {
			t.Errorf("%s names no files; the pattern no longer fits", file)
		}
		for _, name := range names {
			beside := static.Path(file)[:strings.LastIndex(static.Path(file), "/")+1] + strings.Trim(name[1], `"'`)
			if got := ask("GET", beside, "", "").Code; got != http.StatusOK {
				t.Errorf("%s names %s, which answers %d", file, name[1], got)
			}
		}
	}
}

func ask(method, path, header, value string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, nil)
	if header != "" {
		request.Header.Set(header, value)
	}
	answer := httptest.NewRecorder()
	static.Handler().ServeHTTP(answer, request)
	return answer
}
