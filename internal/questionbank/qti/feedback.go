package qti

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// inlineFeedback returns the feedback written into an option.
func (it *item) inlineFeedback(option *node) string {
	var texts []string
	for _, n := range option.all("feedbackInline", "feedbackBlock") {
		text := it.fragment(n)
		switch {
		case plainIsEmpty(text):
		case n.attr("showHide") == "hide":
			it.warn(n.line, "Feedback shown when an option is not chosen was left out: %s", quote(n))
		default:
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "<br>")
}

// readFeedback sorts the feedback outside the options: to the option it is for, to the hint, or to the question as a
// whole. Texts for other conditions are left out and quoted in a warning.
func (it *item) readFeedback() {
	var others []*node
	for _, n := range append(it.root.children("modalFeedback"), it.bodyFeedback()...) {
		text := it.fragment(n)
		about := strings.ToLower(n.attr("identifier") + " " + n.attr("outcomeIdentifier") + " " + n.attr("title"))
		switch {
		case plainIsEmpty(text):
		case !alwaysFits(n):
			others = append(others, n)
		case it.addChoiceFeedback(n.attr("identifier"), text):
		case strings.Contains(about, "hint"):
			it.question.Hint = joinTexts(it.question.Hint, text)
		case strings.Contains(about, "solution") && it.question.Type == questionbank.Essay:
			it.question.Guidance = joinTexts(it.question.Guidance, text)
		case strings.Contains(about, "solution") || n.attr("identifier") == generalFeedback:
			it.question.Feedback = joinTexts(it.question.Feedback, text)
		default:
			others = append(others, n)
		}
	}
	it.addConditional(others)
}

// bodyFeedback lists the feedback in the text itself, not that in the options.
func (it *item) bodyFeedback() []*node {
	var found []*node
	it.body.walk(func(n *node) bool {
		if n.name == "feedbackBlock" || n.name == "feedbackInline" {
			found = append(found, n)
			return false
		}
		return n.name != "simpleChoice"
	})
	return found
}

func (it *item) addChoiceFeedback(identifier, text string) bool {
	interaction := it.body.all("choiceInteraction")
	if len(interaction) != 1 || len(it.question.Choices) == 0 {
		return false
	}
	for i, option := range interaction[0].children("simpleChoice") {
		if option.attr("identifier") == identifier {
			choice := &it.question.Choices[i]
			choice.Feedback = joinTexts(choice.Feedback, text)
			return true
		}
	}
	return false
}

// alwaysFits tells whether a feedback's text could be shown in any case.
func alwaysFits(n *node) bool {
	return n.attr("showHide") != "hide" && len(n.all("printedVariable")) == 0
}

// addConditional keeps feedback that is the same whatever the condition, and reports any other.
func (it *item) addConditional(others []*node) {
	var texts []string
	for _, n := range others {
		if text := it.fragment(n); alwaysFits(n) && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) == 1 {
		it.question.Feedback = joinTexts(it.question.Feedback, texts[0])
	}
	for _, n := range others {
		if len(texts) == 1 && alwaysFits(n) {
			it.warn(n.line, "Feedback shown under a condition is now shown in any case: %s", quote(n))
		} else {
			it.warn(n.line, "Feedback shown under a condition was left out: %s", quote(n))
		}
	}
}

// quote gives the beginning of a text, enough to find it by.
func quote(n *node) string {
	text := []rune(n.textOf())
	if len(text) > 160 {
		return fmt.Sprintf("“%s…”", string(text[:160]))
	}
	return fmt.Sprintf("“%s”", string(text))
}

// textOf is the plain text of a feedback element itself.
func (n *node) textOf() string {
	var out strings.Builder
	for _, kid := range n.kids {
		out.WriteString(kid.content())
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

var blockEnd = regexp.MustCompile(`</(p|div|ul|ol|dl|table|blockquote|pre|h[1-6])>$`)

func joinTexts(first, second string) string {
	if first == "" || blockEnd.MatchString(first) {
		return first + second
	}
	return first + "<br>" + second
}

// readRubrics keeps notes for those who mark as guidance and notes for candidates as a hint.
func (it *item) readRubrics() {
	for _, n := range append(it.root.all("rubricBlock"), it.root.children("scorerNotes")...) {
		text := it.fragment(n)
		if plainIsEmpty(text) {
			continue
		}
		if slices.Contains(strings.Fields(n.attr("view")), "candidate") {
			it.question.Hint = joinTexts(it.question.Hint, text)
			it.warn(n.line, "Instructions to candidates (a rubric) became the question's hint.")
		} else {
			it.question.Guidance = joinTexts(it.question.Guidance, text)
		}
	}
}
