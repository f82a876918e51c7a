package qti

import (
	"slices"
	"strings"
)

// response is a response declaration: what counts as right, and what each answer is worth.
type response struct {
	cardinality string
	correct     []string
	entries     []mapEntry // nil when there is no mapping, or the item's scoring ignores it
	otherwise   float64    // what an answer without an entry is worth
	upper       float64
	line        int
	inferred    bool // correct was read from the scoring rules
}

type mapEntry struct {
	key           string
	value         float64
	caseSensitive bool
}

func readResponses(root *node) map[string]*response {
	responses := map[string]*response{}
	for _, declaration := range root.children("responseDeclaration") {
		r := &response{cardinality: declaration.attr("cardinality"), line: declaration.line}
		if correct := declaration.child("correctResponse"); correct != nil {
			for _, value := range correct.children("value") {
				r.correct = append(r.correct, strings.TrimSpace(value.content()))
			}
		}
		if mapping := declaration.child("mapping"); mapping != nil && !ignoresMapping(root, declaration.attr("identifier"), r) {
			r.readMapping(mapping)
		}
		responses[declaration.attr("identifier")] = r
	}
	inferCorrect(root, responses)
	return responses
}

func (r *response) readMapping(mapping *node) {
	r.otherwise, _ = mapping.number("defaultValue")
	r.upper, _ = mapping.number("upperBound")
	for _, n := range mapping.children("mapEntry") {
		value, _ := n.number("mappedValue")
		minds := n
		if n.attr("caseSensitive") == "" {
			minds = mapping // where some tools say it for all entries
		}
		r.entries = append(r.entries, mapEntry{
			key: n.attr("mapKey"), value: value, caseSensitive: minds.attr("caseSensitive") == "" || minds.isTrue("caseSensitive"),
		})
	}
}

// ignoresMapping tells whether the item scores by the correct response alone, so that its mapping means nothing.
func ignoresMapping(root *node, identifier string, r *response) bool {
	processing := root.child("responseProcessing")
	if processing == nil || len(r.correct) == 0 {
		return false
	}
	if template := processing.attr("template"); template != "" {
		return strings.Contains(template, "match_correct")
	}
	mapped := false
	processing.walk(func(n *node) bool {
		// Some tools map with rules of their own, such as one that forgives typing errors.
		mapped = mapped || strings.HasPrefix(n.name, "map") && n.attr("identifier") == identifier
		return !mapped
	})
	return !mapped && len(processing.kids) > 0
}

// best is the highest value a mapping gives, 0 when none is positive.
func (r *response) best() float64 {
	best := 0.0
	for _, e := range r.entries {
		best = max(best, e.value)
	}
	return best
}

// worth returns the value of an answer and whether the mapping has an entry for it.
func (r *response) worth(key string) (value float64, listed bool) {
	for _, e := range r.entries {
		if e.key == key {
			return e.value, true
		}
	}
	return r.otherwise, false
}

// keys returns the right answers: those declared, or those the mapping rewards. With only set, just the best.
func (r *response) keys(only bool) []string {
	if len(r.correct) > 0 {
		return r.correct
	}
	var keys []string
	for _, e := range r.entries {
		if e.value > 0 && (!only || e.value == r.best()) {
			keys = append(keys, e.key)
		}
	}
	return keys
}

// warnOfOwnScoring tells when the item's own rules decide more than the declared answers do.
func (it *item) warnOfOwnScoring() {
	processing := it.root.child("responseProcessing")
	if processing == nil {
		return
	}
	for _, declaration := range it.root.children("responseDeclaration") {
		if r := it.responses[declaration.attr("identifier")]; r.inferred {
			it.warn(declaration.line, "The item declares no right answer; the one its scoring rules reward came in. Check it.")
			return
		}
	}
	own := []string{"patternMatch", "substring", "stringMatch", "equalRounded", "customOperator", "lookupOutcomeValue", "inside", "mapResponsePoint", "mapTolResponse", "subtract"}
	comparisons := []string{"gt", "gte", "lt", "lte", "equal", "match"}
	processing.walk(func(n *node) bool {
		tolerant := n.name == "equal" && n.attr("toleranceMode") != "" && n.attr("toleranceMode") != "exact"
		graded := slices.Contains(comparisons, n.name) && len(n.children("mapResponse")) > 0
		if tolerant || graded || slices.Contains(own, n.name) || it.matchesLiteral(n) {
			it.warn(n.line, "The item is scored by rules of its own; the right answers it declares came in, the rules did not. Check the answers.")
			return false
		}
		return true
	})
}

// matchesLiteral tells whether a rule compares a response with a value written into the rule.
func (it *item) matchesLiteral(n *node) bool {
	if n.name != "match" {
		return false
	}
	variable, literal := n.child("variable"), n.child("baseValue")
	return variable != nil && literal != nil && it.responses[variable.attr("identifier")] != nil
}

// addMarks takes the highest score the item declares, times the weight a test gives it.
func (it *item) addMarks(e *entry) {
	marks := it.declaredMaximum()
	if marks == 0 {
		marks = it.question.Marks
	}
	if e != nil && e.ref != nil && e.ref.weight > 0 {
		if marks == 0 {
			marks = 1
		}
		marks *= e.ref.weight
	}
	it.question.Marks = marks
}

func (it *item) declaredMaximum() float64 {
	best := 0.0
	for _, outcome := range it.root.children("outcomeDeclaration") {
		if initial := outcome.child("defaultValue"); initial != nil && strings.EqualFold(outcome.attr("identifier"), "MAXSCORE") {
			if value, ok := parseNumber(initial.plain()); ok && value > 0 {
				return value
			}
		}
		if value, ok := outcome.number("normalMaximum"); ok && value > 0 && strings.EqualFold(outcome.attr("identifier"), "SCORE") {
			best = value
		}
	}
	if best == 0 && len(it.responses) == 1 {
		for _, r := range it.responses {
			best = max(r.upper, 0)
		}
	}
	return best
}
