package moodlexml

import (
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// becomes warns that the question came in as the type nearest to its own.
func (r *reader) becomes(what string) {
	r.doc.Warn(&r.q, "The question type “%s” has no exact equivalent; the question became %s.", r.n.attrs["type"], what)
}

// multiresponse reads a question with several answers that grades each right option in full: here they share the mark.
func (r *reader) multiresponse() string {
	for _, a := range r.n.all("answer") {
		r.q.Choices = append(r.q.Choices, questionbank.Choice{
			Text: r.answer(a), Correct: r.weight(a) > 0, Feedback: r.rich(a.child("feedback")),
		})
	}
	questionbank.ShareWeights(r.q.Choices)
	r.q.Type = questionbank.MultipleAnswer
	r.becomes("one with several answers, whose right options share the mark")
	return ""
}

// statements reads a table in which each statement is marked with one of a few answers, as a matching question.
func (r *reader) statements() string {
	right := map[string]string{}
	for _, column := range r.n.all("column") {
		right[column.attrs["number"]] = r.right(column.child("responsetext"))
	}
	key, used := map[string]string{}, map[string]bool{}
	for _, w := range r.n.all("weight") {
		if value, ok := questionbank.ParseNumber(w.value("value")); ok && value > 0 {
			key[w.attrs["rownumber"]] = w.attrs["columnnumber"]
		}
	}
	for _, row := range r.n.all("row") {
		left, column := r.answer(row.child("optiontext")), key[row.attrs["number"]]
		if questionbank.PlainText(row.value("feedbacktext")) != "" {
			r.lose("feedback to single statements; it was left out")
		}
		if left == "" || right[column] == "" {
			r.doc.Warn(&r.q, "The statement %q has no answer and was left out.", questionbank.Snippet(questionbank.PlainText(left)))
			continue
		}
		used[column] = true
		r.q.Pairs = append(r.q.Pairs, questionbank.Pair{Left: left, Right: right[column]})
	}
	for _, column := range r.n.all("column") {
		if number := column.attrs["number"]; !used[number] && right[number] != "" {
			r.q.Decoys = append(r.q.Decoys, right[number])
		}
	}
	r.q.Type = questionbank.Match
	r.becomes("a matching question, each statement to be matched with its answer")
	return ""
}

// gapfill reads a text with its gaps between delimiters of the question's own, alternatives parted by bars.
func (r *reader) gapfill() string {
	r.q.Type = questionbank.FillBlanks
	source := r.n.child("questiontext")
	opening, closing := "[", "]"
	if marks := []rune(r.n.value("delimitchars")); len(marks) == 2 {
		opening, closing = string(marks[0]), string(marks[1])
	}
	pattern, err := regexp.Compile(regexp.QuoteMeta(opening) + `([^` + regexp.QuoteMeta(opening+closing) + `]*)` + regexp.QuoteMeta(closing))
	if source == nil || err != nil {
		return "The question has no text, so it was left out."
	}
	options := r.gapOptions()
	prompt := pattern.ReplaceAllStringFunc(source.text(), func(mark string) string {
		r.q.Gaps = append(r.q.Gaps, r.gapOf(mark[len(opening):len(mark)-len(closing)], options))
		return questionbank.Gap
	})
	if len(r.q.Gaps) > maxGaps {
		return "The question has too many gaps, so it was left out."
	}
	if isTrue(r.n.value("noduplicates")) {
		r.lose("the rule that each answer counts in one gap only")
	}
	r.q.Prompt = r.reword(source, prompt)
	return ""
}

// gapOptions lists the words offered for every gap, nil when they are to be typed.
func (r *reader) gapOptions() []string {
	var options []string
	if shown := r.n.value("answerdisplay"); shown != "dragdrop" && shown != "dropdown" {
		return nil
	}
	for _, a := range r.n.all("answer") {
		for _, text := range strings.Split(a.text(), "|") {
			if text = questionbank.PlainText(text); text != "" {
				options = append(options, text)
			}
		}
	}
	return options
}

func (r *reader) gapOf(source string, options []string) questionbank.Blank {
	gap := questionbank.Blank{CaseSensitive: isTrue(r.n.value("casesensitive"))}
	for _, text := range strings.Split(questionbank.PlainText(source), "|") {
		if text = strings.TrimSpace(text); text == "" || text == "!!" {
			continue
		}
		gap.AddAnswer(text, 1)
		if !isTrue(r.n.value("disableregex")) && strings.ContainsAny(text, `*+?^$\`) {
			r.doc.Warn(&r.q, "The answer %q may be a pattern; here it is taken literally.", questionbank.Snippet(text))
		}
	}
	seen := map[string]bool{}
	for _, text := range options {
		if !seen[text] {
			seen[text] = true
			gap.Options = append(gap.Options, text)
		}
	}
	return gap
}

func (r *reader) markedEssay() string {
	r.becomes("an essay, marked by hand")
	return r.essay()
}

var computedValue = regexp.MustCompile(`#[A-Za-z]`)

// withFormulas reads a type that wraps a common one and may show values computed anew for everybody.
func withFormulas(read func(*reader) string) func(*reader) string {
	return func(r *reader) string {
		texts := []string{r.n.value("questiontext")}
		for _, a := range append(r.n.all("answer"), r.n.all("subquestion")...) {
			texts = append(texts, a.text())
		}
		if computedValue.MatchString(questionbank.PlainText(strings.Join(texts, " "))) {
			return "The question shows values computed anew for everybody; there is no equivalent, so it was left out."
		}
		r.becomes("an ordinary one")
		return read(r)
	}
}
