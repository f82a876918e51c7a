package qti

import (
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// itemWriter builds one item. The parts are written in the order the schema asks for, whatever order they are made in.
type itemWriter struct {
	question     questionbank.Question
	identifier   string
	picture      func(questionbank.Image) string
	declarations strings.Builder
	interaction  string   // stands after the text
	responses    []string // identifiers of scored responses
	scale        float64  // what a full answer is worth
	gaps         []string // interactions that stand in the text
	problems     []questionbank.Problem
}

func newItemWriter(question questionbank.Question, identifier string, picture func(questionbank.Image) string) *itemWriter {
	scale := question.Marks
	if scale <= 0 {
		scale = 1
	}
	return &itemWriter{question: question, identifier: identifier, picture: picture, scale: scale}
}

func inlinePicture(image questionbank.Image) string {
	return "data:" + image.MediaType + ";base64," + base64.StdEncoding.EncodeToString(image.Data)
}

func (w *itemWriter) name() string {
	if w.question.Title != "" {
		return w.question.Title
	}
	text := []rune(strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(w.question.Prompt, " "))), " "))
	if len(text) == 0 {
		return w.identifier
	}
	return string(text[:min(len(text), 80)])
}

func (w *itemWriter) warn(message string) {
	for _, known := range w.problems {
		if known.Message == message {
			return
		}
	}
	w.problems = append(w.problems, questionbank.Problem{Line: w.question.Line, Question: w.name(), Severity: questionbank.Warning, Message: message})
}

func (w *itemWriter) failure(err error) questionbank.Problem {
	return questionbank.Problem{Line: w.question.Line, Question: w.name(), Severity: questionbank.Error, Message: "The question was left out: " + err.Error() + "."}
}

func (w *itemWriter) write() (string, error) {
	if err := w.writeInteraction(); err != nil {
		return "", err
	}
	body := w.body()
	var out strings.Builder
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	fmt.Fprintf(&out, `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="%s" title="%s" adaptive="false" time-dependent="false">`,
		w.identifier, xmlText(w.name()))
	out.WriteString("\n" + w.declarations.String() + w.outcomes())
	out.WriteString("<qti-item-body>" + body + w.interaction + w.rubric() + "</qti-item-body>\n")
	out.WriteString(w.processing() + w.modalFeedback())
	out.WriteString("</qti-assessment-item>\n")
	return out.String(), nil
}

func (w *itemWriter) writeInteraction() error {
	switch w.question.Type {
	case questionbank.MultipleChoice, questionbank.MultipleAnswer:
		return w.writeChoices()
	case questionbank.TrueFalse:
		w.writeTruth()
		return nil
	case questionbank.FillBlanks:
		return w.writeGaps()
	case questionbank.Match:
		return w.writePairs()
	case questionbank.Essay:
		w.declarations.WriteString(`<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"/>` + "\n")
		w.interaction = `<qti-extended-text-interaction response-identifier="RESPONSE"/>`
		return nil
	}
	return errors.New("QTI export has no item for the type “" + string(w.question.Type) + "”")
}

// value is one answer with what it is worth.
type value struct {
	key           string
	worth         float64
	caseSensitive bool
}

// declare writes a response declaration with its key and mapping, and marks the response as scored when it has any.
func (w *itemWriter) declare(identifier, cardinality, baseType string, correct []string, values []value) {
	out := &w.declarations
	fmt.Fprintf(out, `<qti-response-declaration identifier="%s" cardinality="%s" base-type="%s">`, identifier, cardinality, baseType)
	if len(correct) > 0 {
		out.WriteString("<qti-correct-response>")
		for _, key := range correct {
			out.WriteString("<qti-value>" + xmlText(key) + "</qti-value>")
		}
		out.WriteString("</qti-correct-response>")
	}
	if len(values) > 0 {
		w.responses = append(w.responses, identifier)
		out.WriteString(`<qti-mapping default-value="0" lower-bound="0">`)
		for _, v := range values {
			fmt.Fprintf(out, `<qti-map-entry map-key="%s" mapped-value="%s"`, xmlText(v.key), number(v.worth))
			if baseType == "string" {
				fmt.Fprintf(out, ` case-sensitive="%t"`, v.caseSensitive)
			}
			out.WriteString("/>")
		}
		out.WriteString("</qti-mapping>")
	}
	out.WriteString("</qti-response-declaration>\n")
}

func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

func (w *itemWriter) outcomes() string {
	marks := ""
	if w.question.Marks > 0 {
		marks = ` normal-maximum="` + number(w.question.Marks) + `"`
	}
	if w.question.Type == questionbank.Essay {
		marks += ` external-scored="human"`
	}
	out := `<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"` + marks + ">" +
		"<qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>\n"
	if w.question.Marks > 0 {
		out += `<qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>` +
			number(w.question.Marks) + "</qti-value></qti-default-value></qti-outcome-declaration>\n"
	}
	for _, identifier := range []string{"FEEDBACK", "GENERAL", "HINT"} {
		if w.has(identifier) {
			cardinality := "single"
			if identifier == "FEEDBACK" {
				cardinality = "multiple"
			}
			out += `<qti-outcome-declaration identifier="` + identifier + `" cardinality="` + cardinality + "\" base-type=\"identifier\"/>\n"
		}
	}
	return out
}

// processing adds up the mapped answers and decides what feedback is shown.
func (w *itemWriter) processing() string {
	feedback := w.feedbackRules()
	if len(w.responses) == 1 && w.responses[0] == "RESPONSE" && feedback == "" {
		return `<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>` + "\n"
	}
	var score strings.Builder
	if len(w.responses) > 0 {
		score.WriteString(`<qti-set-outcome-value identifier="SCORE"><qti-sum>`)
		for _, identifier := range w.responses {
			score.WriteString(`<qti-map-response identifier="` + identifier + `"/>`)
		}
		score.WriteString("</qti-sum></qti-set-outcome-value>")
	}
	if score.Len() == 0 && feedback == "" {
		return ""
	}
	return "<qti-response-processing>" + score.String() + feedback + "</qti-response-processing>\n"
}
