package qti

import (
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// pairsOf returns the right pairs as two identifiers each, from the correct response or else the rewarded map entries.
func pairsOf(r *response) [][2]string {
	var pairs [][2]string
	for _, key := range r.keys(false) {
		if sides := strings.Fields(key); len(sides) == 2 {
			pairs = append(pairs, [2]string{sides[0], sides[1]})
		}
	}
	return pairs
}

// side is one thing to be matched.
type side struct {
	text string
	line int
	used int
}

func (it *item) readSides(choices []*node) (map[string]*side, refusal) {
	sides := map[string]*side{}
	for _, choice := range choices {
		text := it.fragmentOrPicture(choice)
		if plainIsEmpty(text) {
			return nil, refused(choice.line, "The entry %q to be matched has no text, or its picture is missing. Complete it, or import the package that holds the picture.", choice.attr("identifier"))
		}
		sides[choice.attr("identifier")] = &side{text: text, line: choice.line}
	}
	return sides, nil
}

func (it *item) readMatch(interactions []*node) refusal {
	interaction := interactions[0]
	sets := interaction.children("simpleMatchSet")
	if len(sets) != 2 {
		return refused(interaction.line, "The matching item does not have two lists. Complete it in the tool it comes from.")
	}
	leftChoices, rightChoices := sets[0].children("simpleAssociableChoice"), sets[1].children("simpleAssociableChoice")
	left, reason := it.readSides(leftChoices)
	if reason != nil {
		return reason
	}
	right, reason := it.readSides(rightChoices)
	if reason != nil {
		return reason
	}
	r := it.responseOf(interaction)
	for _, pair := range pairsOf(r) {
		from, to := left[pair[0]], right[pair[1]]
		if from == nil && to == nil {
			from, to = left[pair[1]], right[pair[0]]
		}
		it.addPair(interaction, pair, from, to)
	}
	it.question.Type = questionbank.Match
	it.question.Prompt = it.prompt()
	it.question.Shuffle = interaction.isTrue("shuffle")
	it.addDecoys(rightChoices, right)
	it.warnOfLefts(leftChoices, left)
	it.warnOfMapping(r)
	if len(it.question.Pairs) == 0 {
		return refused(interaction.line, "The matching item does not say which entries belong together. Add the right pairs.")
	}
	return nil
}

func (it *item) addPair(interaction *node, pair [2]string, from, to *side) {
	if from == nil || to == nil {
		it.warn(interaction.line, "The right pair %q names an entry that is not there; it was left out.", pair[0]+" "+pair[1])
		return
	}
	from.used++
	to.used++
	it.question.Pairs = append(it.question.Pairs, questionbank.Pair{Left: from.text, Right: to.text})
}

func (it *item) addDecoys(choices []*node, sides map[string]*side) {
	for _, choice := range choices {
		if s := sides[choice.attr("identifier")]; s.used == 0 {
			it.question.Decoys = append(it.question.Decoys, s.text)
		}
	}
}

func (it *item) warnOfLefts(choices []*node, sides map[string]*side) {
	for _, choice := range choices {
		switch s := sides[choice.attr("identifier")]; {
		case s.used == 0:
			it.warn(s.line, "The entry %q belongs to nothing and was left out.", choice.plain())
		case s.used > 1:
			it.warn(s.line, "The entry %q belongs to several others; each pair came in by itself.", choice.plain())
		}
	}
}

// warnOfMapping tells when right answers are worth different marks, or wrong ones cost some.
func (it *item) warnOfMapping(r *response) {
	costly := len(r.entries) > 0 && r.otherwise < 0
	for _, e := range r.entries {
		if costly = costly || e.value < 0; e.value > 0 && e.value != r.best() {
			it.warn(r.line, "The right answers are worth different marks; here each counts the same.")
		}
	}
	if costly {
		it.warn(r.line, "Wrong answers cost marks in the item; here the section decides on that.")
	}
}

// readAssociate reads pairs to be found within one list as a matching question.
func (it *item) readAssociate(interactions []*node) refusal {
	interaction := interactions[0]
	choices := interaction.children("simpleAssociableChoice")
	sides, reason := it.readSides(choices)
	if reason != nil {
		return reason
	}
	for _, pair := range pairsOf(it.responseOf(interaction)) {
		it.addPair(interaction, pair, sides[pair[0]], sides[pair[1]])
	}
	if len(it.question.Pairs) == 0 {
		return refused(interaction.line, "The item asks for pairs within one list and does not say which belong together. Add the right pairs.")
	}
	it.question.Type = questionbank.Match
	it.question.Prompt = it.prompt()
	it.question.Shuffle = interaction.isTrue("shuffle")
	it.addDecoys(choices, sides)
	it.warn(interaction.line, "The item asks for pairs within one list; it became a matching question with a left and a right list.")
	return nil
}

func (it *item) readEssay(interactions []*node) refusal {
	interaction := interactions[0]
	it.question.Type = questionbank.Essay
	it.question.Prompt = it.prompt()
	r := it.responses[interaction.attr("responseIdentifier")]
	if r == nil {
		return nil
	}
	if r.cardinality == "multiple" || r.cardinality == "ordered" {
		it.warn(interaction.line, "The item asks for several texts; here there is one.")
	}
	for _, answer := range r.keys(true) {
		it.question.Guidance += "<p>" + escape(answer) + "</p>"
	}
	if len(r.entries) > 0 {
		it.warn(r.line, "The item marks its text by itself; here it is marked by hand, and the expected answers became notes for whoever marks it.")
	}
	return nil
}
