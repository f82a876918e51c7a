package gift

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// Write writes the questions as GIFT. The problems say what of them GIFT cannot hold; one of severity error means that the
// question is not in the output. The error is that of w.
func Write(w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) {
	out := bufio.NewWriter(w)
	var doc questionbank.Document
	category := ""
	for i := range questions {
		q := &questions[i]
		text, ok := spread(q)
		if !ok {
			var body string
			if body, ok = answerBlock(&doc, q); !ok {
				continue
			}
			text = place(q.Prompt, body)
		}
		noteLosses(&doc, q)
		if next := firstCategory(q); next != category {
			category = next
			fmt.Fprintf(out, "%s %s\n\n", categoryMark, escape(categoryPath(next)))
		}
		writeComments(out, q)
		if q.Title != "" {
			fmt.Fprintf(out, "::%s::", escape(questionbank.CollapseSpace(q.Title)))
		}
		fmt.Fprintf(out, "[html]%s\n\n", text)
	}
	if err := out.Flush(); err != nil {
		return doc.Problems, fmt.Errorf("write GIFT: %w", err)
	}
	return doc.Problems, nil
}

func firstCategory(q *questionbank.Question) string {
	if len(q.Categories) == 0 {
		return ""
	}
	return q.Categories[0]
}

func categoryPath(path string) string {
	if path == "" {
		return "$course$/top"
	}
	return "$course$/top/" + path
}

func writeComments(out io.Writer, q *questionbank.Question) {
	var parts []string
	if q.ExternalID != "" {
		parts = append(parts, "[id:"+bracketed(q.ExternalID)+"]")
	}
	for _, tag := range q.Tags() {
		parts = append(parts, "[tag:"+bracketed(tag)+"]")
	}
	if len(parts) > 0 {
		fmt.Fprintf(out, "// %s\n", strings.Join(parts, " "))
	}
}

func bracketed(text string) string {
	return strings.NewReplacer("[", "(", "]", `\]`, "<", "(", ">", ")").Replace(questionbank.CollapseSpace(text))
}

// place puts the answers where the prompt's only gap is. Without one, or with several, they go to the end.
func place(prompt, answers string) string {
	before, after, found := strings.Cut(prompt, questionbank.Gap)
	if found && !strings.Contains(after, questionbank.Gap) && !strings.HasPrefix(after, "_") && strings.TrimSpace(after) != "" {
		return escape(before) + answers + escape(after)
	}
	return escape(prompt) + answers
}

func answerBlock(doc *questionbank.Document, q *questionbank.Question) (block string, ok bool) {
	var lines []string
	switch q.Type {
	case questionbank.MultipleChoice, questionbank.MultipleAnswer:
		lines = choiceLines(q)
	case questionbank.TrueFalse:
		if q.Truth == nil {
			doc.Reject(q.Line, q.Label(), "GIFT cannot hold a statement without its truth value; the question was left out.")
			return "", false
		}
		lines = []string{strings.ToUpper(strconv.FormatBool(*q.Truth))}
	case questionbank.FillBlanks:
		if len(q.Gaps) != 1 {
			doc.Reject(q.Line, q.Label(), "GIFT holds one gap for each question, this one has %d; it was left out.", len(q.Gaps))
			return "", false
		}
		lines = shortLines(q.Gaps[0])
	case questionbank.Match:
		lines = pairLines(q)
	case questionbank.Essay:
	default:
		doc.Reject(q.Line, q.Label(), "GIFT has no question of the type %q; it was left out.", q.Type)
		return "", false
	}
	if q.Feedback != "" {
		lines = append(lines, "####[html]"+escape(q.Feedback))
	}
	if len(lines) == 0 {
		return "{}", true
	}
	return "{\n\t" + strings.Join(lines, "\n\t") + "\n}", true
}

func choiceLines(q *questionbank.Question) []string {
	var lines []string
	allRight := !slices.ContainsFunc(q.Choices, func(c questionbank.Choice) bool { return !c.Correct })
	for i, c := range q.Choices {
		mark := "~"
		switch {
		case q.Type == questionbank.MultipleChoice && c.Correct && (i == 0 || !allRight):
			mark = "="
		case c.Weight != 0:
			mark = "~" + percent(c.Weight)
		}
		line := mark + "[html]" + escape(c.Text)
		if c.Feedback != "" {
			line += "#[html]" + escape(c.Feedback)
		}
		lines = append(lines, line)
	}
	return lines
}

func percent(weight float64) string {
	return "%" + strconv.FormatFloat(float64(int64(weight*1e7+half(weight)))/1e5, 'f', -1, 64) + "%"
}

func half(weight float64) float64 {
	if weight < 0 {
		return -0.5
	}
	return 0.5
}

func shortLines(gap questionbank.Blank) []string {
	var lines []string
	mark := "="
	if slices.ContainsFunc(gap.Accepted, func(text string) bool { return strings.Contains(text, "->") }) {
		mark = "=%100%" // an arrow alone would make it a pair
	}
	for _, text := range gap.Accepted {
		lines = append(lines, mark+escape(text))
	}
	for _, p := range gap.Partial {
		lines = append(lines, "="+percent(p.Weight)+escape(p.Text))
	}
	return lines
}

func pairLines(q *questionbank.Question) []string {
	var lines []string
	for _, p := range q.Pairs {
		lines = append(lines, "=[html]"+escape(p.Left)+" -> "+escape(questionbank.AnswerText(p.Right)))
	}
	for _, text := range q.Decoys {
		lines = append(lines, "= -> "+escape(questionbank.AnswerText(text)))
	}
	return lines
}

func noteLosses(doc *questionbank.Document, q *questionbank.Question) {
	lost := func(found bool, what string) {
		if found {
			doc.Warn(q, "GIFT cannot hold %s; it was left out.", what)
		}
	}
	lost(len(q.Images) > 0, "pictures")
	lost(q.Hint != "", "a hint")
	lost(q.Guidance != "", "guidance for marking")
	lost(q.Marks != 0 && q.Marks != 1, "the marks a question is worth")
	lost(len(q.Categories) > 1, "a second category")
	lost(q.Shuffle, "the order of options being free")
	for _, right := range append(rightSides(q.Pairs), q.Decoys...) {
		lost(strings.Contains(right, "<"), "formatting on the right side of a pair")
	}
	lost(q.Type == questionbank.MultipleChoice && len(q.Choices) == 1, "a choice of one option as anything but a gap")
	for _, gap := range q.Gaps {
		lost(len(gap.Accepted)+len(gap.Partial) == 0, "a gap without an answer as anything but an essay")
		lost(gap.CaseSensitive, "a gap that minds upper and lower case")
		lost(len(gap.Options) > 0, "the list of options of a gap")
	}
	if q.Type == questionbank.MultipleChoice {
		none := true
		for _, c := range q.Choices {
			none = none && !c.Correct
		}
		lost(none, "a choice without a correct option as one with a single answer")
	}
}

func rightSides(pairs []questionbank.Pair) []string {
	list := make([]string, 0, len(pairs))
	for _, p := range pairs {
		list = append(list, p.Right)
	}
	return list
}
