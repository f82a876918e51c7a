package moodlexml

import (
	"bufio"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// Write writes the questions as Moodle XML, pictures included. The problems say what of them the format cannot hold; one of
// severity error means that the question is not in the output. The error is that of w.
func Write(w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) {
	out := writer{buffer: bufio.NewWriter(w)}
	out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n")
	category := ""
	for i := range questions {
		q := &questions[i]
		kind := kindOf(q)
		if kind == "" {
			out.doc.Reject(q.Line, q.Label(), "The format has no question of the type %q; it was left out.", q.Type)
			continue
		}
		if next := firstCategory(q); next != category {
			category = next
			out.category(next)
		}
		out.question(q, kind)
	}
	out.raw("</quiz>\n")
	if err := out.buffer.Flush(); err != nil {
		return out.doc.Problems, fmt.Errorf("write Moodle XML: %w", err)
	}
	return out.doc.Problems, nil
}

func kindOf(q *questionbank.Question) string {
	switch q.Type {
	case questionbank.MultipleChoice, questionbank.MultipleAnswer:
		return "multichoice"
	case questionbank.TrueFalse:
		return "truefalse"
	case questionbank.Match:
		return "matching"
	case questionbank.Essay:
		return "essay"
	case questionbank.FillBlanks:
		if len(q.Gaps) == 1 && len(q.Gaps[0].Options) == 0 {
			return "shortanswer"
		}
		return "cloze"
	}
	return ""
}

func firstCategory(q *questionbank.Question) string {
	if len(q.Categories) == 0 {
		return ""
	}
	return q.Categories[0]
}

// writer writes elements; its buffer keeps the first error until it is flushed.
type writer struct {
	buffer *bufio.Writer
	doc    questionbank.Document
}

func (w *writer) raw(text string) {
	_, _ = w.buffer.WriteString(text)
}

func (w *writer) escaped(text string) {
	_ = xml.EscapeText(w.buffer, []byte(text))
}

func (w *writer) element(name, text string) {
	w.raw("    <" + name + ">")
	w.escaped(text)
	w.raw("</" + name + ">\n")
}

// text writes <name attributes><text>…</text> and the closing tag, HTML with the pictures it shows beside it.
func (w *writer) text(q *questionbank.Question, name, attributes, markup string) {
	w.open(q, name, attributes, markup)
	w.raw("</" + name + ">\n")
}

func (w *writer) open(q *questionbank.Question, name, attributes, markup string) {
	w.raw("    <" + name + attributes + "><text>")
	w.escaped(strings.ReplaceAll(markup, `src="bank:`, `src="`+pluginFile))
	w.raw("</text>")
	for _, img := range q.Images {
		if strings.Contains(markup, `src="bank:`+html.EscapeString(img.Name)+`"`) {
			w.file(img)
		}
	}
}

func (w *writer) file(img questionbank.Image) {
	dir, name := "/", img.Name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, name = "/"+name[:i+1], name[i+1:]
	}
	w.raw(`<file name="`)
	w.escaped(name)
	w.raw(`" path="`)
	w.escaped(dir)
	w.raw(`" encoding="base64">` + base64.StdEncoding.EncodeToString(img.Data) + "</file>")
}

const htmlFormat = ` format="html"`

func (w *writer) category(path string) {
	w.raw("  <question type=\"category\">\n    <category><text>")
	w.escaped(strings.TrimSuffix("$course$/top/"+path, "/"))
	w.raw("</text></category>\n  </question>\n")
}

func (w *writer) question(q *questionbank.Question, kind string) {
	w.raw("  <question type=\"" + kind + "\">\n    <name><text>")
	title := q.Title
	if title == "" {
		title = q.Label()
	}
	w.escaped(title)
	w.raw("</text></name>\n")
	prompt := q.Prompt
	if kind == "cloze" {
		prompt = w.clozePrompt(q)
	}
	w.text(q, "questiontext", htmlFormat, prompt)
	w.text(q, "generalfeedback", htmlFormat, q.Feedback)
	if q.Marks > 0 && kind != "cloze" {
		w.element("defaultgrade", strconv.FormatFloat(q.Marks, 'f', -1, 64))
	}
	w.element("idnumber", q.ExternalID)
	w.body(q, kind)
	if q.Hint != "" {
		w.text(q, "hint", htmlFormat, q.Hint)
	}
	w.tags(q)
	w.raw("  </question>\n")
	if len(q.Categories) > 1 {
		w.doc.Warn(q, "The format holds one category for each question; the others were left out.")
	}
	if q.Guidance != "" && kind != "essay" {
		w.doc.Warn(q, "The format holds guidance for marking with essays only; it was left out.")
	}
}

func (w *writer) tags(q *questionbank.Question) {
	tags := q.Tags()
	if len(tags) == 0 {
		return
	}
	w.raw("    <tags>")
	for _, tag := range tags {
		w.raw("<tag><text>")
		w.escaped(tag)
		w.raw("</text></tag>")
	}
	w.raw("</tags>\n")
}
