package qti

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/questionbank"
)

func (w *itemWriter) writeChoices() error {
	if len(w.question.Choices) == 0 {
		return errors.New("it has no options to choose from")
	}
	single := w.question.Type == questionbank.MultipleChoice
	var correct []string
	var options strings.Builder
	for i, choice := range w.question.Choices {
		identifier := fmt.Sprintf("choice_%d", i+1)
		if choice.Correct {
			correct = append(correct, identifier)
		}
		feedback := ""
		if choice.Feedback != "" {
			feedback = `<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="` + identifier + `" show-hide="show">` + w.flow(choice.Feedback) + "</qti-feedback-inline>"
		}
		fmt.Fprintf(&options, `<qti-simple-choice identifier="%s">%s%s</qti-simple-choice>`, identifier, w.flow(choice.Text), feedback)
	}
	cardinality, most := "multiple", 0
	if single {
		most = 1
	}
	if single && len(correct) < 2 {
		cardinality = "single"
	}
	w.declare("RESPONSE", cardinality, "identifier", correct, w.choiceValues(len(correct), single))
	w.interaction = fmt.Sprintf(`<qti-choice-interaction response-identifier="RESPONSE" shuffle="%t" max-choices="%d">%s</qti-choice-interaction>`,
		w.question.Shuffle, most, options.String())
	return nil
}

// choiceValues turns shares of the mark into mapped values. Where no share is given, the right options have it all.
func (w *itemWriter) choiceValues(right int, single bool) []value {
	weighted := slices.ContainsFunc(w.question.Choices, func(c questionbank.Choice) bool { return c.Weight != 0 })
	if weighted && right == 0 {
		w.warn("The weights of the options were left out: without a right option they would make one.")
		return nil
	}
	var values []value
	for i, choice := range w.question.Choices {
		worth := choice.Weight
		if !weighted && choice.Correct {
			worth = 1
			if !single {
				worth = 1 / float64(right)
			}
		}
		if worth != 0 {
			values = append(values, value{key: fmt.Sprintf("choice_%d", i+1), worth: worth * w.scale})
		}
	}
	return values
}

func (w *itemWriter) writeTruth() {
	var correct []string
	var values []value
	if w.question.Truth != nil {
		correct = []string{fmt.Sprint(*w.question.Truth)}
		values = []value{{key: correct[0], worth: w.scale}}
	}
	w.declare("RESPONSE", "single", "identifier", correct, values)
	w.interaction = `<qti-choice-interaction response-identifier="RESPONSE" shuffle="false" max-choices="1">` +
		`<qti-simple-choice identifier="true">True</qti-simple-choice><qti-simple-choice identifier="false">False</qti-simple-choice></qti-choice-interaction>`
}

func (w *itemWriter) writeGaps() error {
	if len(w.question.Gaps) == 0 {
		return errors.New("it has no gaps")
	}
	for i, gap := range w.question.Gaps {
		identifier := "RESPONSE"
		if i > 0 {
			identifier = fmt.Sprintf("RESPONSE_%d", i+1)
		}
		if len(gap.Options) > 0 {
			w.gaps = append(w.gaps, w.inlineChoice(identifier, gap))
		} else {
			w.gaps = append(w.gaps, w.textEntry(identifier, gap))
		}
	}
	return nil
}

// gapValues lists what a gap accepts; key turns an accepted text into the key it is declared by.
func (w *itemWriter) gapValues(gap questionbank.Blank, key func(string) string) []value {
	share := w.scale / float64(len(w.question.Gaps))
	var values []value
	add := func(text string, weight float64) {
		// Entries of a mapping are unique.
		if !slices.ContainsFunc(values, func(v value) bool { return v.key == key(text) }) {
			values = append(values, value{key: key(text), worth: weight * share, caseSensitive: gap.CaseSensitive})
		}
	}
	for _, text := range gap.Accepted {
		add(text, 1)
	}
	for _, partial := range gap.Partial {
		add(partial.Text, partial.Weight)
	}
	return values
}

func (w *itemWriter) textEntry(identifier string, gap questionbank.Blank) string {
	values := w.gapValues(gap, func(text string) string { return text })
	longest := 0
	for _, v := range values {
		longest = max(longest, utf8.RuneCountInString(v.key))
	}
	w.declare(identifier, "single", "string", gap.Accepted[:min(len(gap.Accepted), 1)], values)
	if longest == 0 {
		return `<qti-text-entry-interaction response-identifier="` + identifier + `"/>`
	}
	return fmt.Sprintf(`<qti-text-entry-interaction response-identifier="%s" expected-length="%d"/>`, identifier, longest)
}

func (w *itemWriter) inlineChoice(identifier string, gap questionbank.Blank) string {
	texts := slices.Clone(gap.Options)
	for _, text := range gap.Accepted {
		texts = appendOnce(texts, text)
	}
	for _, partial := range gap.Partial {
		texts = appendOnce(texts, partial.Text)
	}
	key := func(text string) string { return fmt.Sprintf("option_%d", slices.Index(texts, text)+1) }
	var correct []string
	if len(gap.Accepted) > 0 {
		correct = []string{key(gap.Accepted[0])}
	}
	w.declare(identifier, "single", "identifier", correct, w.gapValues(gap, key))
	var out strings.Builder
	fmt.Fprintf(&out, `<qti-inline-choice-interaction response-identifier="%s" shuffle="%t">`, identifier, w.question.Shuffle)
	for _, text := range texts {
		fmt.Fprintf(&out, `<qti-inline-choice identifier="%s">%s</qti-inline-choice>`, key(text), xmlText(text))
	}
	out.WriteString("</qti-inline-choice-interaction>")
	return out.String()
}

func (w *itemWriter) writePairs() error {
	if len(w.question.Pairs) == 0 {
		return errors.New("it has no pairs to match")
	}
	var lefts, rights, correct []string
	var values []value
	for _, pair := range w.question.Pairs {
		lefts, rights = appendOnce(lefts, pair.Left), appendOnce(rights, pair.Right)
		key := fmt.Sprintf("left_%d right_%d", slices.Index(lefts, pair.Left)+1, slices.Index(rights, pair.Right)+1)
		correct = append(correct, key)
		values = append(values, value{key: key, worth: w.scale / float64(len(w.question.Pairs))})
	}
	for _, decoy := range w.question.Decoys {
		rights = appendOnce(rights, decoy)
	}
	w.declare("RESPONSE", "multiple", "directedPair", correct, values)
	w.interaction = fmt.Sprintf(`<qti-match-interaction response-identifier="RESPONSE" shuffle="%t" max-associations="%d">%s%s</qti-match-interaction>`,
		w.question.Shuffle, len(w.question.Pairs), w.matchSet("left", lefts), w.matchSet("right", rights))
	return nil
}

func (w *itemWriter) matchSet(side string, texts []string) string {
	var out strings.Builder
	out.WriteString("<qti-simple-match-set>")
	for i, text := range texts {
		fmt.Fprintf(&out, `<qti-simple-associable-choice identifier="%s_%d" match-max="0">%s</qti-simple-associable-choice>`, side, i+1, w.flow(text))
	}
	out.WriteString("</qti-simple-match-set>")
	return out.String()
}
