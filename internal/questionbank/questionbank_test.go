package questionbank_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
)

func TestReport(t *testing.T) {
	t.Parallel()
	yes := true
	doc := questionbank.Document{File: "x.gift", Format: "gift"}
	for _, q := range []questionbank.Question{
		{Type: questionbank.MultipleChoice, Prompt: "<p>One?</p>", Choices: []questionbank.Choice{{Text: `<img src="bank:a.png"/>`, Correct: true, Weight: 1}, {Text: "b"}}},
		{Type: questionbank.TrueFalse, Prompt: "Two?", Truth: &yes, Skills: []string{"Go"}},
		{Type: questionbank.TrueFalse, Prompt: "Three?", Line: 9},
		{Type: questionbank.FillBlanks, Prompt: "Four?", Gaps: []questionbank.Blank{{Accepted: []string{"<a>"}}}},
		{Type: questionbank.Essay, Prompt: "  "},
	} {
		doc.Accept(q)
	}
	doc.Finish()
	var out bytes.Buffer
	report := questionbank.Report{Files: []questionbank.FileReport{questionbank.NewFileReport(doc)}}
	if err := report.Write(&out); err != nil {
		t.Fatal(err)
	}
	want := []any{"[image: a.png]", true, nil, []string{"<a>"}}
	for i, q := range report.Files[0].Questions {
		if !reflect.DeepEqual(q.Correct, want[i]) {
			t.Errorf("key %d is %v, want %v", i+1, q.Correct, want[i])
		}
	}
	for _, part := range []string{`"choices": []`, `"skills": [
            "Go"
          ]`, `"severity": "error"`, `"line": 9`, `"<a>"`, `"correct": null`} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the report lacks %s:\n%s", part, out.String())
		}
	}
	if report.Refused() || len(doc.Questions) != 4 {
		t.Errorf("refused %v with %d questions", report.Refused(), len(doc.Questions))
	}
}

func TestCategoryPath(t *testing.T) {
	t.Parallel()
	rows := map[string]string{
		"$course$/top/Default for Unit 1: Topic": "Default for Unit 1: Topic",
		"$course$/Delta/Epsilon":                 "Delta/Epsilon",
		"top/A":                                  "A",
		"A / B //C":                              "A/B //C",
		"$course$/top":                           "",
		"A/top":                                  "A/top",
	}
	for path, want := range rows {
		if got := questionbank.CategoryPath(path); got != want {
			t.Errorf("%q became %q, want %q", path, got, want)
		}
	}
}

func TestNumericBlank(t *testing.T) {
	t.Parallel()
	gap, exact := questionbank.NumericBlank([]questionbank.NumericAnswer{
		{Value: "3", Low: 2, High: 4, Weight: 1}, {Value: "3", Low: 1, High: 5, Weight: 0.5},
	})
	if exact || !reflect.DeepEqual(gap.Accepted, []string{"3", "2", "4"}) || len(gap.Partial) != 2 {
		t.Errorf("exact %v, gap %+v", exact, gap)
	}
	if gap, exact := questionbank.NumericBlank([]questionbank.NumericAnswer{{Value: "0.5", Low: 0.5, High: 0.5, Weight: 1}}); !exact || len(gap.Accepted) != 1 {
		t.Errorf("exact %v, gap %+v", exact, gap)
	}
}

func TestTextsNestedTooDeeplyKeepTheirWords(t *testing.T) {
	t.Parallel()
	var markup questionbank.Markup
	if got := markup.HTML(strings.Repeat("<div>", 600) + "words"); got != "words" || len(markup.Losses) != 1 {
		t.Errorf("got %q and the losses %q", got, markup.Losses)
	}
}
