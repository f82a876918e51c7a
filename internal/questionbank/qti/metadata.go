package qti

import (
	"slices"
	"strings"
)

// metadata is what LOM says of a resource.
type metadata struct {
	skills     []string
	categories []string
	difficulty string
}

// readMetadata understands the element names of the LOM bindings in use, which differ in case and in how they wrap texts.
func readMetadata(element *node) metadata {
	var about metadata
	if element == nil {
		return about
	}
	element.walk(func(n *node) bool {
		switch strings.ToLower(n.name) {
		case "keyword":
			for _, text := range langStrings(n) {
				about.skills = appendNew(about.skills, text.plain())
			}
		case "difficulty":
			about.difficulty = difficultyOf(n.plain())
		case "taxonpath":
			about.categories = appendNew(about.categories, taxonPath(n))
		default:
			return true
		}
		return false
	})
	return about
}

// langStrings returns the texts of one LOM value, one for each language; the value itself where it holds its text directly.
func langStrings(n *node) []*node {
	if texts := n.all("langstring", "langString", "string"); len(texts) > 0 {
		return texts
	}
	return []*node{n}
}

// taxonPath joins the entries of a path's taxa, from the root down.
func taxonPath(n *node) string {
	var levels []string
	n.walk(func(taxon *node) bool {
		if strings.EqualFold(taxon.name, "entry") {
			if text := langStrings(taxon)[0].plain(); text != "" {
				levels = append(levels, strings.ReplaceAll(text, "/", "-"))
			}
			return false
		}
		return !strings.EqualFold(taxon.name, "source")
	})
	return strings.Join(levels, "/")
}

// difficultyOf finds LOM's words in a difficulty element, whose text begins with the vocabulary's name.
func difficultyOf(text string) string {
	text = strings.ToLower(text)
	switch {
	case strings.HasSuffix(text, "easy"):
		return "easy"
	case strings.HasSuffix(text, "medium"):
		return "medium"
	case strings.HasSuffix(text, "difficult"), strings.HasSuffix(text, "hard"):
		return "hard"
	}
	return ""
}

// appendNew adds a text unless it is empty or listed already in another case.
func appendNew(list []string, text string) []string {
	if text == "" || slices.ContainsFunc(list, func(known string) bool { return strings.EqualFold(known, text) }) {
		return list
	}
	return append(list, text)
}
