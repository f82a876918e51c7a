// Package gift reads and writes GIFT, the plain-text question format with answers in braces.
package gift

import (
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

const (
	format       = "gift"
	categoryMark = "$CATEGORY:"
)

// Parse reads the questions of a GIFT file. It takes UTF-8 with or without a byte order mark, UTF-16, and Windows-1252 with
// a warning; any line ends. Descriptions and what it cannot express become problems that name the line.
func Parse(file string, data []byte) questionbank.Document {
	doc := questionbank.Document{File: file, Format: format}
	text, encoding, err := questionbank.DecodeText(data)
	if err != nil {
		doc.Refuse(0, "This is not a GIFT file: %v.", err)
		return doc
	}
	if encoding == "Windows-1252" {
		doc.Note(0, "The file is not in UTF-8; it was read as Windows-1252. Check letters with accents.")
	}
	blocks := split(text)
	if len(blocks) > questionbank.MaxQuestions {
		doc.Refuse(0, "The file holds more than %d questions. Split it.", questionbank.MaxQuestions)
		return doc
	}
	p := parser{doc: &doc}
	for _, b := range blocks {
		p.block(b)
	}
	doc.Finish()
	return doc
}

type parser struct {
	doc      *questionbank.Document
	category string
	comments string // those that stood alone before the next question
}

func (p *parser) block(b block) {
	switch {
	case b.text == "":
		p.comments = b.comments
		return
	case strings.HasPrefix(strings.ToUpper(b.text), categoryMark):
		p.category = questionbank.CategoryPath(unescape(b.text[len(categoryMark):]))
	default:
		newReader(p, b).read()
	}
	p.comments = ""
}

// reader is the state of reading one question.
type reader struct {
	doc    *questionbank.Document
	q      questionbank.Question
	markup questionbank.Markup
	text   string // what is left to read
	format string
	excess bool // more answers than a question may have
	joined bool // no blank line stands before it
}

func newReader(p *parser, b block) *reader {
	r := &reader{doc: p.doc, text: b.text, format: formatMoodle}
	r.q.Line, r.joined = b.line, b.joined
	if p.category != "" {
		r.q.Categories = []string{p.category}
	}
	r.readComments(p.comments + b.comments)
	return r
}

func (r *reader) read() {
	misplaced := r.readTitle()
	commented := r.dropComments()
	spans, balanced := braces(r.text)
	answers, ignored := answerSpans(r.text, spans, balanced)
	if !balanced && len(answers) != 1 {
		r.doc.Refuse(r.q.Line, "The braces around the answers of the question %q do not match, so nothing was imported. "+
			`Close the answers, and write \{ and \} for braces that belong to the text.`, r.label())
		return
	}
	switch {
	case len(answers) == 0:
		r.doc.Reject(r.q.Line, r.label(), "%s", withoutAnswers(r.text))
		return
	case len(answers) > 1:
		r.readGaps(answers)
	default:
		r.readOne(answers[0])
	}
	if r.q.Type == "" {
		return
	}
	if r.excess {
		r.doc.Reject(r.q.Line, r.label(), "The question has more than %d answers, so it was left out.", questionbank.MaxAnswers)
		return
	}
	for _, loss := range r.markup.Losses {
		r.doc.Warn(&r.q, "A text refers to something the file does not carry or that is not shown here; it was left out (%s).", loss)
	}
	r.q.Images = r.markup.Images
	if !r.doc.Accept(r.q) {
		return
	}
	if r.joined {
		r.doc.Warn(&r.q, "No blank line stands before the question; it was taken as one of its own because of its title.")
	}
	if misplaced {
		r.doc.Warn(&r.q, "The text format stands before the title; both were read as meant.")
	}
	if ignored {
		r.doc.Warn(&r.q, "Several braces stand in the text; those that look like answers were read as the answers.")
	}
	if commented {
		r.doc.Warn(&r.q, "Comments stand at the ends of the question's lines; they were left out.")
	}
}

// readTitle takes ::title:: off the text. Some files put the text format before it; then it returns true.
func (r *reader) readTitle() (misplaced bool) {
	text := r.text
	if rest, found := takeFormat(text, ""); found != "" && strings.HasPrefix(rest, "::") {
		r.format, text, misplaced = found, rest, true
	}
	if !strings.HasPrefix(text, "::") {
		return false
	}
	title, rest, found := cut(text[2:], "::")
	if !found {
		return false
	}
	r.q.Title = questionbank.CollapseSpace(unescape(title))
	r.text = strings.TrimSpace(rest)
	return misplaced
}

func (r *reader) label() string {
	if r.q.Title != "" {
		return r.q.Title
	}
	before, _, _ := cut(r.text, "{")
	before, _ = takeFormat(before, "")
	if before == "" {
		before = r.text
	}
	return questionbank.Snippet(questionbank.PlainText(unescape(before)))
}

// setPrompt makes the prompt of the texts around the answers. An answer block at the very end leaves no mark.
func (r *reader) setPrompt(answers []span) {
	var raw strings.Builder
	from := 0
	for _, s := range answers {
		raw.WriteString(r.text[from:s.start])
		if s.end+1 < len(r.text) || len(answers) > 1 {
			raw.WriteString(questionbank.Gap)
		}
		from = s.end + 1
	}
	raw.WriteString(r.text[from:])
	text, format := takeFormat(raw.String(), r.format)
	r.format = format
	r.q.Prompt = rich(text, format, r.markup.HTML)
}
