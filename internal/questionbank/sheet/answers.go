package sheet

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

func (b *builder) choices(r row, q *questionbank.Question, markup *questionbank.Markup, options []option) string {
	if len(options) == 0 {
		return "there are no options in the columns for them."
	}
	texts := b.optionCells(r)
	for i, text := range texts {
		choice := questionbank.Choice{Text: cellHTML(markup, text)}
		if column, ok := b.cols.feedback[options[i].place+1]; ok {
			choice.Feedback = cellHTML(markup, r.cell(column))
		}
		q.Choices = append(q.Choices, choice)
	}
	key := b.value(r, roleKey)
	if key == "" {
		return ""
	}
	right, ok := b.rule.resolve(key, options)
	if !ok {
		return fmt.Sprintf("“%s” in the column “%s” is none of the options.", questionbank.Snippet(key), b.title(roleKey))
	}
	for _, i := range right {
		q.Choices[i].Correct = true
	}
	if len(right) > 1 && q.Type == questionbank.MultipleChoice {
		q.Type = questionbank.MultipleAnswer
		b.doc.Warn(q, "The key names several options, so the question became one with several answers.")
	}
	questionbank.ShareWeights(q.Choices)
	b.weights(r, q)
	return ""
}

func (b *builder) optionCells(r row) []string {
	var list []string
	for _, i := range b.cols.choices {
		if text := r.cell(i); text != "" {
			list = append(list, text)
		}
	}
	if len(list) > 0 {
		return list
	}
	return optionTexts(b.value(r, roleOptions))
}

func (b *builder) weights(r row, q *questionbank.Question) {
	cell := b.value(r, roleWeights)
	if cell == "" {
		return
	}
	list := splitList(cell, ";|")
	weights := make([]float64, len(list))
	for i, text := range list {
		n, ok := questionbank.ParseNumber(text)
		if !ok || len(list) != len(q.Choices) {
			b.doc.Warn(q, "Row %d, column “%s”: %q is not one number for each option; equal shares apply.",
				r.line, b.title(roleWeights), questionbank.Snippet(cell))
			return
		}
		weights[i] = n
	}
	for i := range q.Choices {
		q.Choices[i].Weight = weights[i]
	}
}

// keyAndWrong reads tables that give the right answer itself and the wrong ones beside it.
func (b *builder) keyAndWrong(q *questionbank.Question, markup *questionbank.Markup, key string, wrong []string) string {
	if key != "" {
		q.Choices = append(q.Choices, questionbank.Choice{Text: cellHTML(markup, key), Correct: true, Weight: 1})
	}
	for _, text := range wrong {
		q.Choices = append(q.Choices, questionbank.Choice{Text: cellHTML(markup, text)})
	}
	q.Shuffle = true
	return ""
}

func (b *builder) truth(r row, q *questionbank.Question, markup *questionbank.Markup, options []option) string {
	key := b.value(r, roleKey)
	if key == "" {
		return ""
	}
	text := key
	if right, ok := b.rule.resolve(key, options); ok && len(right) == 1 {
		text = options[right[0]].text
	}
	if isTrue, ok := questionbank.TruthWord(text); ok {
		q.Truth = &isTrue
		return ""
	}
	if isTrue := key == "1"; len(options) == 0 && (isTrue || key == "0") {
		q.Truth = &isTrue
		return ""
	}
	if len(options) > 0 {
		q.Type = questionbank.MultipleChoice
		b.doc.Warn(q, "The options are not true and false, so the question became multiple choice.")
		return b.choices(r, q, markup, options)
	}
	return fmt.Sprintf("“%s” in the column “%s” is neither true nor false.", questionbank.Snippet(key), b.title(roleKey))
}

// gaps reads the accepted texts. Where the prompt marks several gaps, a bar stands between theirs; otherwise bars and
// semicolons both stand between texts for the one gap.
func (b *builder) gaps(r row, q *questionbank.Question, options []option) string {
	cell := b.value(r, roleAccepted)
	if cell == "" {
		cell = b.value(r, roleKey)
	}
	mind := isYes(b.value(r, roleCase))
	if cell == "" {
		gap := questionbank.Blank{CaseSensitive: mind}
		for _, o := range options {
			gap.AddAnswer(o.text, 1)
		}
		q.Gaps = []questionbank.Blank{gap}
		return ""
	}
	marks := strings.Count(q.Prompt, questionbank.Gap)
	parts := splitGaps(cell)
	if marks < 2 || len(parts) != marks {
		parts = []string{cell}
		if marks >= 2 {
			b.doc.Warn(q, "Row %d: the prompt marks %d gaps, yet the answers are for one; put a bar (|) between those of different gaps.", r.line, marks)
		}
	}
	for _, part := range parts {
		gap := questionbank.Blank{CaseSensitive: mind}
		for _, text := range splitList(part, ";|\n") {
			gap.AddAnswer(questionbank.CollapseSpace(text), 1)
		}
		q.Gaps = append(q.Gaps, gap)
	}
	return ""
}

// splitGaps cuts at bars and keeps the escapes for the next cut.
func splitGaps(cell string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(cell); i++ {
		switch cell[i] {
		case '\\':
			i++
		case '|':
			parts = append(parts, cell[start:i])
			start = i + 1
		}
	}
	return append(parts, cell[start:])
}

func (b *builder) hasPairs(r row) bool {
	for n, left := range b.cols.left {
		if right, ok := b.cols.right[n]; ok && r.cell(left) != "" && r.cell(right) != "" {
			return true
		}
	}
	return false
}

func (b *builder) pairs(r row, q *questionbank.Question, markup *questionbank.Markup) string {
	add := func(left, right string) {
		leftHTML, rightHTML := cellHTML(markup, left), cellHTML(markup, right)
		switch {
		case leftHTML != "" && rightHTML != "":
			q.Pairs = append(q.Pairs, questionbank.Pair{Left: leftHTML, Right: rightHTML})
		case rightHTML != "":
			q.Decoys = append(q.Decoys, rightHTML)
		case leftHTML != "":
			b.doc.Warn(q, "Row %d: “%s” has no right side and was left out.", r.line, questionbank.Snippet(left))
		}
	}
	for n := 0; n <= 99; n++ {
		left, hasLeft := b.cols.left[n]
		right, hasRight := b.cols.right[n]
		if hasLeft || hasRight {
			add(cellOf(r, left, hasLeft), cellOf(r, right, hasRight))
		}
	}
	for _, part := range splitList(b.value(r, rolePairs), ";|\n") {
		left, right, found := strings.Cut(part, "->")
		if !found {
			left, right, found = strings.Cut(part, "=")
		}
		if !found {
			return fmt.Sprintf("“%s” in the column “%s” is no pair; write left -> right.", questionbank.Snippet(part), b.title(rolePairs))
		}
		add(strings.TrimSpace(left), strings.TrimSpace(right))
	}
	return ""
}

func cellOf(r row, column int, given bool) string {
	if !given {
		return ""
	}
	return r.cell(column)
}
