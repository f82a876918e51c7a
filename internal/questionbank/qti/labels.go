package qti

import "fmt"

// label says in plain words what an interaction asks of the candidate.
func label(n *node) string {
	switch n.name {
	case "orderInteraction":
		return "putting things in order"
	case "hotspotInteraction", "selectPointInteraction":
		return "marking places on a picture"
	case "graphicOrderInteraction", "graphicAssociateInteraction", "graphicGapMatchInteraction", "positionObjectInteraction":
		return "arranging things on a picture"
	case "hottextInteraction":
		return "marking words in a text"
	case "sliderInteraction":
		return "setting a slider"
	case "uploadInteraction":
		return "uploading a file"
	case "drawingInteraction":
		return "drawing"
	case "mediaInteraction":
		return "playing a recording"
	case "endAttemptInteraction":
		return "pressing a button"
	case "customInteraction", "portableCustomInteraction":
		return "an interaction of its tool's own making"
	case "choiceInteraction":
		return "a choice"
	case "extendedTextInteraction":
		return "a text"
	case "textEntryInteraction":
		return "filling a gap"
	case "inlineChoiceInteraction":
		return "choosing from a list"
	case "matchInteraction", "associateInteraction":
		return "matching"
	case "gapMatchInteraction":
		return "filling gaps from a list"
	}
	return "something unknown (" + n.name + ")"
}

// labels names each kind of interaction once, with how often it occurs.
func labels(interactions []*node) []string {
	counts := map[string]int{}
	var found []string
	for _, n := range interactions {
		if counts[label(n)]++; counts[label(n)] == 1 {
			found = append(found, label(n))
		}
	}
	for i, text := range found {
		if counts[text] > 1 {
			found[i] = fmt.Sprintf("%s, %d times", text, counts[text])
		}
	}
	return found
}
