package qti

import (
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

func (it *item) readChoice(interactions []*node) refusal {
	interaction := interactions[0]
	r := it.responseOf(interaction)
	single := r.cardinality == "single" || interaction.attr("maxChoices") == "1" ||
		r.cardinality == "" && interaction.attr("maxChoices") == ""
	it.question.Type = questionbank.MultipleAnswer
	if single {
		it.question.Type = questionbank.MultipleChoice
	}
	it.question.Prompt = it.prompt()
	it.question.Shuffle = interaction.isTrue("shuffle")
	options := interaction.children("simpleChoice")
	if len(options) == 0 {
		return refused(interaction.line, "The item offers nothing to choose from. Add its options.")
	}
	keys := r.keys(single)
	for _, option := range options {
		choice, reason := it.readOption(option)
		if reason != nil {
			return reason
		}
		choice.Correct = slices.Contains(keys, option.attr("identifier"))
		it.question.Choices = append(it.question.Choices, choice)
	}
	it.weighChoices(options, r, keys, single)
	it.warnOfChoice(interaction, options, keys, single)
	if single {
		it.recognizeTrueFalse(options)
	}
	return nil
}

// responseOf returns the declaration an interaction is bound to, or an empty one, with a warning, when there is none.
func (it *item) responseOf(interaction *node) *response {
	if r := it.responses[interaction.attr("responseIdentifier")]; r != nil {
		return r
	}
	if len(it.responses) == 1 {
		for name, r := range it.responses {
			it.warn(interaction.line, "The item declares no response %q; its only one, %q, was taken.", interaction.attr("responseIdentifier"), name)
			return r
		}
	}
	it.warn(interaction.line, "The item declares no response %q, so its right answer is unknown. Set it after the import.", interaction.attr("responseIdentifier"))
	return &response{}
}

func (it *item) readOption(option *node) (questionbank.Choice, refusal) {
	text := it.fragmentOrPicture(option)
	if plainIsEmpty(text) {
		return questionbank.Choice{}, refused(option.line, "The option %q has no text, or its picture is missing. Complete the option, or import the package that holds the picture.", option.attr("identifier"))
	}
	return questionbank.Choice{Text: text, Feedback: it.inlineFeedback(option)}, nil
}

// weighChoices turns mapped values into shares of the mark; without a mapping the right options share it evenly.
func (it *item) weighChoices(options []*node, r *response, keys []string, single bool) {
	whole := r.best()
	if !single {
		whole = 0
		for _, option := range options {
			value, _ := r.worth(option.attr("identifier"))
			whole += max(value, 0)
		}
	}
	for i, option := range options {
		choice := &it.question.Choices[i]
		value, _ := r.worth(option.attr("identifier"))
		switch {
		case len(r.entries) > 0 && whole > 0:
			choice.Weight = min(max(value/whole, -1), 1)
		case choice.Correct && single:
			choice.Weight = 1
		case choice.Correct:
			choice.Weight = 1 / float64(len(keys))
		}
	}
}

func (it *item) warnOfChoice(interaction *node, options []*node, keys []string, single bool) {
	known := map[string]bool{}
	for _, option := range options {
		known[option.attr("identifier")] = true
		if option.isTrue("fixed") && it.question.Shuffle {
			it.warn(option.line, "An option is fixed in its place; shuffling will move it too.")
		}
	}
	right := 0
	for _, key := range keys {
		if known[key] {
			right++
		} else {
			it.warn(interaction.line, "The right answer %q is none of the options.", key)
		}
	}
	if right == 0 {
		it.warn(interaction.line, "The item declares no right answer. Mark it after the import.")
	}
	if single && right > 1 {
		it.warn(interaction.line, "Only one option may be chosen though several are right.")
	}
	if limit, ok := interaction.number("maxChoices"); ok && !single && limit > 1 && int(limit) < len(options) {
		it.warn(interaction.line, "The item limits how many options may be chosen (%d); the limit was left out.", int(limit))
	}
}

// recognizeTrueFalse makes a question whose two options are named and called true and false what it is. QTI has no such
// type, and other spellings stay a choice.
func (it *item) recognizeTrueFalse(options []*node) {
	if len(options) != 2 {
		return
	}
	var truth *bool
	for i, option := range options {
		choice := it.question.Choices[i]
		name := strings.ToLower(option.attr("identifier"))
		if wanted := []string{"true", "false"}[i]; name != wanted || !strings.EqualFold(choice.Text, wanted) {
			return
		}
		if choice.Feedback != "" || it.question.Shuffle {
			return
		}
		if choice.Correct {
			value := name == "true"
			truth = &value
		}
	}
	it.question.Type, it.question.Choices, it.question.Truth = questionbank.TrueFalse, nil, truth
}
