// Package moodlexml reads and writes the Moodle XML question format.
package moodlexml

import (
	"errors"

	"github.com/assay-hire/assay/internal/questionbank"
)

const format = "moodle-xml"

// Parse reads the questions of a Moodle XML file, a <quiz> or a single <question>. A file that is not well formed, declares
// a document type or is something else is refused with the line at fault; question types without an equivalent become
// problems that say why.
func Parse(file string, data []byte) questionbank.Document {
	doc := questionbank.Document{File: file, Format: format}
	text, repaired, err := decodeXML(data)
	if err != nil {
		doc.Refuse(0, "This file cannot be read: %v.", err)
		return doc
	}
	if repaired {
		doc.Note(0, "The file has characters that do not belong in it; they were read as Windows-1252 or left out.")
	}
	root, err := readTree(text)
	if err != nil {
		var at *located
		if errors.As(err, &at) {
			doc.Refuse(at.line, "Nothing was imported: %s.", at.message)
		} else {
			doc.Refuse(0, "Nothing was imported: %v.", err)
		}
		return doc
	}
	p := parser{doc: &doc}
	switch root.name {
	case "quiz":
		p.quiz(root)
	case "question":
		p.question(root)
	default:
		doc.Refuse(root.line, "This is no Moodle XML file: its root element is <%s>, not <quiz>.", root.name)
	}
	p.noteOverallFeedback()
	doc.Finish()
	return doc
}

type parser struct {
	doc      *questionbank.Document
	category string
	overall  int // questions with feedback to the whole response
}

func (p *parser) quiz(root *node) {
	for _, n := range root.kids {
		if n.name == "question" {
			p.question(n)
		} else {
			p.doc.Note(n.line, "The element <%s> is no question and was left out.", n.name)
		}
	}
}

func (p *parser) question(n *node) {
	kind := n.attrs["type"]
	if kind == "category" {
		p.category = questionbank.CategoryPath(n.value("category"))
		if questionbank.PlainText(n.value("info")) != "" {
			p.doc.Note(n.line, "The description of the category “%s” was left out.", questionbank.Snippet(p.category))
		}
		return
	}
	r := p.newReader(n)
	read, known := readers[kind]
	if !known {
		p.doc.Reject(n.line, r.label(), "%s", unsupported(kind))
		return
	}
	r.readCommon()
	if reason := read(r); reason != "" {
		p.doc.Reject(n.line, r.label(), "%s", reason)
		return
	}
	if r.hasOverallFeedback() {
		p.overall++
	}
	r.noteLosses()
	r.q.Images = r.markup.Images
	p.doc.Accept(r.q)
}

func (p *parser) noteOverallFeedback() {
	if p.overall > 0 {
		p.doc.Note(0, "Separate feedback for right, partly right and wrong responses was left out (questions concerned: %d); "+
			"a question has one general feedback here.", p.overall)
	}
}

// readers maps the type attribute to what reads it. A reader returns why the question cannot come in, or "".
var readers = map[string]func(*reader) string{
	"multichoice":    (*reader).multichoice,
	"multichoiceset": (*reader).multichoice,
	"truefalse":      (*reader).truefalse,
	"shortanswer":    (*reader).shortanswer,
	"numerical":      (*reader).numerical,
	"matching":       (*reader).matching,
	"match":          (*reader).matching,
	"ddmatch":        (*reader).matching,
	"essay":          (*reader).essay,
	"cloze":          (*reader).cloze,
	"multianswer":    (*reader).cloze,
	"gapselect":      (*reader).gapselect,
	"ddwtos":         (*reader).ddwtos,

	"oumultiresponse":  (*reader).multiresponse,
	"mtf":              (*reader).statements,
	"kprime":           (*reader).statements,
	"gapfill":          (*reader).gapfill,
	"essayautograde":   (*reader).markedEssay,
	"multichoicewiris": withFormulas((*reader).multichoice),
	"truefalsewiris":   withFormulas((*reader).truefalse),
	"shortanswerwiris": withFormulas((*reader).shortanswer),
	"matchwiris":       withFormulas((*reader).matching),
	"multianswerwiris": withFormulas((*reader).cloze),
	"essaywiris":       withFormulas((*reader).essay),
}

func unsupported(kind string) string {
	reasons := map[string]string{
		"":                 "The question names no type, so it was left out.",
		"description":      "This is a description without answers; there is nothing to ask, so it was left out.",
		"stack":            "STACK questions are marked by a computer algebra system; there is no equivalent, so the question was left out.",
		"formulas":         "Formulas questions compute their answers from variables; there is no equivalent, so the question was left out.",
		"calculated":       "Calculated questions draw their numbers at random; there is no equivalent, so the question was left out.",
		"calculatedsimple": "Calculated questions draw their numbers at random; there is no equivalent, so the question was left out.",
		"calculatedmulti":  "Calculated questions draw their numbers at random; there is no equivalent, so the question was left out.",
		"ordering":         "Ordering questions have no equivalent here, so the question was left out.",
		"ddmarker":         "Placing markers on a picture has no equivalent here, so the question was left out.",
		"ddimageortext":    "Dragging onto a picture has no equivalent here, so the question was left out.",
		"random":           "This entry draws a question at random and holds none itself, so it was left out.",
		"randomsamatch":    "This entry draws other questions at random and holds none itself, so it was left out.",
		"coderunner":       "Programming questions of this kind come with their own test runner; there is no equivalent, so the question was left out.",
	}
	if reason, found := reasons[kind]; found {
		return reason
	}
	return "The question type “" + questionbank.Snippet(kind) + "” has no equivalent here, so the question was left out."
}
