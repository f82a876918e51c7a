package gift_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/gift"
)

func parseFile(t *testing.T, name string) questionbank.Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return gift.Parse(name, data)
}

func TestEveryType(t *testing.T) {
	t.Parallel()
	doc := parseFile(t, "every-type.gift")
	report := questionbank.NewFileReport(doc)
	want := []questionbank.QuestionReport{
		{Type: questionbank.MultipleChoice, Prompt: "What is the zero value of a slice?",
			Choices: []string{"an empty array", "nil", "0"}, Correct: "nil", Skills: []string{"Go"}},
		{Type: questionbank.MultipleAnswer, Prompt: "Which keywords start a new flow?",
			Choices: []string{"go", "defer", "select", "var"}, Correct: []string{"go", "defer", "select"}},
		{Type: questionbank.TrueFalse, Prompt: "Channels are typed.", Correct: true},
		{Type: questionbank.TrueFalse, Prompt: "Goroutines share memory.", Correct: false},
		{Type: questionbank.FillBlanks, Prompt: "The sender _____ the channel.", Correct: []string{"closes"}},
		{Type: questionbank.FillBlanks, Prompt: "Name the formatting command.", Correct: []string{"gofmt"}},
		{Type: questionbank.Match, Prompt: "Match the layers.", Correct: [][2]string{{"HTTP", "application"}, {"TCP", "transport"}}},
		{Type: questionbank.FillBlanks, Prompt: "How many bits has a byte?", Correct: []string{"8"}},
		{Type: questionbank.FillBlanks, Prompt: "Roughly, what is pi?", Correct: []string{"3.14"}},
		{Type: questionbank.FillBlanks, Prompt: "A die shows _____.", Correct: []string{"1", "2", "3", "4", "5", "6"}},
		{Type: questionbank.FillBlanks, Prompt: "How old was she?", Correct: []string{"42"}},
		{Type: questionbank.Essay, Prompt: "Explain a mutex."},
		{Type: questionbank.FillBlanks, Prompt: "The file ends _____ or _____ today.", Correct: [][]string{{"here"}, {"there"}}},
		{Type: questionbank.MultipleChoice, Prompt: `Escapes: { } ~ = # and \(x\)`, Choices: []string{"a = b", "c"}, Correct: "a = b"},
	}
	if len(report.Questions) != len(want) {
		t.Fatalf("%d questions, want %d: %+v", len(report.Questions), len(want), report.Questions)
	}
	for i, w := range want {
		if w.Choices == nil {
			w.Choices = []string{}
		}
		if w.Skills == nil {
			w.Skills = []string{}
		}
		if got := report.Questions[i]; !reflect.DeepEqual(got, w) {
			t.Errorf("question %d is\n%+v, want\n%+v", i+1, got, w)
		}
	}
	first := doc.Questions[0]
	if first.ExternalID != "go-1" || first.Difficulty != "easy" || first.Title != "Zero value" || first.Line != 6 ||
		!reflect.DeepEqual(first.Categories, []string{"Engineering/Back end"}) {
		t.Errorf("the first question lost what stands around it: %+v", first)
	}
	if first.Feedback != "Slices are <b>references</b>." || first.Choices[1].Feedback != "Yes: <code>s == nil</code>" {
		t.Errorf("feedback: %q and %q", first.Feedback, first.Choices[1].Feedback)
	}
	if got := doc.Questions[6].Decoys; !reflect.DeepEqual(got, []string{"physical"}) {
		t.Errorf("decoys: %q", got)
	}
	if got := doc.Questions[5].Gaps[0].Partial; !reflect.DeepEqual(got, []questionbank.PartialAnswer{{Text: "fmt", Weight: 0.5}}) {
		t.Errorf("partial answers: %v", got)
	}
}

