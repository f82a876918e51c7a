package qti

import (
	"slices"
	"strings"
)

// inferCorrect finds the right answers of responses that declare none in rules of the plainest kind: if the response
// is this, set the score to that. Rules with more to them are not interpreted.
func inferCorrect(root *node, responses map[string]*response) {
	processing := root.child("responseProcessing")
	if processing == nil {
		return
	}
	best := map[string]float64{}
	for _, branch := range processing.all("responseIf", "responseElseIf") {
		identifier, answer := plainCondition(branch)
		score := scoreSet(branch)
		r := responses[identifier]
		if r == nil || score <= 0 || score < best[identifier] || len(r.entries) > 0 || len(r.correct) > 0 && !r.inferred {
			continue
		}
		if score > best[identifier] || r.cardinality != "single" {
			r.correct = nil
		}
		best[identifier] = score
		r.correct = append(r.correct, answer...)
		r.inferred = true
	}
}

// plainCondition returns the response and the value a branch compares it with, when that is all its condition does.
func plainCondition(branch *node) (identifier string, answer []string) {
	condition := firstElement(branch)
	if condition == nil || !slices.Contains([]string{"match", "stringMatch", "equal"}, condition.name) {
		return "", nil
	}
	variable, literal := condition.child("variable"), condition.child("baseValue")
	if several := condition.children("multiple", "ordered"); len(several) == 1 {
		for _, value := range several[0].children("baseValue") {
			answer = append(answer, strings.TrimSpace(value.content()))
		}
	} else if literal != nil {
		answer = []string{strings.TrimSpace(literal.content())}
	}
	if variable == nil {
		return "", nil
	}
	return variable.attr("identifier"), answer
}

func firstElement(n *node) *node {
	for _, kid := range n.kids {
		if kid.name != "" {
			return kid
		}
	}
	return nil
}

// scoreSet returns the fixed score a branch sets, 0 when it sets none.
func scoreSet(branch *node) float64 {
	for _, set := range branch.children("setOutcomeValue") {
		if value := set.child("baseValue"); value != nil && strings.EqualFold(set.attr("identifier"), "SCORE") {
			score, _ := parseNumber(value.content())
			return score
		}
	}
	return 0
}
