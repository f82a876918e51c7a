package files_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/secrets"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func open(t *testing.T, location string) *files.Store {
	t.Helper()
	signer, err := secrets.NewSigner(bytes.Repeat([]byte("k"), 32))
	if err != nil {
		t.Fatal(err)
	}
	store, err := files.Open(t.Context(), location, signer, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func put(t *testing.T, store *files.Store, name, content string) files.Stored {
	t.Helper()
	stored, err := store.Put(t.Context(), name, strings.NewReader(content), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func get(t *testing.T, store *files.Store, link string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	store.ServeHTTP(w, r)
	return w
}

func sign(t *testing.T, store *files.Store, key, name string) string {
	t.Helper()
	link, err := store.SignedURL(key, name, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func TestPutOpenDelete(t *testing.T) {
	t.Parallel()
	for _, location := range []string{"mem://", filepath.Join(t.TempDir(), "new", "folder")} {
		store := open(t, location)
		stored := put(t, store, "note.txt", "abc")
		if stored.Size != 3 || stored.Extension != ".txt" ||
			stored.SHA256 != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
			t.Errorf("%s: %+v", location, stored)
		}
		file, err := store.Open(t.Context(), stored.Key)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file)
		if err != nil || string(content) != "abc" || file.Size != 3 || file.MediaType != stored.MediaType {
			t.Errorf("%s: %q, %+v, %v", location, content, file, err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
		for range 2 {
			if err := store.Delete(t.Context(), stored.Key); err != nil {
				t.Errorf("%s: delete: %v", location, err)
			}
		}
		if _, err := store.Open(t.Context(), stored.Key); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: open after delete: %v", location, err)
		}
	}
}

func TestPutRefusesAndKeepsNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	store := open(t, folder)
	for name, row := range map[string]struct{ content, says string }{
		"empty":     {"", "empty"},
		"too large": {strings.Repeat("x", 20<<10+1), "larger than 20 kB"},
	} {
		_, err := store.Put(t.Context(), name, strings.NewReader(row.content), 20<<10)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := store.Put(t.Context(), "exact", strings.NewReader(strings.Repeat("x", 20<<10)), 20<<10); err != nil {
		t.Errorf("a file of exactly the limit: %v", err)
	}
	kept := 0
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(path, ".attrs") {
			kept++
		}
		return err
	})
	if err != nil || kept != 1 {
		t.Errorf("%d files kept, %v", kept, err)
	}
}

func TestServeShowsOnlyWhatIsHarmless(t *testing.T) {
	t.Parallel()
	store := open(t, "mem://")
	for name, row := range map[string]struct {
		content, mediaType, disposition string
		sandbox                         bool
	}{
		"photo.png":     {png, "image/png", "inline", true},
		"cv.pdf":        {"%PDF-1.7\n", "application/pdf", "inline", false},
		"note.txt":      {"Plain words", "text/plain; charset=utf-8", "inline", true},
		"evil.png":      {"<!DOCTYPE html><script>alert(1)</script>", "text/html; charset=utf-8", "attachment", true},
		"evil.svg":      {`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, "image/svg+xml", "attachment", true},
		"evil.xml":      {`<?xml version="1.0"?><a/>`, "text/xml; charset=utf-8", "attachment", true},
		"scores.csv":    {"name,score\nCleo,81\n", "text/csv", "attachment", true},
		"unknown":       {"\x00\x01\x02\x03", "application/octet-stream", "attachment", true},
		"notes.md":      {"# Role", "text/markdown; charset=utf-8", "attachment", true},
		"page.html.txt": {"<html><body onload=x>", "text/html; charset=utf-8", "attachment", true},
	} {
		stored := put(t, store, name, row.content)
		got := get(t, store, sign(t, store, stored.Key, name))
		h := got.Header()
		if got.Code != http.StatusOK || got.Body.String() != row.content || h.Get("Content-Type") != row.mediaType {
			t.Errorf("%s: %d %s", name, got.Code, h.Get("Content-Type"))
		}
		if want := row.disposition + "; filename=" + name; h.Get("Content-Disposition") != want {
			t.Errorf("%s: disposition %q, want %q", name, h.Get("Content-Disposition"), want)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") ||
			strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox") != row.sandbox {
			t.Errorf("%s: headers %v", name, h)
		}
	}
}

func TestServeChecksTheLink(t *testing.T) {
	t.Parallel()
	store := open(t, "mem://")
	stored := put(t, store, "note.txt", "0123456789")
	link := sign(t, store, stored.Key, "note.txt")
	expired, err := store.SignedURL(stored.Key, "note.txt", noon)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		link string
		code int
	}{
		"signed":       {link, http.StatusOK},
		"unsigned":     {"/files/" + stored.Key, http.StatusForbidden},
		"renamed":      {strings.Replace(link, "note", "evil", 1), http.StatusForbidden},
		"another file": {strings.Replace(link, stored.Key, "../"+stored.Key, 1), http.StatusForbidden},
		"expired":      {expired, http.StatusGone},
		"deleted":      {sign(t, store, "ab/gone.txt", ""), http.StatusNotFound},
	} {
		if got := get(t, store, row.link); got.Code != row.code {
			t.Errorf("%s: %d %s", name, got.Code, got.Body)
		}
	}
	if got := get(t, store, link, "Range", "bytes=2-4"); got.Code != http.StatusPartialContent || got.Body.String() != "234" {
		t.Errorf("range: %d %q", got.Code, got.Body)
	}
	if got := get(t, store, link, "If-None-Match", `"`+stored.Key+`"`); got.Code != http.StatusNotModified {
		t.Errorf("not modified: %d", got.Code)
	}
}

func TestServeNamesFilesInEveryScript(t *testing.T) {
	t.Parallel()
	store := open(t, "mem://")
	stored := put(t, store, "x", png)
	for name, want := range map[string]string{
		"Núñez CV.png":         "inline; filename*=utf-8''N%C3%BA%C3%B1ez%20CV.png",
		"../../etc/passwd":     "inline; filename=passwd",
		"a\"b\r\nSet-Cookie:c": "inline; filename=abSet-Cookiec",
		"":                     "inline",
	} {
		got := get(t, store, sign(t, store, stored.Key, name)).Header().Get("Content-Disposition")
		if got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