func TestNothingIsDroppedSilently(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, source string
		line         int
		severity     questionbank.Severity
		message      string
	}{
		{"description", "\n\nRead this first.", 3, questionbank.Error, "description"},
		{"ordering", "Sort {>a b}", 1, questionbank.Error, "Ordering"},
		{"tolerance", "Pi? {#3.14:0.1}", 1, questionbank.Warning, "tolerance"},
		{"not a number", "Pi? {#three}", 1, questionbank.Error, "not a number"},
		{"answer feedback", "So? {T#no}", 1, questionbank.Warning, "Feedback"},
		{"worth nothing", "So? {=a =%0%b}", 1, questionbank.Warning, "worth nothing"},
		{"wildcard", "So? {=a*}", 1, questionbank.Warning, "asterisk"},
		{"Aiken", "So?\nA. yes\nB. no\nANSWER: B\n", 1, questionbank.Error, "Aiken"},
		{"comments at the ends of lines", "So? // surely\n{ // now\nF // no\n}", 1, questionbank.Warning, "Comments"},
		{"no blank line between", "::A:: So? {T}\n::B:: Then? {F}", 2, questionbank.Warning, "blank line"},
		{"no key", "So? {~a ~b}", 1, questionbank.Warning, "no correct option"},
		{"two keys", "So? {=a =b ~c}", 1, questionbank.Warning, "2 correct options"},
		{"picture", `[html]<img src\="@@PLUGINFILE@@/x.png">So?{=a}`, 1, questionbank.Warning, "x.png"},
		{"no arrow", "So? {=a -> b =c}", 1, questionbank.Warning, "no arrow"},
		{"brace missing", "One?{=a}\n\nTwo?{=b\n\n::T::Three?{=c}", 3, questionbank.Error, "braces"},
		{"too many answers", "So?{" + strings.Repeat("=a ", 1001) + "}", 1, questionbank.Error, "1000 answers"},
		{"nothing inside", "// only a comment", 0, questionbank.Error, "no question"},
		{"not text", "a\x00b", 0, questionbank.Error, "not a text file"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			doc := gift.Parse("x.gift", []byte(row.source))
			for _, p := range doc.Problems {
				if p.Line == row.line && p.Severity == row.severity && strings.Contains(p.Message, row.message) {
					return
				}
			}
			t.Errorf("no %s about %q on line %d among %+v", row.severity, row.message, row.line, doc.Problems)
		})
	}
}

func TestBrokenFileImportsNothing(t *testing.T) {
	t.Parallel()
	doc := gift.Parse("x.gift", []byte("One?{=a}\n\nTwo?{=b ~c"))
	if !doc.Refused() || len(doc.Questions) != 0 {
		t.Errorf("refused %v with %d questions", doc.Refused(), len(doc.Questions))
	}
}

func TestLiberalReading(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, source, prompt string
		kind                 questionbank.Type
		choices              []string
	}{
		{"TeX nobody escaped", `What is $\frac{1}{2}$?{=0.5 ~2}`, `What is $\frac{1}{2}$?`, questionbank.MultipleChoice, []string{"0.5", "2"}},
		{"a brace in the text", "Which opens, { or (?{=this ~that}", "Which opens, { or (?", questionbank.MultipleChoice, []string{"this", "that"}},
		{"attributes in options", `Pick{~<i class="x">a</i> =b}`, "Pick", questionbank.MultipleChoice, []string{"a", "b"}},
		{"tags as options", "Which tag?{=<a> ~<b>}", "Which tag?", questionbank.MultipleChoice, []string{"<a>", "<b>"}},
		{"format before the title", "[html]::T::<b>So</b>?{=x}", "So?", questionbank.FillBlanks, []string{}},
		{"shares marked right", "So?{=%50%a =%50%b ~%-100%c}", "So?", questionbank.MultipleAnswer, []string{"a", "b", "c"}},
		{"a blank line before the answers", "So?\n\n{\n=a\n~b\n}", "So?", questionbank.MultipleChoice, []string{"a", "b"}},
		{"small letters", "So?{true}", "So?", questionbank.TrueFalse, []string{}},
		{"an HTML entity", "[html]1&nbsp;&lt;&nbsp;2?{F}", "1 < 2?", questionbank.TrueFalse, []string{}},
		{"a plain text", "[plain]a <b> c{F}", "a <b> c", questionbank.TrueFalse, []string{}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			report := questionbank.NewFileReport(gift.Parse("x.gift", []byte(row.source)))
			if len(report.Questions) != 1 {
				t.Fatalf("%d questions, problems %+v", len(report.Questions), report.Problems)
			}
			q := report.Questions[0]
			if q.Prompt != row.prompt || q.Type != row.kind || !reflect.DeepEqual(q.Choices, row.choices) {
				t.Errorf("got %+v", q)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	doc := parseFile(t, "bom-crlf.gift")
	if len(doc.Questions) != 1 || doc.Questions[0].Title != "Größe" || doc.Questions[0].Choices[1].Text != "groß" {
		t.Errorf("byte order mark, CRLF and blank lines: %+v", doc)
	}
	doc = parseFile(t, "windows-1252.gift")
	if len(doc.Questions) != 1 || doc.Questions[0].Gaps[0].Accepted[0] != "Hauptstraße" || len(doc.Problems) != 1 {
		t.Errorf("Windows-1252: %+v", doc)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	before := parseFile(t, "every-type.gift").Questions
	var out bytes.Buffer
	problems, err := gift.Write(&out, before)
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) != 0 {
		t.Errorf("everything should go out: %+v", problems)
	}
	after := gift.Parse("again.gift", out.Bytes())
	if !reflect.DeepEqual(withoutLines(after.Questions), withoutLines(before)) {
		t.Errorf("a round trip changed the questions:\n%s\n%+v\nwant\n%+v", out.String(), after, before)
	}
}

func withoutLines(questions []questionbank.Question) []questionbank.Question {
	list := make([]questionbank.Question, len(questions))
	for i, q := range questions {
		q.Line = 0
		list[i] = q
	}
	return list
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"every-type.gift", "bom-crlf.gift", "windows-1252.gift"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`a{{=b}}c}{~%-3.3%<p a="~">x#y####z->`))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc := gift.Parse("fuzz.gift", data)
		if doc.Refused() && len(doc.Questions) > 0 {
			t.Error("a refused file kept questions")
		}
		if len(doc.Questions) == 0 && len(doc.Problems) == 0 {
			t.Error("nothing came in and nothing was said")
		}
		if _, err := gift.Write(new(bytes.Buffer), doc.Questions); err != nil {
			t.Error(err)
		}
	})
}

