package moodlexml

import (
	"math"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// reader is the state of reading one question.
type reader struct {
	doc    *questionbank.Document
	n      *node
	q      questionbank.Question
	markup questionbank.Markup
	files  map[string]*node
	lost   []string // what has no place here, as the end of a sentence
}

func (p *parser) newReader(n *node) *reader {
	r := &reader{doc: p.doc, n: n, files: map[string]*node{}}
	r.q.Line = n.line
	r.q.Title = questionbank.CollapseSpace(n.value("name"))
	if p.category != "" {
		r.q.Categories = []string{p.category}
	}
	return r
}

func (r *reader) label() string {
	if r.q.Title != "" {
		return r.q.Title
	}
	return questionbank.Snippet(questionbank.PlainText(r.n.value("questiontext")))
}

// readCommon reads what all types share.
func (r *reader) readCommon() {
	r.q.Prompt = r.rich(r.n.child("questiontext"))
	r.oldImage()
	r.q.Feedback = r.rich(r.n.child("generalfeedback"))
	r.q.ExternalID = questionbank.CollapseSpace(r.n.value("idnumber"))
	if text := r.n.value("defaultgrade"); text != "" {
		marks, ok := questionbank.ParseNumber(text)
		if !ok || marks < 0 {
			r.doc.Warn(&r.q, "The marks %q are not a number; the default applies.", questionbank.Snippet(text))
		} else {
			r.q.Marks = marks
		}
	}
	var hints []string
	for _, h := range r.n.all("hint") {
		if text := r.rich(h); text != "" {
			hints = append(hints, text)
		}
	}
	r.q.Hint = strings.Join(hints, "<br/>")
	if tags := r.n.child("tags"); tags != nil {
		for _, tag := range tags.all("tag") {
			r.q.AddTag(tag.text())
		}
	}
	r.q.Shuffle = isTrue(r.n.value("shuffleanswers"))
}

// rich reads a text element in the format it names, with the files beside the text.
func (r *reader) rich(n *node) string {
	return r.convert(n, r.markup.HTML)
}

func (r *reader) answer(n *node) string {
	return r.convert(n, r.markup.Answer)
}

func (r *reader) convert(n *node, toHTML func(string) string) string {
	if n == nil {
		return ""
	}
	r.collectFiles(n)
	r.markup.Find = r.find
	switch text := n.text(); n.attrs["format"] {
	case "plain_text", "markdown":
		return questionbank.EscapeText(text)
	case "moodle_auto_format":
		if !strings.Contains(text, "<") {
			text = strings.ReplaceAll(text, "\n", "<br/>")
		}
		return toHTML(text)
	default:
		return toHTML(text)
	}
}

func (r *reader) collectFiles(n *node) {
	files := n.all("file")
	if t := n.child("text"); t != nil {
		files = append(files, t.all("file")...)
	}
	for _, f := range files {
		r.files[strings.TrimPrefix(path.Join(f.attrs["path"], f.attrs["name"]), "/")] = f
	}
}

const pluginFile = "@@PLUGINFILE@@/"

func (r *reader) find(source string) (questionbank.Image, bool) {
	name, ok := strings.CutPrefix(source, pluginFile)
	if !ok {
		return questionbank.Image{}, false
	}
	name, _, _ = strings.Cut(name, "?")
	f := r.files[name]
	if plain, err := url.PathUnescape(name); err == nil && f == nil {
		name, f = plain, r.files[plain]
	}
	if f == nil {
		return questionbank.Image{}, false
	}
	return decodeImage(name, f.data.String())
}

func decodeImage(name, encoded string) (questionbank.Image, bool) {
	data, err := questionbank.DecodeBase64(encoded)
	if err != nil || len(data) == 0 {
		return questionbank.Image{}, false
	}
	kind, _, _ := strings.Cut(http.DetectContentType(data), ";")
	if strings.EqualFold(path.Ext(name), ".svg") {
		kind = "image/svg+xml"
	}
	return questionbank.Image{Name: name, MediaType: kind, Data: data}, strings.HasPrefix(kind, "image/")
}

// oldImage reads the picture beside the text as files of the format's first years have it.
func (r *reader) oldImage() {
	encoded := r.n.value("image_base64")
	if encoded == "" {
		return
	}
	name := path.Base(r.n.value("image"))
	r.files[name] = &node{}
	r.files[name].data.WriteString(encoded)
	r.markup.Find = r.find
	r.q.Prompt += r.markup.HTML(`<img src="` + pluginFile + url.PathEscape(name) + `">`)
}

func (r *reader) hasOverallFeedback() bool {
	for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"} {
		if r.n.value(name) != "" {
			return true
		}
	}
	return false
}

func (r *reader) lose(what string) {
	for _, have := range r.lost {
		if have == what {
			return
		}
	}
	r.lost = append(r.lost, what)
}

func (r *reader) noteLosses() {
	for _, what := range r.lost {
		r.doc.Warn(&r.q, "There is no place here for %s.", what)
	}
	for _, loss := range r.markup.Losses {
		r.doc.Warn(&r.q, "A text refers to something the file does not carry or that is not shown here; it was left out (%s).", loss)
	}
	if isTrue(r.n.value("hidden")) {
		r.doc.Warn(&r.q, "The question is hidden in the file; it came in as an ordinary one.")
	}
}

// The grades, in percent, a course system offers for an answer; others are typing errors more often than not.
var usualGrades = []float64{100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571,
	12.5, 11.11111, 10, 5, 0}

// weight reads the fraction of an answer, in percent, as a share of the mark.
func (r *reader) weight(n *node) float64 {
	text, given := n.attrs["fraction"]
	if !given {
		text = n.value("fraction")
	}
	if strings.TrimSpace(text) == "" {
		return 0
	}
	percent, ok := questionbank.ParseNumber(text)
	if !ok {
		r.doc.Warn(&r.q, "The grade %q of an answer is not a number; it counts as 0.", questionbank.Snippet(text))
		return 0
	}
	for _, usual := range usualGrades {
		if math.Abs(math.Abs(percent)-usual) < 0.01 {
			return percent / 100
		}
	}
	r.doc.Warn(&r.q, "The grade %s%% of an answer is not one of the usual grades; it was taken as it is, up to 100%%.", text)
	return max(-1, min(1, percent/100))
}

func isTrue(text string) bool {
	return text == "1" || strings.EqualFold(text, "true")
}
