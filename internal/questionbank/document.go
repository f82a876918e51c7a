package questionbank

import (
	"fmt"
	"strings"
)

// Warn records that q came in changed, or without something the file gives it.
func (d *Document) Warn(q *Question, format string, args ...any) {
	d.add(q.Line, q.Label(), Warning, format, args)
}

// Reject records that the question named label, starting on line, did not come in.
func (d *Document) Reject(line int, label, format string, args ...any) {
	d.add(line, nameOr(label, line), Error, format, args)
}

// Note records a warning about the file as a whole, or about a line that belongs to no question.
func (d *Document) Note(line int, format string, args ...any) {
	d.add(line, "", Warning, format, args)
}

// Refuse records why the whole file is refused and drops what was read of it.
func (d *Document) Refuse(line int, format string, args ...any) {
	d.add(line, "", Error, format, args)
	d.Questions = nil
}

// Finish ends reading a file: a refused file keeps no question, and a file without a question or a reason for that is
// refused.
func (d *Document) Finish() {
	if d.Refused() {
		d.Questions = nil
		return
	}
	if len(d.Questions) > 0 {
		return
	}
	for _, p := range d.Problems {
		if p.Severity == Error {
			return
		}
	}
	d.Refuse(0, "There is no question in this file.")
}

func (d *Document) add(line int, label string, severity Severity, format string, args []any) {
	p := Problem{Line: line, Question: label, Severity: severity, Message: fmt.Sprintf(format, args...)}
	if n := len(d.Problems); n > 0 && d.Problems[n-1] == p {
		return
	}
	d.Problems = append(d.Problems, p)
}

// Label names the question in a report: its title, else the beginning of its prompt, else its line. Never empty.
func (q *Question) Label() string {
	if title := CollapseSpace(q.Title); title != "" {
		return title
	}
	const enough = 1000
	beginning := strings.ToValidUTF8(q.Prompt[:min(len(q.Prompt), enough)], "")
	return nameOr(Snippet(PlainText(beginning)), q.Line)
}

func nameOr(label string, line int) string {
	if label = CollapseSpace(label); label != "" {
		return label
	}
	return fmt.Sprintf("question on line %d", line)
}

// Snippet returns the first sixty characters of a plain text, with an ellipsis when there are more.
func Snippet(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
