package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/spreadsheet"
)

// Write writes the questions as CSV in our own columns. The problems say what of them a table cannot hold; one of severity
// error means that the question is not in the output. Cells that a spreadsheet program would run as a formula are written so
// that they stay text. The error is that of w.
func Write(w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) {
	return write(w, questions, widest(questions), spreadsheet.Disarm)
}

// widths is how many columns options and pairs take.
type widths struct{ choices, pairs int }

func widest(questions []questionbank.Question) widths {
	size := widths{choices: 4, pairs: 2}
	for _, q := range questions {
		size.choices = max(size.choices, len(q.Choices))
		size.pairs = max(size.pairs, len(q.Pairs)+len(q.Decoys))
	}
	return size
}

func header(size widths) []string {
	titles := []string{"type", "title", "question"}
	for i := range size.choices {
		titles = append(titles, "choice "+strconv.Itoa(i+1))
	}
	titles = append(titles, "correct", "weights", "accepted", "case sensitive")
	for i := range size.pairs {
		titles = append(titles, "left "+strconv.Itoa(i+1), "right "+strconv.Itoa(i+1))
	}
	return append(titles, "hint", "feedback", "guidance", "skills", "categories", "difficulty", "marks", "shuffle", "external id")
}

func write(w io.Writer, questions []questionbank.Question, size widths, guard func(string) string) ([]questionbank.Problem, error) {
	out := csv.NewWriter(w)
	var doc questionbank.Document
	titles := header(size)
	// The writer keeps its first error until Flush.
	_ = out.Write(titles)
	for i := range questions {
		q := &questions[i]
		if marks := strings.Count(q.Prompt, questionbank.Gap); len(q.Gaps) > 1 && marks != len(q.Gaps) {
			doc.Reject(q.Line, q.Label(), "The prompt marks %d gaps, the question has %d; a table cannot hold that, so it was left out.", marks, len(q.Gaps))
			continue
		}
		noteLosses(&doc, q)
		cells := record(q)
		line := make([]string, len(titles))
		for n, title := range titles {
			line[n] = guard(cells[title])
		}
		_ = out.Write(line)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return doc.Problems, fmt.Errorf("write CSV: %w", err)
	}
	return doc.Problems, nil
}

func record(q *questionbank.Question) map[string]string {
	cells := map[string]string{
		"type": string(q.Type), "title": q.Title, "question": htmlCell(q.Prompt),
		"hint": htmlCell(q.Hint), "feedback": htmlCell(q.Feedback), "guidance": htmlCell(q.Guidance),
		"skills": joinList(q.Skills), "categories": joinList(q.Categories), "difficulty": q.Difficulty,
		"external id": q.ExternalID,
	}
	if q.Marks > 0 {
		cells["marks"] = number(q.Marks)
	}
	if q.Shuffle {
		cells["shuffle"] = "yes"
	}
	if q.Truth != nil {
		cells["correct"] = strconv.FormatBool(*q.Truth)
	}
	recordChoices(cells, q)
	recordGaps(cells, q)
	for i, p := range q.Pairs {
		cells["left "+strconv.Itoa(i+1)], cells["right "+strconv.Itoa(i+1)] = htmlCell(p.Left), htmlCell(p.Right)
	}
	for i, decoy := range q.Decoys {
		cells["right "+strconv.Itoa(len(q.Pairs)+i+1)] = htmlCell(decoy)
	}
	return cells
}

func recordChoices(cells map[string]string, q *questionbank.Question) {
	var right, columns, weights []string
	var options []option
	for i, c := range q.Choices {
		column := "choice " + strconv.Itoa(i+1)
		cells[column] = htmlCell(c.Text)
		options = append(options, option{text: plainCell(cells[column])})
		weights = append(weights, number(c.Weight))
		if c.Correct {
			right, columns = append(right, strconv.Itoa(i+1)), append(columns, column)
		}
	}
	key := strings.Join(right, "; ")
	if _, misread := textKey(key, options); misread {
		key = strings.Join(columns, "; ")
	}
	cells["correct"] += key
	if len(right) > 0 {
		cells["weights"] = strings.Join(weights, "; ")
	}
}

func recordGaps(cells map[string]string, q *questionbank.Question) {
	var gaps []string
	for _, gap := range q.Gaps {
		gaps = append(gaps, joinList(gap.Accepted))
		if gap.CaseSensitive {
			cells["case sensitive"] = "yes"
		}
	}
	cells["accepted"] = strings.Join(gaps, " | ")
}

func number(n float64) string {
	return strconv.FormatFloat(n, 'f', -1, 64)
}

func noteLosses(doc *questionbank.Document, q *questionbank.Question) {
	lost := func(found bool, what string) {
		if found {
			doc.Warn(q, "A table cannot hold %s; it was left out.", what)
		}
	}
	remarks, partial, options, minding := false, false, false, 0
	for _, c := range q.Choices {
		remarks = remarks || c.Feedback != ""
	}
	for _, gap := range q.Gaps {
		partial = partial || len(gap.Partial) > 0
		options = options || len(gap.Options) > 0
		if gap.CaseSensitive {
			minding++
		}
	}
	lost(len(q.Images) > 0, "pictures")
	lost(remarks, "feedback to single options")
	lost(partial, "answers worth a part of the mark")
	lost(options, "the list of options of a gap")
	lost(minding > 0 && minding < len(q.Gaps), "which of the gaps mind upper and lower case")
}

// Template writes an example file with one question of each type, to be filled in by people.
func Template(w io.Writer) error {
	yes := true
	_, err := write(w, []questionbank.Question{
		{
			Type: questionbank.MultipleChoice, Title: "Capital", Prompt: "Which city is the capital of Kenya?",
			Choices: []questionbank.Choice{{Text: "Mombasa"}, {Text: "Nairobi", Correct: true, Weight: 1}, {Text: "Kisumu"}},
			Skills:  []string{"Geography"}, Categories: []string{"General/Africa"}, Difficulty: "easy", Marks: 1, Shuffle: true,
		},
		{
			Type: questionbank.MultipleAnswer, Title: "Primes", Prompt: "Which of these numbers are prime?",
			Choices: []questionbank.Choice{{Text: "2", Correct: true, Weight: 0.5}, {Text: "9"}, {Text: "11", Correct: true, Weight: 0.5}, {Text: "15"}},
			Skills:  []string{"Arithmetic"}, Marks: 2,
		},
		{Type: questionbank.TrueFalse, Title: "Boiling", Prompt: "Water boils at a lower temperature on a mountain.", Truth: &yes},
		{
			Type: questionbank.FillBlanks, Title: "Status codes", Prompt: "HTTP answers _____ when all is well and _____ when there is no such page.",
			Gaps: []questionbank.Blank{{Accepted: []string{"200", "200 OK"}}, {Accepted: []string{"404"}}},
		},
		{
			Type: questionbank.Match, Title: "Units", Prompt: "Match each quantity to its unit.",
			Pairs: []questionbank.Pair{{Left: "Force", Right: "Newton"}, {Left: "Power", Right: "Watt"}}, Decoys: []string{"Pascal"},
		},
		{
			Type: questionbank.Essay, Title: "Handover", Prompt: "Describe how you would hand over a project that you leave.",
			Guidance: "Look for a plan, named people and open risks.", Marks: 5,
		},
	}, widths{choices: 4, pairs: 3}, spreadsheet.Disarm)
	return err
}
