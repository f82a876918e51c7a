package qti

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

const (
	maxWarnings = 40
	maxParts    = 5000 // options, answers, gaps and pictures of one item
)

// item is one assessment item on its way to becoming a question.
type item struct {
	in           *importer
	path, folder string // in the package; empty for a single file
	root, body   *node
	name         string // in reports
	responses    map[string]*response
	question     questionbank.Question
	warnings     []questionbank.Problem
	inStimulus   bool // a shared text is being read, which may not draw in another
	variables    bool // a value that is only known while the item runs was left out
}

// refusal is the reason why an item cannot become a question, nil when it can.
type refusal = *located

func refused(line int, format string, args ...any) refusal {
	return &located{line: line, message: fmt.Sprintf(format, args...)}
}

func (in *importer) readItem(root *node, file string, e *entry) {
	it := &item{in: in, path: file, folder: path.Dir(file), root: root, body: root.child("itemBody")}
	it.question.Title = strings.Join(strings.Fields(root.attr("title")), " ")
	it.question.ExternalID = root.attr("identifier")
	it.question.Line = root.line
	it.name = it.question.Title
	if it.name == "" {
		it.name = it.question.ExternalID
	}
	if it.name == "" {
		it.name = fmt.Sprintf("Item at line %d", root.line)
	}
	it.responses = readResponses(root)
	if reason := it.read(); reason != nil {
		in.report(questionbank.Error, reason.line, it.name, it.located(reason.message))
		return
	}
	it.addMarks(e)
	if e != nil {
		it.addAbout(e)
	}
	in.doc.Questions = append(in.doc.Questions, it.question)
	in.doc.Problems = append(in.doc.Problems, it.warnings...)
}

func (it *item) located(message string) string {
	if it.path == "" {
		return message
	}
	return it.path + ": " + message
}

// warn reports a change once, however often it happens in the item, and sums up when there is no end of them.
func (it *item) warn(line int, format string, args ...any) {
	message := it.located(fmt.Sprintf(format, args...))
	switch {
	case len(it.warnings) > maxWarnings:
		return
	case len(it.warnings) == maxWarnings:
		message = it.located("There are more changes like these. Look the question over after the import.")
	}
	for _, known := range it.warnings {
		if known.Message == message {
			return
		}
	}
	it.warnings = append(it.warnings, questionbank.Problem{
		Line: line, Question: it.name, Severity: questionbank.Warning, Message: message,
	})
}

func (it *item) addAbout(e *entry) {
	it.question.Skills = e.about.skills
	it.question.Categories = e.about.categories
	it.question.Difficulty = e.about.difficulty
	if e.ref != nil {
		for _, category := range e.ref.categories {
			it.question.Categories = appendNew(it.question.Categories, category)
		}
	}
}

func (it *item) read() refusal {
	if it.body == nil {
		return refused(it.root.line, "The item has no body, so there is nothing to ask. Complete it in the tool it comes from.")
	}
	parts := it.root.all("value", "mapEntry", "simpleChoice", "inlineChoice", "simpleAssociableChoice", "gapText", "gap", "textEntryInteraction", "inlineChoiceInteraction", "feedbackInline", "feedbackBlock", "modalFeedback", "img", "object")
	if len(parts) > maxParts {
		return refused(it.body.line, "The item has more than %d options, answers, gaps and pictures. Split it.", maxParts)
	}
	if reason := it.checkVariables(); reason != nil {
		return reason
	}
	interactions := it.interactions()
	read, reason := it.readerFor(interactions)
	if reason != nil {
		return reason
	}
	if reason := read(interactions); reason != nil {
		return reason
	}
	if strings.TrimSpace(it.question.Prompt) == "" {
		if it.question.Title == "" {
			return refused(it.body.line, "The item has neither a question text nor a title. Give it one.")
		}
		it.question.Prompt = "<p>" + escape(it.question.Title) + "</p>"
		it.warn(it.body.line, "The item has no question text; its title stands in for it.")
	}
	it.warnOfOwnScoring()
	it.readFeedback()
	it.readRubrics()
	it.warnOfTheRest()
	return nil
}

// interactions lists what the candidate is asked to do, outermost elements only.
func (it *item) interactions() []*node {
	var found []*node
	it.body.walk(func(n *node) bool {
		if strings.HasSuffix(n.name, "Interaction") {
			found = append(found, n)
			return false
		}
		return true
	})
	kept := slices.DeleteFunc(slices.Clone(found), func(n *node) bool { return besides[n.name] != "" })
	if len(kept) == 0 {
		return found
	}
	for _, n := range found {
		if what := besides[n.name]; what != "" {
			it.warn(n.line, "%s was left out.", what)
		}
	}
	return kept
}

// besides are interactions that may go when others remain, for they ask for no answer.
var besides = map[string]string{
	"endAttemptInteraction": "A button that ends the attempt, such as a hint button,",
	"mediaInteraction":      "A recording to be played",
}

func (it *item) readerFor(interactions []*node) (func([]*node) refusal, refusal) {
	if len(interactions) == 0 {
		return nil, refused(it.body.line, "The item asks for no answer (it has no interaction), so it cannot become a question.")
	}
	names := map[string]int{}
	for _, n := range interactions {
		names[n.name]++
	}
	if names["textEntryInteraction"]+names["inlineChoiceInteraction"] == len(interactions) {
		return it.readGaps, nil
	}
	if len(interactions) > 1 {
		return nil, refused(interactions[0].line, "The item asks for several answers at once (%s), which no question type can hold. Split it into one item each.", strings.Join(labels(interactions), "; "))
	}
	switch only := interactions[0]; only.name {
	case "choiceInteraction":
		return it.readChoice, nil
	case "matchInteraction":
		return it.readMatch, nil
	case "associateInteraction":
		return it.readAssociate, nil
	case "extendedTextInteraction":
		return it.readEssay, nil
	case "gapMatchInteraction":
		return it.readGapMatch, nil
	default:
		return nil, refused(only.line, "The item asks for %s, and there is no question type for that. Rewrite it as a choice, matching, gap or essay question.", label(only))
	}
}

// checkVariables refuses items whose text or key is drawn anew for every candidate.
func (it *item) checkVariables() refusal {
	declared := it.root.children("templateDeclaration")
	if len(declared) == 0 {
		return nil
	}
	names := map[string]bool{}
	for _, declaration := range declared {
		names[declaration.attr("identifier")] = true
	}
	shown := it.body.all("templateInline", "templateBlock")
	for _, n := range it.body.all("printedVariable", "mi", "ci") {
		if names[n.attr("identifier")] || names[n.plain()] {
			shown = append(shown, n)
		}
	}
	if processing := it.root.child("templateProcessing"); processing != nil {
		shown = append(shown, processing.all("setCorrectResponse")...)
	}
	if len(shown) > 0 {
		return refused(shown[0].line, "The item's values are drawn anew for every candidate (template variables), so it has no fixed text and answer. Write the question with fixed values.")
	}
	it.warn(declared[0].line, "The item declares template variables; they were left out.")
	return nil
}

// warnOfTheRest names what of the item has no place in a question.
func (it *item) warnOfTheRest() {
	if it.root.isTrue("adaptive") {
		it.warn(it.root.line, "The item is adaptive, it may be tried in several steps; here it is answered once.")
	}
	if it.variables {
		it.warn(it.body.line, "A text shows a value that is only known while the item runs; the value was left out.")
	}
	for _, lost := range it.root.children("catalogInfo", "companionMaterialsInfo", "apipAccessibility") {
		it.warn(lost.line, "The item's accessibility catalogue or companion materials were left out.")
	}
}
