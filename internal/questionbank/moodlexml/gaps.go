package moodlexml

import (
	"regexp"
	"strconv"

	"github.com/assay-hire/assay/internal/questionbank"
)

const maxGaps = 300

var gapMark = regexp.MustCompile(`\[\[\s*([0-9]{1,3})\s*\]\]`)

// gapselect reads a text whose gaps [[n]] offer the choices of the group choice n belongs to.
func (r *reader) gapselect() string {
	return r.numberedGaps("selectoption")
}

// ddwtos reads a text into which words are dragged: the same gaps, chosen from a list instead.
func (r *reader) ddwtos() string {
	reason := r.numberedGaps("dragbox")
	if reason == "" {
		r.doc.Warn(&r.q, "Words to be dragged into the text became gaps with a list to choose from; a word may be chosen more than once.")
	}
	return reason
}

func (r *reader) numberedGaps(element string) string {
	r.q.Type = questionbank.FillBlanks
	choices := r.n.all(element)
	source := r.n.child("questiontext")
	if source == nil {
		return "The question has no text, so it was left out."
	}
	missing := ""
	if len(choices) > maxGaps || len(gapMark.FindAllStringIndex(source.text(), maxGaps+1)) > maxGaps {
		return "The question has too many gaps, so it was left out."
	}
	prompt := gapMark.ReplaceAllStringFunc(source.text(), func(mark string) string {
		number := gapMark.FindStringSubmatch(mark)[1]
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(choices) {
			missing = number
			return mark
		}
		r.q.Gaps = append(r.q.Gaps, groupGap(choices, choices[n-1]))
		return questionbank.Gap
	})
	if missing != "" {
		return "The gap [[" + missing + "]] refers to a choice the question does not have, so the question was left out."
	}
	r.q.Prompt = r.reword(source, prompt)
	return ""
}

func groupGap(choices []*node, right *node) questionbank.Blank {
	gap := questionbank.Blank{Accepted: []string{questionbank.PlainText(right.text())}}
	for _, c := range choices {
		if group(c) == group(right) {
			gap.Options = append(gap.Options, questionbank.PlainText(c.text()))
		}
	}
	return gap
}

func group(n *node) string {
	if g := n.value("group"); g != "" {
		return g
	}
	return "1"
}
