// Package gallery shows every part and shell in its states, with sample words and no database, for those who build and check screens.
package gallery

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/static"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Sample is one page of the gallery.
type Sample struct {
	Path  string // below "/"
	Title string
	Page  func(layout.Page) templ.Component
}

// Handler serves the gallery at "/" and the static files it needs. "?theme=dark" and "?dir=rtl" change every page.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	for _, sample := range Samples() {
		mux.HandleFunc(sample.pattern(), sample.serve)
	}
	mux.HandleFunc("GET /find", part(func(r *http.Request) templ.Component { return found(r.FormValue("q")) }))
	mux.HandleFunc("GET /skills", part(func(r *http.Request) templ.Component {
		return ui.ComboboxOptions(skillsLike(r.FormValue("skill_text")))
	}))
	mux.HandleFunc("POST /told", part(func(*http.Request) templ.Component {
		return ui.ToastOut(ui.ToastProps{Text: "Moved Mateus Figueira and 1 more to Hold.", UndoURL: "/undone"})
	}))
	mux.HandleFunc("POST /undone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	return mux
}

// Samples lists the pages of the gallery.
func Samples() []Sample {
	samples := []Sample{
		{"", "Controls", controlsPage},
		{"display", "What is shown", displayPage},
		{"charts", "Scores and charts", chartsPage},
		{"overlays", "What floats", overlaysPage},
		{"shell/app", "Shell: home", homePage},
		{"shell/list", "Shell: list with drawer", listPage},
		{"shell/focus", "Shell: one task", focusPage},
		{"shell/account", "Shell: account", accountPage},
		{"shell/candidate", "Shell: candidate", candidatePage},
		{"shell/exam", "Shell: exam", examPage},
		{"shell/exam-offline", "Shell: exam, offline", offlinePage},
		{"shell/print", "Shell: print", printPage},
	}
	for _, code := range []int{403, 404, 409, 410, 429, 500} {
		samples = append(samples, Sample{fmt.Sprintf("error/%d", code), fmt.Sprintf("Error %d", code), func(p layout.Page) templ.Component {
			trouble := layout.TroubleFor(code)
			trouble.Reference = "9f2c-41"
			return layout.Error(p, trouble)
		}})
	}
	return samples
}

func (s Sample) pattern() string {
	if s.Path == "" {
		return "GET /{$}"
	}
	return "GET /" + s.Path
}

func (s Sample) serve(w http.ResponseWriter, r *http.Request) {
	page := samplePage(s.Title)
	page.Theme, page.Dir, page.Nonce = r.FormValue("theme"), r.FormValue("dir"), rand.Text()
	if page.Theme == "" {
		if cookie, err := r.Cookie("theme"); err == nil {
			page.Theme = cookie.Value
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy(page.Nonce))
	render(w, r, s.Page(page))
}

// policy is as strict as the product's, so that a style attribute or inline script fails here first.
func policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self' 'nonce-" + nonce + "'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
		"connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
}

func part(make func(*http.Request) templ.Component) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		render(w, r, make(r))
	}
}

func render(w http.ResponseWriter, r *http.Request, component templ.Component) {
	if err := component.Render(r.Context(), w); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
