package qti

import (
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// renderer turns the markup of an item into clean HTML: it walks the parsed tree and writes only elements and attributes
// it knows, so nothing of the file reaches the result unchecked.
type renderer struct {
	it     *item
	folder string // that pictures are relative to
	gaps   bool   // gaps stand in the text, so other rows of underscores must not look like one
	pre    bool
}

func (r *renderer) children(n *node) string {
	var out strings.Builder
	for _, kid := range n.kids {
		out.WriteString(r.node(kid))
	}
	return out.String()
}

func (r *renderer) node(n *node) string {
	switch n.name {
	case "":
		return r.text(n)
	case "br", "hr":
		return "<" + n.name + ">"
	case "img", "image":
		return r.it.picture(n, r.folder, n.attr("src")+n.attr("data"), n.attr("alt"))
	case "object":
		return r.object(n)
	case "textEntryInteraction", "inlineChoiceInteraction", "gap":
		return questionbank.Gap
	case "choiceInteraction", "extendedTextInteraction", "matchInteraction", "associateInteraction":
		return r.prompt(n)
	case "gapMatchInteraction":
		return r.prompt(n) + r.children(n)
	case "printedVariable":
		r.it.variables = true
		return ""
	case "pre":
		return r.preformatted(n)
	}
	return r.element(n)
}

func (r *renderer) text(n *node) string {
	text := n.text
	if !r.pre {
		text = collapse(text)
	}
	text = escape(text)
	if !r.gaps || !strings.Contains(text, questionbank.Gap) {
		return text
	}
	r.it.warn(n.line, "The text holds a row of underscores that is no gap; it is kept apart from the gaps.")
	return underscores.ReplaceAllStringFunc(text, breakUp)
}

// prompt renders an interaction's own question text as a block of its own.
func (r *renderer) prompt(interaction *node) string {
	prompt := interaction.child("prompt")
	if prompt == nil {
		return ""
	}
	inner := strings.TrimSpace(r.children(prompt))
	switch {
	case inner == "":
		return ""
	case hasBlock(prompt):
		return wrap("div", r.attributes(prompt), inner)
	}
	return wrap("p", r.attributes(prompt), inner)
}

func (r *renderer) preformatted(n *node) string {
	outer := r.pre
	r.pre = true
	inner := r.children(n)
	r.pre = outer
	if strings.TrimSpace(inner) == "" {
		return ""
	}
	return wrap("pre", r.attributes(n), inner)
}

func (r *renderer) element(n *node) string {
	if left, found := leftOut[n.name]; found {
		if left != "" {
			r.it.warn(n.line, "The text's %s was left out: questions hold text, formulas and pictures.", left)
		}
		return ""
	}
	if id := n.attr("dataStimulusIdref"); id != "" {
		return r.it.stimulus(id)
	}
	if holdsHTMLText(n) {
		return r.children(parsedHTML(n))
	}
	if name := n.attr("ariaLabel"); n.attr("role") == "img" && name != "" && len(n.kids) == 0 {
		return `<img alt="` + escape(underscores.ReplaceAllString(name, "…")) + `">`
	}
	name, known := elements[n.name]
	if !known {
		if !transparent[n.name] {
			r.it.warn(n.line, "The unknown element <%s> was left out; the text in it was kept.", n.name)
		}
		return r.children(n)
	}
	attrs, inner := r.attributes(n), r.children(n)
	switch {
	case mayVanish[name] && strings.TrimSpace(inner) == "":
		return spaceOf(inner)
	case attrs == "" && (name == "span" || name == "a" || name == "div" && onlyBlocks(n)):
		return inner
	}
	return wrap(name, attrs, inner)
}

// spaceOf keeps the space an emptied element stood for.
func spaceOf(inner string) string {
	if inner == "" {
		return ""
	}
	return " "
}

func wrap(name, attrs, inner string) string {
	return "<" + name + attrs + ">" + inner + "</" + name + ">"
}

// hasBlock tells whether a block element stands anywhere below the node.
func hasBlock(n *node) bool {
	found := false
	n.walk(func(kid *node) bool {
		found = found || blocks[kid.name]
		return !found
	})
	return found
}

// onlyBlocks tells whether nothing but block elements and white space stands directly below the node.
func onlyBlocks(n *node) bool {
	for _, kid := range n.kids {
		if kid.name == "" && strings.TrimSpace(kid.text) != "" || kid.name != "" && !blocks[kid.name] {
			return false
		}
	}
	return true
}

// prompt returns the item's whole text: the body, with each interaction's own prompt in its place.
func (it *item) prompt() string {
	r := &renderer{it: it, folder: it.folder, gaps: it.question.Type == questionbank.FillBlanks}
	text := tidy(it.stimuli(r.children(it.body)))
	if attrs := r.attributes(it.body) + inheritedDirection(it.body, r.attributes(it.body)); attrs != "" && text != "" {
		return wrap("div", attrs, text)
	}
	return text
}

// fragment returns the content of an option or another part that is shown by itself, with the direction and language
// that hold where it stands.
func (it *item) fragment(n *node) string {
	r := &renderer{it: it, folder: it.folder}
	text := tidy(r.children(n))
	if sole := soleParagraph(n); sole != nil && r.attributes(sole) == "" {
		text = tidy(r.children(sole))
	}
	attrs := inheritedDirection(n, "") + inheritedLanguage(n)
	switch {
	case attrs == "" || text == "":
		return text
	case hasBlock(n):
		return wrap("div", attrs, text)
	}
	return wrap("span", attrs, text)
}

// fragmentOrPicture is fragment, or the name of its picture when that is all it shows and the file does not carry it.
func (it *item) fragmentOrPicture(n *node) string {
	text := it.fragment(n)
	if !plainIsEmpty(text) {
		return text
	}
	for _, picture := range n.all("img", "image", "object") {
		if source := picture.attr("src") + picture.attr("data"); source != "" && !strings.HasPrefix(source, "data:") {
			return escape("[image: " + questionbank.Snippet(source) + "]")
		}
	}
	return text
}

// soleParagraph returns the one paragraph a part consists of, when all in it is inline.
func soleParagraph(n *node) *node {
	var sole *node
	for _, kid := range n.kids {
		switch {
		case kid.name == "" && strings.TrimSpace(kid.text) == "":
		case (kid.name == "p" || kid.name == "div") && sole == nil && !hasBlock(kid):
			sole = kid
		default:
			return nil
		}
	}
	return sole
}
