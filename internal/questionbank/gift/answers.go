package gift

import (
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// answerSpans picks the braces that hold answers. Ignored is true when others were taken for plain text, such as TeX whose
// braces nobody escaped. A single pair is always the answers unless the braces do not balance.
func answerSpans(text string, spans []span, balanced bool) (answers []span, ignored bool) {
	if balanced && len(spans) <= 1 {
		return spans, false
	}
	for _, s := range spans {
		if looksLikeAnswers(text[s.start+1 : s.end]) {
			answers = append(answers, s)
		}
	}
	if len(answers) > 1 && !allShort(text, answers) {
		answers = answers[:1]
		return answers, true
	}
	return answers, len(answers) > 0 && (!balanced || len(answers) < len(spans))
}

func looksLikeAnswers(block string) bool {
	block = strings.TrimSpace(block)
	if block == "" || strings.IndexByte("=~#>", block[0]) >= 0 {
		return true
	}
	_, ok := truth(block)
	return ok
}

func allShort(text string, spans []span) bool {
	for _, s := range spans {
		block := strings.TrimSpace(text[s.start+1 : s.end])
		if !strings.HasPrefix(block, "=") || index(block, "~") >= 0 || index(block, "->") >= 0 && !allWeighted(block) {
			return false
		}
	}
	return true
}

func (r *reader) readGaps(answers []span) {
	r.setPrompt(answers)
	for _, s := range answers[:min(len(answers), questionbank.MaxAnswers+1)] {
		gap := r.shortAnswers(r.text[s.start+1 : s.end])
		r.q.Gaps = append(r.q.Gaps, gap)
	}
	r.q.Type = questionbank.FillBlanks
}

func (r *reader) readOne(s span) {
	r.setPrompt([]span{s})
	block := strings.TrimSpace(r.text[s.start+1 : s.end])
	if i := lastIndex(block, "####"); i >= 0 {
		r.q.Feedback = rich(block[i+4:], r.format, r.markup.HTML)
		block = strings.TrimSpace(block[:i])
	}
	isTrue, isTruth := truth(block)
	switch {
	case block == "":
		r.q.Type = questionbank.Essay
	case block[0] == '#':
		r.numerical(block[1:])
	case block[0] == '>':
		r.doc.Reject(r.q.Line, r.label(), "Ordering questions have no equivalent here, so the question was left out.")
	case isTruth:
		r.q.Type, r.q.Truth = questionbank.TrueFalse, &isTrue
		r.warnFeedback(index(block, "#") >= 0)
	case index(block, "~") >= 0:
		r.choices(block)
	case index(block, "=") >= 0 && index(block, "->") >= 0 && !allWeighted(block):
		r.match(block)
	default:
		r.q.Type = questionbank.FillBlanks
		r.q.Gaps = []questionbank.Blank{r.shortAnswers(block)}
	}
}

// allWeighted tells whether each entry of a block begins with a weight, which pairs never have.
func allWeighted(block string) bool {
	for _, raw := range splitPairs(block) {
		if !weightPrefix.MatchString(strings.TrimSpace(raw)) {
			return false
		}
	}
	return true
}

func (r *reader) warnFeedback(found bool) {
	if found {
		r.doc.Warn(&r.q, "Feedback to single answers has no place in this type of question and was left out.")
	}
}

func truth(block string) (isTrue, ok bool) {
	word, _, _ := cut(block, "#")
	switch word = strings.TrimSpace(word); {
	case word == "T" || strings.EqualFold(word, "true"):
		return true, true
	case word == "F" || strings.EqualFold(word, "false"):
		return false, true
	}
	return false, false
}

// answer is one entry of an answer block, its mark and weight taken off.
type answer struct {
	right    bool // marked with "="
	weighted bool
	weight   float64
	text     string
	feedback string
}

var weightPrefix = regexp.MustCompile(`^%\s*(-?[0-9]+(?:[.,][0-9]*)?)\s*%`)

func newAnswer(right bool, raw string) answer {
	a := answer{right: right, text: strings.TrimSpace(raw)}
	if right {
		a.weight = 1
	}
	if m := weightPrefix.FindStringSubmatch(a.text); m != nil {
		percent, _ := questionbank.ParseNumber(strings.TrimRight(m[1], ".,"))
		a.weighted, a.weight, a.text = true, percent/100, strings.TrimSpace(a.text[len(m[0]):])
	}
	a.text, a.feedback, _ = cut(a.text, "#")
	a.text = strings.TrimSpace(a.text)
	return a
}

// splitAnswers cuts an answer block at its unescaped marks. An "=" inside an HTML tag or a formula is not a mark. Right tells what an
// entry before the first mark counts as.
func splitAnswers(block, marks string, right bool) []answer {
	var list []answer
	start := 0
	add := func(end int) {
		if raw := block[start:end]; strings.TrimSpace(raw) != "" {
			list = append(list, newAnswer(right, raw))
		}
	}
	for i := 0; i < len(block) && len(list) <= questionbank.MaxAnswers; i++ {
		switch {
		case escapedAt(block, i):
			i++
		case block[i] == '<':
			i += tagLength(block[i:])
		case block[i] == '$' || strings.HasPrefix(block[i:], `\(`):
			i += formulaLength(block[i:])
		case strings.IndexByte(marks, block[i]) >= 0:
			add(i)
			start, right = i+1, block[i] == '='
		}
	}
	add(len(block))
	return list
}

// split is splitAnswers with a note of there being more than a question may have.
func (r *reader) split(block, marks string, right bool) []answer {
	list := splitAnswers(block, marks, right)
	r.excess = r.excess || len(list) > questionbank.MaxAnswers
	return list
}

var tagWithAttributes = regexp.MustCompile(`^<[A-Za-z][^<>~]*=["'][^<>~]*>`)

func tagLength(s string) int {
	const longest = 2000
	return max(0, len(tagWithAttributes.FindString(s[:min(len(s), longest)]))-1)
}

var formula = regexp.MustCompile(`^(?:\$\$[^~$\n]+\$\$|\$(?:[^\s~$][^~$\n]*)?[^\s=~$]\$(?:[^0-9]|$)|\\\([^~\n]*?\\\))`)

// formulaLength is how much of s, which begins with the mark of a formula, belongs to it beyond that mark; 0 when it is
// none, as with the signs of sums of money.
func formulaLength(s string) int {
	const longest = 2000
	found := formula.FindString(s[:min(len(s), longest)])
	return max(0, strings.LastIndexAny(found, "$)"))
}

func (r *reader) shortAnswers(block string) questionbank.Blank {
	var gap questionbank.Blank
	feedback, wrong := false, 0
	for _, a := range r.split(block, "=", true) {
		feedback = feedback || strings.TrimSpace(a.feedback) != ""
		text := plain(a.text)
		if text == "" {
			continue
		}
		if !gap.AddAnswer(text, a.weight) {
			wrong++
		}
		if len(text) > 1 && strings.Contains(text, "*") {
			r.doc.Warn(&r.q, "The asterisk in the answer %q stands for any text in GIFT; here it is taken literally.", text)
		}
	}
	r.warnFeedback(feedback)
	if wrong > 0 {
		r.doc.Warn(&r.q, "Answers worth nothing were left out (%d of them); any answer not listed counts as wrong.", wrong)
	}
	return gap
}
