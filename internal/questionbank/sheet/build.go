package sheet

import (
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// builder makes questions of the rows of one table.
type builder struct {
	doc  *questionbank.Document
	cols *columns
	rule keyRule
}

func readTable(doc *questionbank.Document, t table, at int, cols *columns) {
	b := builder{doc: doc, cols: cols}
	rows := t.rows[at+1:]
	if len(cols.titles) == maxColumns {
		doc.Note(t.rows[at].line, "Only the first %d columns are read.", maxColumns)
	}
	b.noteUnused(t.rows[at].line, rows)
	var evidence []keyed
	for _, r := range rows {
		if options := b.options(r); len(options) > 0 && b.value(r, roleKey) != "" {
			evidence = append(evidence, keyed{b.value(r, roleKey), options})
		}
	}
	b.rule = decideKeys(evidence)
	b.rule.zeroBased = b.rule.zeroBased || cols.fromZero
	for _, r := range rows {
		if !r.empty() {
			b.row(r)
		}
	}
}

func (b *builder) noteUnused(line int, rows []row) {
	for _, i := range b.cols.unused {
		for _, r := range rows {
			if r.cell(i) != "" {
				b.doc.Note(line, "The column “%s” is not known and was left out.", questionbank.Snippet(b.cols.titles[i]))
				break
			}
		}
	}
}

func (b *builder) value(r row, what role) string {
	return r.cell(b.cols.at(what))
}

func (b *builder) title(what role) string {
	if i := b.cols.at(what); i >= 0 {
		return b.cols.titles[i]
	}
	return string(what)
}

// options are the answers a row offers. Empty cells are no options, yet they count when the key is a number.
func (b *builder) options(r row) []option {
	var list []option
	for place, i := range b.cols.choices {
		if text := r.cell(i); text != "" {
			list = append(list, option{plainCell(text), place, b.cols.names[i]})
		}
	}
	if len(list) > 0 {
		return list
	}
	for place, text := range optionTexts(b.value(r, roleOptions)) {
		list = append(list, option{text: plainCell(text), place: place})
	}
	return list
}

func optionTexts(cell string) []string {
	if list, ok := notedList(cell); ok {
		return list
	}
	list := splitList(cell, ";|\n")
	if len(list) == 1 {
		return splitList(cell, ",")
	}
	return list
}

func plainCell(text string) string {
	var markup questionbank.Markup
	return questionbank.AnswerText(cellHTML(&markup, text))
}

func (b *builder) row(r row) {
	q := questionbank.Question{Line: r.line}
	markup := questionbank.Markup{}
	q.Title = b.value(r, roleTitle)
	q.Prompt = cellHTML(&markup, b.value(r, rolePrompt))
	if q.Prompt == "" {
		b.doc.Reject(r.line, q.Title, "Row %d has nothing in the column “%s”, so it was left out.", r.line, b.title(rolePrompt))
		return
	}
	if extra := b.beyondColumns(r); extra != "" {
		b.doc.Reject(r.line, q.Label(), "Row %d has more cells than there are columns (%q); quote cells that hold the delimiter. "+
			"The row was left out.", r.line, questionbank.Snippet(extra))
		return
	}
	kind, ok := b.kind(r, &q)
	if !ok {
		return
	}
	b.common(r, &q, &markup)
	if reason := b.answers(r, &q, &markup, kind); reason != "" {
		b.doc.Reject(r.line, q.Label(), "Row %d: %s The row was left out.", r.line, reason)
		return
	}
	for _, loss := range markup.Losses {
		b.doc.Warn(&q, "A cell refers to something a table cannot carry; it was left out (%s).", loss)
	}
	q.Images = markup.Images
	b.doc.Accept(q)
}

func (b *builder) beyondColumns(r row) string {
	for i := len(b.cols.titles); i < len(r.cells); i++ {
		if r.cells[i] != "" {
			return r.cells[i]
		}
	}
	return ""
}

func (b *builder) common(r row, q *questionbank.Question, markup *questionbank.Markup) {
	q.Hint = cellHTML(markup, b.value(r, roleHint))
	q.Feedback = cellHTML(markup, b.value(r, roleFeedback))
	q.Guidance = cellHTML(markup, b.value(r, roleGuidance))
	q.ExternalID = b.value(r, roleID)
	for _, tag := range splitList(b.value(r, roleSkills), ";|,\n") {
		q.AddTag(tag)
	}
	for _, path := range splitList(b.value(r, roleCategory), ";|") {
		if path = questionbank.CategoryPath(path); path != "" {
			q.Categories = append(q.Categories, path)
		}
	}
	q.Shuffle = isYes(b.value(r, roleShuffle))
	if text := b.value(r, roleMarks); text != "" {
		marks, ok := questionbank.ParseNumber(text)
		if !ok || marks < 0 {
			b.doc.Warn(q, "Row %d, column “%s”: %q is not a number; the default applies.", r.line, b.title(roleMarks), questionbank.Snippet(text))
		} else {
			q.Marks = marks
		}
	}
	if text := b.value(r, roleLevel); text != "" {
		q.Difficulty = level(text)
		if q.Difficulty == "" {
			b.doc.Warn(q, "Row %d, column “%s”: %q is neither easy, medium nor hard; it was left out.", r.line, b.title(roleLevel), questionbank.Snippet(text))
		}
	}
	if picture := b.value(r, rolePicture); picture != "" {
		b.doc.Warn(q, "Row %d, column “%s”: a table cannot carry the picture %q; add it to the question.", r.line, b.title(rolePicture), questionbank.Snippet(picture))
	}
}

func level(text string) string {
	switch strings.ToLower(text) {
	case "easy", "low", "beginner", "simple", "leicht", "einfach", "fácil", "facile", "легкий", "лёгкий", "简单", "容易":
		return "easy"
	case "medium", "middle", "moderate", "intermediate", "normal", "average", "mittel", "medio", "media", "médio", "moyen", "средний", "中等":
		return "medium"
	case "hard", "high", "difficult", "advanced", "expert", "schwer", "schwierig", "difícil", "difficile", "сложный", "трудный", "困难":
		return "hard"
	}
	return ""
}

func isYes(text string) bool {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "x":
		return true
	}
	return false
}