func TestReadsAsMeant(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, source string
		want         []questionbank.QuestionReport
	}{
		{"formulas with equals signs and braces", "Solve $\\frac{x}{2} = 3$, $x \\neq 0$. {\n~$x = 2$\n~\\(x = \\sqrt{9}\\)\n=$x = 6$\n}", []questionbank.QuestionReport{
			{Type: questionbank.MultipleChoice, Prompt: `Solve $\frac{x}{2} = 3$, $x \neq 0$.`, Choices: []string{"$x = 2$", `\(x = \sqrt{9}\)`, "$x = 6$"}, Correct: "$x = 6$"},
		}},
		{"sums of money", "How much? {=$5 =$6}", []questionbank.QuestionReport{
			{Type: questionbank.FillBlanks, Prompt: "How much?", Correct: []string{"$5", "$6"}},
		}},
		{"sums of money to choose from", "How much? {~$5 =$6 ~$7.50}", []questionbank.QuestionReport{
			{Type: questionbank.MultipleChoice, Prompt: "How much?", Choices: []string{"$5", "$6", "$7.50"}, Correct: "$6"},
		}},
		{"comments at the ends of lines", "::T:: // one\nSo it is. // two\n{ // three\n F // four\n}", []questionbank.QuestionReport{
			{Type: questionbank.TrueFalse, Prompt: "So it is.", Correct: false},
		}},
		{"slashes that are no comments", "See https://example.org // or not {=a // b ~c}", []questionbank.QuestionReport{
			{Type: questionbank.MultipleChoice, Prompt: "See https://example.org // or not", Choices: []string{"a // b", "c"}, Correct: "a // b"},
		}},
		{"no blank line between", "::A:: So? {\n=a\n~b\n}\n::B:: Then? {F}", []questionbank.QuestionReport{
			{Type: questionbank.MultipleChoice, Prompt: "So?", Choices: []string{"a", "b"}, Correct: "a"},
			{Type: questionbank.TrueFalse, Prompt: "Then?", Correct: false},
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := questionbank.NewFileReport(gift.Parse("x.gift", []byte(row.source))).Questions
			for i := range row.want {
				row.want[i].Skills = []string{}
				if row.want[i].Choices == nil {
					row.want[i].Choices = []string{}
				}
			}
			if !reflect.DeepEqual(got, row.want) {
				t.Errorf("got\n%+v, want\n%+v", got, row.want)
			}
		})
	}
}

func TestExportReadsBackWhatGIFTWouldTakeForSomethingElse(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name     string
		question questionbank.Question
	}{
		{"an arrow in an answer", questionbank.Question{Type: questionbank.FillBlanks, Prompt: "Write it.", Gaps: []questionbank.Blank{{Accepted: []string{"a -> b", "c"}}}}},
		{"arrows in two gaps", questionbank.Question{Type: questionbank.FillBlanks, Prompt: "One _____, two _____.", Gaps: []questionbank.Blank{{Accepted: []string{"a->b"}}, {Accepted: []string{"c"}}}}},
		{"a choice of right options only", questionbank.Question{Type: questionbank.MultipleChoice, Prompt: "Any?", Choices: []questionbank.Choice{
			{Text: "a -&gt; b", Correct: true, Weight: 1}, {Text: "c", Correct: true, Weight: 1}}}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			problems, err := gift.Write(&out, []questionbank.Question{row.question})
			if err != nil || len(problems) > 0 {
				t.Fatalf("%v, %+v", err, problems)
			}
			back := gift.Parse("x.gift", out.Bytes()).Questions
			if len(back) != 1 || back[0].Type != row.question.Type || !reflect.DeepEqual(back[0].Gaps, row.question.Gaps) || !reflect.DeepEqual(back[0].Choices, row.question.Choices) {
				t.Errorf("%s came back as %+v", out.String(), back)
			}
		})
	}
}

func TestExportTellsOfGapsThatBecomeEssays(t *testing.T) {
	t.Parallel()
	problems, err := gift.Write(new(bytes.Buffer), []questionbank.Question{{Type: questionbank.FillBlanks, Prompt: "Write it.", Gaps: []questionbank.Blank{{}}}})
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, "essay") {
		t.Errorf("%v, %+v", err, problems)
	}
}
