// Package static holds the style sheet, fonts and scripts that browsers fetch, embedded in the program.
//
// Every file is served below Prefix and one hash of all files, so that a page always gets the sheet, the fonts and the
// modules that belong together, and each of them may be kept for a year.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Prefix is the path under which Handler is to be mounted.
const Prefix = "/static/"

//go:embed dist fonts img vendor js
var files embed.FS

// asset is one file ready to be sent.
type asset struct {
	body, gzipped []byte
	contentType   string
}

// tree is all assets by name, with the hash that names their state.
type tree struct {
	hash   string
	assets map[string]asset
}

var built = mustLoad(files)

// Path returns the URL of a file, with the hash that lets it be cached for good. Names are as in this folder, except that
// built files stand at the top: "app.css", "js/app.js", "vendor/htmx.min.js", "fonts/inter-latin-opsz-normal.woff2".
// An unknown name panics: it is a misspelling in a view.
func Path(name string) string {
	if _, ok := built.assets[name]; !ok {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return Prefix + built.hash + "/" + name
}

// Handler serves the files, to be mounted at Prefix without stripping it. URLs from Path are immutable; the same names under
// another or no hash are answered too, but must be asked for again, so that a page of the previous release still finds its files.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name, current := built.name(r.URL.Path)
		found, ok := built.assets[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		found.send(w, r, built.hash, current)
	})
}

// name returns the file a request path asks for, and whether it asks for the present state of it.
func (t tree) name(requestPath string) (name string, current bool) {
	name = strings.TrimPrefix(requestPath, Prefix)
	if _, ok := t.assets[name]; ok {
		return name, false
	}
	hash, rest, _ := strings.Cut(name, "/")
	return rest, hash == t.hash
}

func (a asset) send(w http.ResponseWriter, r *http.Request, hash string, current bool) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	body, etag := a.body, hash
	if len(a.gzipped) > 0 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body, etag = a.gzipped, hash+"-gzip"
	}
	h.Set("ETag", `"`+etag+`"`)
	h.Set("Cache-Control", "no-cache")
	if current {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == `"`+etag+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	// A reader that went away is the only failure here, and nobody is left to tell.
	_, _ = w.Write(body)
}

func mustLoad(from fs.FS) tree {
	loaded := tree{assets: map[string]asset{}}
	sum := sha256.New()
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(body))
		sum.Write(body)
		loaded.assets[strings.TrimPrefix(name, "dist/")] = newAsset(name, body)
		return nil
	})
	if err != nil {
		panic(fmt.Errorf("static: read embedded files: %w", err))
	}
	loaded.hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return loaded
}

func newAsset(name string, body []byte) asset {
	switch path.Ext(name) {
	case ".css":
		return asset{body, gzipped(body), "text/css; charset=utf-8"}
	case ".js":
		return asset{body, gzipped(body), "text/javascript; charset=utf-8"}
	case ".svg":
		return asset{body, gzipped(body), "image/svg+xml"}
	case ".woff2":
		return asset{body, nil, "font/woff2"}
	case ".png":
		return asset{body, nil, "image/png"}
	default:
		return asset{body, nil, "text/plain; charset=utf-8"}
	}
}

func gzipped(body []byte) []byte {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	// Writing to memory cannot fail.
	_, _ = zip.Write(body)
	_ = zip.Close()
	return out.Bytes()
}
