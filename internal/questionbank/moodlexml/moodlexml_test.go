package moodlexml_test

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/moodlexml"
)

func everyType(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/every-type.xml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEveryType(t *testing.T) {
	t.Parallel()
	doc := moodlexml.Parse("every-type.xml", everyType(t))
	want := []questionbank.QuestionReport{
		{Type: questionbank.MultipleChoice, Prompt: "What is shown?", Choices: []string{"A dot", "A <p> tag"}, Correct: "A dot"},
		{Type: questionbank.MultipleAnswer, Prompt: "Which are even?", Choices: []string{"2", "4", "5"}, Correct: []string{"2", "4"}},
		{Type: questionbank.TrueFalse, Prompt: "Water is wet.", Correct: true},
		{Type: questionbank.FillBlanks, Prompt: "The tag is _____ .", Correct: []string{"<a>"}},
		{Type: questionbank.Match, Prompt: "Match.", Correct: [][2]string{{"frog", "amphibian"}}},
		{Type: questionbank.Essay, Prompt: "Write **much**."},
		{Type: questionbank.FillBlanks, Prompt: "Six times seven?", Correct: []string{"42"}},
		{Type: questionbank.FillBlanks, Prompt: "Ice melts at _____ and _____ to _____.", Correct: [][]string{{"0"}, {"melts"}, {"H2O", "a}b"}}},
		{Type: questionbank.FillBlanks, Prompt: "The _____ sat on the _____.", Correct: [][]string{{"cat"}, {"mat"}}},
		{Type: questionbank.FillBlanks, Prompt: "Say _____.", Correct: []string{"hello"}},
	}
	report := questionbank.NewFileReport(doc)
	if len(report.Questions) != len(want) {
		t.Fatalf("%d questions, want %d; problems %+v", len(report.Questions), len(want), report.Problems)
	}
	for i, w := range want {
		got := report.Questions[i]
		got.Skills = nil
		if w.Choices == nil {
			w.Choices = []string{}
		}
		if !reflect.DeepEqual(got, w) {
			t.Errorf("question %d is\n%+v, want\n%+v", i+1, got, w)
		}
	}
	checkFirst(t, doc.Questions[0])
	if gaps := doc.Questions[7].Gaps; !reflect.DeepEqual(gaps[1].Options, []string{"boils", "melts", "thaws"}) || !gaps[2].CaseSensitive ||
		!reflect.DeepEqual(gaps[1].Partial, []questionbank.PartialAnswer{{Text: "thaws", Weight: 0.5}}) {
		t.Errorf("the gaps of the cloze question: %+v", gaps)
	}
	if gaps := doc.Questions[8].Gaps; !reflect.DeepEqual(gaps[0].Options, []string{"dog", "cat"}) || !reflect.DeepEqual(gaps[1].Options, []string{"mat"}) {
		t.Errorf("the groups of the selection: %+v", gaps)
	}
}

func checkFirst(t *testing.T, q questionbank.Question) {
	t.Helper()
	if q.ExternalID != "A & B" || q.Marks != 2.5 || q.Difficulty != "hard" || q.Hint != "Look<br/>Look again" || !q.Shuffle ||
		q.Feedback != "It is a dot." || q.Choices[0].Feedback != "<b>Yes</b>" ||
		!reflect.DeepEqual(q.Skills, []string{"drawing"}) || !reflect.DeepEqual(q.Categories, []string{"Engineering/Back end"}) {
		t.Errorf("the first question lost what stands around it: %+v", q)
	}
	if len(q.Images) != 1 || q.Images[0].Name != "red-dot.png" || q.Images[0].MediaType != "image/png" ||
		!strings.Contains(q.Prompt, `src="bank:red-dot.png"`) {
		t.Errorf("the picture: %q, %+v", q.Prompt, q.Images)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	before := moodlexml.Parse("every-type.xml", everyType(t)).Questions
	var out bytes.Buffer
	problems, err := moodlexml.Write(&out, before)
	if err != nil || len(problems) > 0 {
		t.Fatalf("write: %v, %+v", err, problems)
	}
	after := moodlexml.Parse("again.xml", out.Bytes())
	if len(after.Questions) != len(before) {
		t.Fatalf("%d questions came back, want %d: %+v\n%s", len(after.Questions), len(before), after.Problems, out.String())
	}
	for i := range before {
		before[i].Line, after.Questions[i].Line = 0, 0
		if !reflect.DeepEqual(after.Questions[i], before[i]) {
			t.Errorf("a round trip changed question %d:\n%+v\nwant\n%+v", i+1, after.Questions[i], before[i])
		}
	}
}

func question(kind, inside string) string {
	return "<quiz>\n<question type=\"" + kind + "\"><name><text>N</text></name><questiontext format=\"html\"><text>So?</text></questiontext>" +
		inside + "</question></quiz>"
}

func TestNothingIsDroppedSilently(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, source, message string
		severity              questionbank.Severity
	}{
		{"stack", question("stack", ""), "STACK", questionbank.Error},
		{"description", question("description", ""), "description", questionbank.Error},
		{"unheard of", question("holodeck", ""), "holodeck", questionbank.Error},
		{"ordering", question("ordering", ""), "Ordering", questionbank.Error},
		{"unusual grade", question("multichoice", `<answer fraction="33"><text>a</text></answer>`), "33%", questionbank.Warning},
		{"grade is no number", question("multichoice", `<answer fraction="all"><text>a</text></answer>`), "not a number", questionbank.Warning},
		{"no options", question("multichoice", ""), "no options", questionbank.Error},
		{"tolerance", question("numerical", `<answer fraction="100"><text>3</text><tolerance>0.1</tolerance></answer>`), "tolerance", questionbank.Warning},
		{"overall feedback", question("essay", `<correctfeedback><text>Well done</text></correctfeedback>`), "Separate feedback", questionbank.Warning},
		{"template", question("essay", `<responsetemplate><text>Dear</text></responsetemplate>`), "guidance", questionbank.Warning},
		{"missing gap", `<quiz>` + "\n" + `<question type="gapselect"><name><text>N</text></name><questiontext><text>[[4]]</text></questiontext></question></quiz>`, "[[4]]", questionbank.Error},
		{"multiresponse", `<quiz>` + "\n" + `<question type="cloze"><name><text>N</text></name><questiontext><text>{1:MULTIRESPONSE:=a~=b}</text></questiontext></question></quiz>`, "MULTIRESPONSE", questionbank.Error},
		{"picture elsewhere", question("essay", `<generalfeedback><text>&lt;img src="http://example.org/a.png"&gt;</text></generalfeedback>`), "example.org", questionbank.Warning},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			doc := moodlexml.Parse("x.xml", []byte(row.source))
			for _, p := range doc.Problems {
				if p.Severity == row.severity && strings.Contains(p.Message, row.message) && (p.Line == 2 || p.Question == "") {
					return
				}
			}
			t.Errorf("no %s about %q among %+v", row.severity, row.message, doc.Problems)
		})
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	good := `<question type="essay"><questiontext><text>So?</text></questiontext></question>`
	rows := []struct {
		name, source, message string
		line                  int
	}{
		{"cut off", "<quiz>\n" + good + "\n<question>", "line 3", 3},
		{"tags crossed", "<quiz>\n" + good + "\n</question>", "does not match", 3},
		{"entities that grow", "<!DOCTYPE quiz [\n<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<quiz>&b;</quiz>", "document type", 2},
		{"external entity", `<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>` + good + `</quiz>`, "document type", 1},
		{"unknown entity", "<quiz>\n&secret;</quiz>", "not well formed", 2},
		{"too deep", strings.Repeat("<a>", 100), "nested too deeply", 1},
		{"something else", "<html></html>", "<html>", 1},
		{"two roots", "<quiz>" + good + "</quiz>\n<quiz/>", "second root", 2},
		{"text only", "hello", "no XML element", 1},
		{"no question", "<quiz/>", "no question", 0},
		{"unknown encoding", `<?xml version="1.0" encoding="klingon"?><quiz/>`, "klingon", 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			doc := moodlexml.Parse("x.xml", []byte(row.source))
			if !doc.Refused() || len(doc.Questions) > 0 {
				t.Fatalf("not refused: %+v", doc)
			}
			last := doc.Problems[len(doc.Problems)-1]
			if last.Line != row.line || !strings.Contains(last.Message, row.message) {
				t.Errorf("line %d, %q; want line %d and %q", last.Line, last.Message, row.line, row.message)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	body := `<quiz><question type="essay"><questiontext><text>Größe?</text></questiontext></question></quiz>`
	latin := strings.ReplaceAll(body, "ö", "\xf6")
	latin = strings.ReplaceAll(latin, "ß", "\xdf")
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16"?>` + body)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{
		"UTF-8 with a byte order mark":  "\xef\xbb\xbf" + body,
		"ISO-8859-1":                    `<?xml version="1.0" encoding="ISO-8859-1"?>` + latin,
		"windows-1252":                  `<?xml version='1.0' encoding='windows-1252'?>` + latin,
		"not the declared UTF-8":        `<?xml version="1.0" encoding="UTF-8"?>` + latin,
		"UTF-16":                        wide,
		"a control character and CRLFs": "<?xml version=\"1.0\"?>\r\n\x0b" + strings.ReplaceAll(body, "><", ">\r\n<"),
		"an HTML entity":                strings.ReplaceAll(body, "ö", "&ouml;"),
		"a bare question":               strings.TrimSuffix(strings.TrimPrefix(body, "<quiz>"), "</quiz>"),
	}
	for name, source := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := moodlexml.Parse("x.xml", []byte(source))
			if len(doc.Questions) != 1 || doc.Questions[0].Prompt != "Größe?" {
				t.Errorf("got %+v", doc)
			}
		})
	}
}

func TestHTMLNobodyEscaped(t *testing.T) {
	t.Parallel()
	doc := moodlexml.Parse("x.xml", []byte(`<quiz><question type="essay"><questiontext format="html"><text>Is <b>this</b> &lt;b&gt;<br/>so?</text></questiontext></question></quiz>`))
	if len(doc.Questions) != 1 || doc.Questions[0].Prompt != "Is <b>this</b> &lt;b&gt;<br/>so?" {
		t.Errorf("got %+v", doc)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(everyType(f))
	f.Add([]byte(question("cloze", "")))
	f.Add([]byte(`<question type="cloze"><questiontext><text>{1:MC:a~=b\}{2:SA:%50%x#y}</text></questiontext></question>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc := moodlexml.Parse("fuzz.xml", data)
		if doc.Refused() && len(doc.Questions) > 0 {
			t.Error("a refused file kept questions")
		}
		if len(doc.Questions) == 0 && len(doc.Problems) == 0 {
			t.Error("nothing came in and nothing was said")
		}
		if _, err := moodlexml.Write(new(bytes.Buffer), doc.Questions); err != nil {
			t.Error(err)
		}
	})
}
