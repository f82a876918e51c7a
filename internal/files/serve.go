package files

import (
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/richtext"
)

// Path is where the store is mounted.
const Path = "/files/"

const (
	// lockedDown lets a file that is opened by itself show its own picture or sound and nothing else.
	lockedDown = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
	sandboxed  = "sandbox; " + lockedDown
)

// SignedURL returns the path and query under which the file can be fetched until the expiry. The file name is what a
// browser saves it as.
func (s *Store) SignedURL(key, filename string, expiry time.Time) (string, error) {
	link := url.URL{Path: Path + key}
	if filename = cleanName(filename); filename != "" {
		link.RawQuery = url.Values{"filename": {filename}}.Encode()
	}
	return s.signer.Sign(link.String(), expiry)
}

const (
	// pictureLife outlasts any section that shows the picture; expiries fall on pictureStep, so that a page shown again
	// asks for the same address and the browser keeps the picture.
	pictureLife = 24 * time.Hour
	pictureStep = time.Hour
)

// SignImages returns sanitized HTML whose images the browser can fetch: each of the store gets a signature. It is for
// showing only, never for storing.
func (s *Store) SignImages(sanitized string) string {
	expiry := s.now().Truncate(pictureStep).Add(pictureLife)
	return richtext.SignImages(sanitized, func(key string) string {
		link, err := s.SignedURL(key, "", expiry)
		if err != nil {
			return richtext.FilesPath + key // not a key: the store refuses it
		}
		return link
	})
}

// ServeHTTP answers like Serve and says in plain words what went wrong.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := s.Serve(w, r)
	if err == nil {
		return
	}
	f, known := fault.As(err)
	status := map[fault.Kind]int{
		fault.Forbidden: http.StatusForbidden, fault.Gone: http.StatusGone, fault.NotFound: http.StatusNotFound,
	}[fault.KindOf(err)]
	if !known || status == 0 {
		slog.ErrorContext(r.Context(), "serve file", "error", err)
		http.Error(w, "Something went wrong on our side.", http.StatusInternalServerError)
		return
	}
	http.Error(w, f.Message, status)
}

// Serve answers a GET or HEAD of a signed link, whole or in ranges. Only pictures, sound, video, PDF and plain text are
// shown by the browser; everything else is offered for saving. It returns a fault, with nothing written, for a link that
// is not ours (Forbidden), has expired (Gone) or whose file is gone (NotFound).
func (s *Store) Serve(w http.ResponseWriter, r *http.Request) error {
	if err := s.signer.Verify(r.URL, s.now()); err != nil {
		return err
	}
	key := strings.TrimPrefix(r.URL.Path, Path)
	file, err := s.Open(r.Context(), key)
	if err != nil {
		return err
	}
	defer file.Close() // reading is over, and nothing is lost when closing fails
	setHeaders(w.Header(), file.MediaType, r.URL.Query().Get("filename"))
	// A key's content never changes.
	w.Header().Set("ETag", `"`+key+`"`)
	http.ServeContent(w, r, "", file.Modified, file)
	return nil
}

func setHeaders(h http.Header, mediaType, filename string) {
	disposition, policy := "attachment", sandboxed
	if mayShowInline(mediaType) {
		disposition = "inline"
	}
	if mediaType == "application/pdf" {
		// Browsers refuse to start their PDF viewer in a sandbox; the viewer has its own.
		policy = lockedDown
	}
	if filename = cleanName(filename); filename != "" {
		disposition = mime.FormatMediaType(disposition, map[string]string{"filename": filename})
	}
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", disposition)
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "private, max-age=300")
}

// cleanName keeps the last part of a path and leaves out what no file name may have.
func cleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	return strings.TrimSpace(name)
}
