package sheet

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// kind reads the type column, or infers the type from what else the row holds; then it returns "". Ok is false when the row
// names a type we do not have, which is reported.
func (b *builder) kind(r row, q *questionbank.Question) (kind questionbank.Type, ok bool) {
	name := b.value(r, roleType)
	if name == "" {
		return "", true
	}
	if kind, known := kinds()[squeeze(name)]; known {
		return kind, true
	}
	b.doc.Reject(r.line, q.Label(), "Row %d, column “%s”: the question type %q has no equivalent here, so the row was left out.",
		r.line, b.title(roleType), questionbank.Snippet(name))
	return "", false
}

// answers fills in what the type needs. It returns why the row cannot be understood, or "".
func (b *builder) answers(r row, q *questionbank.Question, markup *questionbank.Markup, kind questionbank.Type) string {
	options := b.options(r)
	wrong := b.wrongTexts(r)
	key := b.value(r, roleKey)
	if kind == "" {
		kind = b.infer(r, len(options)+len(wrong) > 0)
	}
	q.Type = kind
	switch kind {
	case questionbank.MultipleChoice, questionbank.MultipleAnswer:
		if len(wrong) > 0 && len(options) == 0 {
			return b.keyAndWrong(q, markup, key, wrong)
		}
		return b.choices(r, q, markup, options)
	case questionbank.TrueFalse:
		return b.truth(r, q, markup, options)
	case questionbank.FillBlanks:
		return b.gaps(r, q, options)
	case questionbank.Match:
		return b.pairs(r, q, markup)
	case questionbank.Essay:
		if key != "" {
			b.doc.Warn(q, "Row %d, column “%s”: an essay has no key; the text was put into the guidance for marking.", r.line, b.title(roleKey))
			q.Guidance = strings.TrimPrefix(q.Guidance+"<br/>"+cellHTML(markup, key), "<br/>")
		}
		return ""
	}
	return fmt.Sprintf("neither options nor an answer were found (columns such as “choice 1” and “%s”).", b.title(roleKey))
}

func (b *builder) infer(r row, hasOptions bool) questionbank.Type {
	switch {
	case hasOptions:
		if b.value(r, rolePairs) == "" && b.value(r, roleType) == "" {
			return b.inferChoice(r)
		}
		return questionbank.MultipleChoice
	case b.value(r, rolePairs) != "" || b.hasPairs(r):
		return questionbank.Match
	case b.value(r, roleAccepted) != "":
		return questionbank.FillBlanks
	}
	key := b.value(r, roleKey)
	if _, ok := questionbank.TruthWord(key); ok {
		return questionbank.TrueFalse
	}
	if key != "" {
		return questionbank.FillBlanks
	}
	return ""
}

func (b *builder) inferChoice(r row) questionbank.Type {
	if right, ok := b.rule.resolve(b.value(r, roleKey), b.options(r)); ok && len(right) > 1 {
		return questionbank.MultipleAnswer
	}
	return questionbank.MultipleChoice
}

func (b *builder) wrongTexts(r row) []string {
	var list []string
	for _, i := range b.cols.wrong {
		if text := r.cell(i); text != "" {
			if len(b.cols.wrong) == 1 {
				return optionTexts(text)
			}
			list = append(list, text)
		}
	}
	return list
}
