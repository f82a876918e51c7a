package qti

import (
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// readGaps reads text entries and inline choices. Accepted answers and offered texts are plain text.
func (it *item) readGaps(interactions []*node) refusal {
	it.question.Type = questionbank.FillBlanks
	it.question.Prompt = it.prompt()
	worth := make([]float64, 0, len(interactions))
	for _, interaction := range interactions {
		r := it.responseOf(interaction)
		var blank questionbank.Blank
		if interaction.name == "inlineChoiceInteraction" {
			blank = it.readInlineChoice(interaction, r)
		} else {
			blank = it.readTextEntry(interaction, r)
		}
		if len(blank.Accepted) == 0 {
			it.warn(interaction.line, "Gap %d declares no right answer. Add it after the import.", len(it.question.Gaps)+1)
		}
		it.question.Gaps = append(it.question.Gaps, blank)
		worth = append(worth, r.best())
	}
	it.weighGaps(interactions[0], worth)
	return it.checkGaps()
}

// weighGaps adds up what the gaps are worth when each of them says so.
func (it *item) weighGaps(at *node, worth []float64) {
	sum := 0.0
	for _, value := range worth {
		if value == 0 {
			return
		}
		if value != worth[0] {
			it.warn(at.line, "The gaps are worth different marks; here each counts the same.")
		}
		sum += value
	}
	it.question.Marks = sum
}

func (it *item) readTextEntry(interaction *node, r *response) questionbank.Blank {
	blank := it.accepted(interaction, r, func(key string) string { return key })
	if interaction.attr("patternMask") != "" {
		it.warn(interaction.line, "A gap only admits answers of a certain pattern; the pattern was left out.")
	}
	if r.otherwise > 0 {
		it.warn(r.line, "A gap gives marks for any answer; only the answers listed came in.")
	}
	blank.CaseSensitive = it.caseSensitive(interaction, r)
	return blank
}

// caseSensitive follows the mapping's entries, and QTI's own rule that strings match to the letter where there is none.
func (it *item) caseSensitive(interaction *node, r *response) bool {
	sensitive, insensitive := 0, 0
	for _, e := range r.entries {
		if e.caseSensitive {
			sensitive++
		} else {
			insensitive++
		}
	}
	if sensitive > 0 && insensitive > 0 {
		it.warn(r.line, "A gap minds capitals in some answers only; here it minds them in none.")
	}
	return insensitive == 0 && !it.matchedLoosely(interaction.attr("responseIdentifier"))
}

// matchedLoosely tells whether the item's own rules compare a response without regard to capitals.
func (it *item) matchedLoosely(identifier string) bool {
	processing := it.root.child("responseProcessing")
	if processing == nil {
		return false
	}
	for _, rule := range processing.all("stringMatch") {
		variable := rule.child("variable")
		if variable != nil && variable.attr("identifier") == identifier && strings.EqualFold(rule.attr("caseSensitive"), "false") {
			return true
		}
	}
	return false
}

func (it *item) readInlineChoice(interaction *node, r *response) questionbank.Blank {
	texts := map[string]string{}
	var options []string
	for _, option := range interaction.children("inlineChoice") {
		text := option.plain()
		if text == "" {
			it.warn(option.line, "An option of a gap's list has no text and was left out.")
			continue
		}
		if len(option.all("math", "img", "object", "printedVariable")) > 0 {
			it.warn(option.line, "An option of a gap's list lost its formatting: such lists hold plain text.")
		}
		texts[option.attr("identifier")] = text
		options = appendOnce(options, text)
	}
	blank := it.accepted(interaction, r, func(key string) string { return texts[key] })
	blank.Options = options
	it.question.Shuffle = it.question.Shuffle || interaction.isTrue("shuffle")
	return blank
}

// accepted sorts a response's answers by full and partial credit; text turns an answer's key into the text shown.
func (it *item) accepted(interaction *node, r *response, text func(key string) string) questionbank.Blank {
	var blank questionbank.Blank
	seen := map[string]bool{"": true}
	for _, key := range r.correct {
		if answer := text(key); !seen[answer] {
			seen[answer] = true
			blank.Accepted = append(blank.Accepted, answer)
		}
	}
	best := r.best()
	for _, e := range r.entries {
		answer := text(e.key)
		if seen[answer] || e.value <= 0 {
			continue
		}
		seen[answer] = true
		if e.value == best {
			blank.Accepted = append(blank.Accepted, answer)
		} else {
			blank.Partial = append(blank.Partial, questionbank.PartialAnswer{Text: answer, Weight: e.value / best})
		}
	}
	if len(blank.Accepted) == 0 && len(r.correct) > 0 {
		it.warn(interaction.line, "The right answer %q is none of the options.", strings.Join(r.correct, ", "))
	}
	return blank
}

// readGapMatch reads texts to be dragged into gaps as gaps that offer those texts in a list.
func (it *item) readGapMatch(interactions []*node) refusal {
	interaction := interactions[0]
	texts := map[string]string{}
	var options []string
	for _, source := range interaction.children("gapText", "gapImg") {
		text := source.plain()
		if text == "" || source.name == "gapImg" {
			return refused(source.line, "The item asks for pictures to be dragged into gaps, and there is no question type for that. Rewrite it with texts.")
		}
		texts[source.attr("identifier")] = text
		options = appendOnce(options, text)
	}
	r := it.responseOf(interaction)
	answers := map[string][]string{}
	for _, pair := range pairsOf(r) {
		if text := texts[pair[0]]; text != "" {
			answers[pair[1]] = appendOnce(answers[pair[1]], text)
		}
	}
	for _, gap := range interaction.all("gap") {
		if len(answers[gap.attr("identifier")]) == 0 {
			return refused(gap.line, "The item asks for texts to be dragged into gaps and does not say which text belongs into every gap. Rewrite it as a matching question.")
		}
		it.question.Gaps = append(it.question.Gaps, questionbank.Blank{Accepted: answers[gap.attr("identifier")], Options: options})
	}
	if len(it.question.Gaps) == 0 {
		return refused(interaction.line, "The item has no gaps. Complete it in the tool it comes from.")
	}
	it.question.Type = questionbank.FillBlanks
	it.question.Prompt = it.prompt()
	it.question.Shuffle = interaction.isTrue("shuffle")
	it.warn(interaction.line, "The texts to be dragged into the gaps became a list at each gap, without formatting.")
	it.warnOfMapping(r)
	return it.checkGaps()
}

// checkGaps refuses a text in which a gap got lost, such as one inside a part that is not always shown.
func (it *item) checkGaps() refusal {
	if strings.Count(it.question.Prompt, questionbank.Gap) != len(it.question.Gaps) {
		return refused(it.body.line, "A gap of the item stands in a part that is not always shown, so the text cannot come in whole. Move it.")
	}
	return nil
}

func appendOnce(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
