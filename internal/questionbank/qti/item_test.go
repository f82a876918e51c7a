package qti_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/qti"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// fixtures are what the files of testdata/qti2 and testdata/qti3, the same items in both spellings, must become.
var fixtures = map[string]questionbank.Question{
	"choice-single": {
		Type: questionbank.MultipleChoice, Title: "Lamps", Marks: 4, Shuffle: true,
		Prompt: "<p>A lighthouse keeper lights <em>three</em> lamps each night.</p> <p>How many lamps burn in a week?</p>",
		Choices: []questionbank.Choice{
			{Text: "Seven"},
			{Text: "Twenty-one", Correct: true, Weight: 1, Feedback: "Three times seven."},
			{Text: "About <strong>twenty</strong>", Weight: 0.25},
		},
		Feedback: "Lamps are <em>wicked</em>.", Hint: "A week has seven nights.", Guidance: "Reject answers in words.",
	},
	"choice-multiple": {
		Type: questionbank.MultipleAnswer, Title: "Trees", Marks: 2,
		Prompt: `<div dir="rtl"><p>Which of these are trees?</p></div>`,
		Choices: []questionbank.Choice{
			{Text: `<span dir="rtl">Oak</span>`, Correct: true, Weight: 0.5},
			{Text: `<span dir="rtl">Moss</span>`, Weight: -0.25},
			{Text: `<span dir="ltr">Elm</span>`, Correct: true, Weight: 0.5},
			{Text: `<span dir="rtl">Fern</span>`, Weight: -0.5},
		},
	},
	"text-entry": {
		Type: questionbank.FillBlanks, Title: "River and metal",
		Prompt: `<p>London lies on the _____.</p> <p>The sign for iron is _____, not ____<span lang="zxx">_</span>_.</p>`,
		Gaps: []questionbank.Blank{
			{Accepted: []string{"Thames", "River Thames"}, Partial: []questionbank.PartialAnswer{{Text: "Tems", Weight: 0.5}}},
			{Accepted: []string{"Fe"}, CaseSensitive: true},
		},
	},
	"inline-choice": {
		Type: questionbank.FillBlanks, Title: "Ice", Shuffle: true, Prompt: "<p>Water freezes to a _____.</p>",
		Gaps: []questionbank.Blank{{Accepted: []string{"solid"}, Options: []string{"gas", "solid"}}},
	},
	"match": {
		Type: questionbank.Match, Title: "Homes", Shuffle: true, Prompt: "<p>Who lives where?</p>",
		Pairs: []questionbank.Pair{{Left: "Bee", Right: "Hive"}, {Left: "Fox", Right: "Den"}}, Decoys: []string{"Nest"},
	},
	"essay": {
		Type: questionbank.Essay, Title: "Salt", Marks: 5,
		Prompt:   "<p>Given <math><mrow><mi>t</mi><mo>&lt;</mo><mn>0</mn></mrow></math>:</p> <p>Why do we salt roads?</p>",
		Hint:     "Write three sentences.",
		Guidance: "<p>Salt lowers the freezing point.</p><ul><li>Names the freezing point</li></ul>",
	},
	"gap-match": {
		Type: questionbank.FillBlanks, Title: "Seasons",
		Prompt: "<p>Complete the line.</p> <p>After _____ comes spring, then _____.</p>",
		Gaps: []questionbank.Blank{
			{Accepted: []string{"winter"}, Options: []string{"winter", "summer"}},
			{Accepted: []string{"summer"}, Options: []string{"winter", "summer"}},
		},
	},
	"associate": {
		Type: questionbank.Match, Title: "Partners", Prompt: "<p>Which two go together?</p>",
		Pairs: []questionbank.Pair{{Left: "Salt", Right: "Pepper"}}, Decoys: []string{"Nail"},
	},
}

func TestParseItems(t *testing.T) {
	t.Parallel()
	for name, want := range fixtures {
		for _, version := range []string{"qti2", "qti3"} {
			t.Run(version+"/"+name, func(t *testing.T) {
				t.Parallel()
				doc := qti.Parse(name+".xml", fixture(t, version+"/"+name+".xml"))
				if len(doc.Questions) != 1 {
					t.Fatalf("got %d questions, problems %+v", len(doc.Questions), doc.Problems)
				}
				want.ExternalID, want.Line = name, 2
				if got := doc.Questions[0]; !reflect.DeepEqual(got, want) {
					t.Errorf("got\n%+v\nwant\n%+v", got, want)
				}
			})
		}
	}
}

func TestWhatChangesIsTold(t *testing.T) {
	t.Parallel()
	rows := []struct {
		file     string
		severity questionbank.Severity
		line     int
		message  string
	}{
		{"choice-single", questionbank.Warning, 17, "fixed in its place"},
		{"text-entry", questionbank.Warning, 16, "row of underscores"},
		{"essay", questionbank.Warning, 8, "became the question's hint"},
		{"gap-match", questionbank.Warning, 7, "became a list at each gap"},
		{"associate", questionbank.Warning, 7, "a left and a right list"},
		{"order", questionbank.Error, 5, "putting things in order"},
		{"template", questionbank.Error, 6, "drawn anew for every candidate"},
		{"information", questionbank.Error, 3, "asks for no answer"},
		{"composite", questionbank.Error, 6, "a text, 2 times"},
	}
	for _, row := range rows {
		for _, version := range []string{"qti2", "qti3"} {
			t.Run(version+"/"+row.file, func(t *testing.T) {
				t.Parallel()
				doc := qti.Parse(row.file+".xml", fixture(t, version+"/"+row.file+".xml"))
				for _, p := range doc.Problems {
					if p.Severity == row.severity && p.Line == row.line && p.Question != "" && strings.Contains(p.Message, row.message) {
						return
					}
				}
				t.Errorf("no %s at line %d with %q in %+v", row.severity, row.line, row.message, doc.Problems)
			})
		}
	}
}

const item = `<assessmentItem identifier="i" title="T"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value> a </value></correctResponse></responseDeclaration>
<itemBody><p>Is it %s?</p><choiceInteraction responseIdentifier="R"><simpleChoice identifier="a">Yes</simpleChoice><simpleChoice identifier="b">No</simpleChoice></choiceInteraction></itemBody></assessmentItem>`

func with(text string) string { return strings.Replace(item, "%s", text, 1) }

// spellings writes one item in the ways that tools do.
func spellings(t *testing.T) map[string]string {
	t.Helper()
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16"?>` + with("café"))
	if err != nil {
		t.Fatal(err)
	}
	prefixed := strings.NewReplacer("</", "</qti:", "<", "<qti:").Replace(with("café"))
	prefixed = strings.Replace(prefixed, "<qti:assessmentItem", `<qti:assessmentItem xmlns:qti="urn:any"`, 1)
	return map[string]string{
		"no namespace":                   with("café"),
		"prefixed":                       strings.ReplaceAll(prefixed, "<qti:qti:", "</qti:"),
		"byte order mark":                "\xef\xbb\xbf" + with("café"),
		"carriage returns":               strings.ReplaceAll(with("\ncafé"), "\n", "\r\n"),
		"HTML entity":                    with("caf&eacute;"),
		"document type":                  `<!DOCTYPE assessmentItem SYSTEM "item.dtd">` + with("café"),
		"Latin 1":                        `<?xml version="1.0" encoding="ISO-8859-1"?>` + with("caf\xe9"),
		"UTF-16":                         utf16,
		"character reference":            with("caf&#233;"),
		"UTF-8 that claims to be UTF-16": `<?xml version="1.0" encoding="utf-16"?>` + with("café"),
		"space first":                    "\n  " + with("café"),
		"declaration late":               "\n" + `<?xml version="1.0"?>` + with("café"),
		"other response name":            strings.Replace(with("café"), `responseIdentifier="R"`, `responseIdentifier="RESPONSE"`, 1),
		"XML 1.1":                        `<?xml version="1.1"?>` + with("café"),
		"HTML as text":                   with(`<span class="htmlContent"><![CDATA[<b>caf&eacute;</b><script>x()</script>]]></span>`),
		"CDATA":                          with("<![CDATA[café]]>"),
		"wrapped":                        "<items>" + with("café") + "</items>",
	}
}

func TestParseReadsWhatToolsWrite(t *testing.T) {
	t.Parallel()
	for name, text := range spellings(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := qti.Parse("i.xml", []byte(text))
			if len(doc.Questions) != 1 {
				t.Fatalf("no question: %+v", doc.Problems)
			}
			q := doc.Questions[0]
			if plain(q.Prompt) != "Is it café?" || !q.Choices[0].Correct || q.Choices[1].Correct {
				t.Errorf("got %+v", q)
			}
			if !qti.Looks([]byte(text)) && name != "wrapped" {
				t.Error("not recognized")
			}
		})
	}
}

func TestLooksDeclinesOtherFormats(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "<quiz><question/></quiz>", "::Q:: What? {=a ~b}", "a,b,c", "<p>Just text</p>", "PK\x03\x04 not a zip"} {
		if qti.Looks([]byte(text)) {
			t.Errorf("%q is taken for QTI", text)
		}
	}
}

func TestMarkupIsClean(t *testing.T) {
	t.Parallel()
	dirty := `so <script>alert(1)</script><a href="javascript:x()" onclick="x()">link</a><b style="x" onmouseover="y()">bold</b>` +
		`<img src="http://tracker.example/x.png" alt="seen &quot;&gt;&lt;script&gt;"/><iframe src="http://a.example/"/><svg><script/></svg><unknown>kept</unknown>&lt;script&gt;`
	q := qti.Parse("i.xml", []byte(with(dirty))).Questions[0]
	want := `<p>Is it so link<b>bold</b><img alt="seen &#34;&gt;&lt;script&gt;">kept&lt;script&gt;?</p>`
	if q.Prompt != want {
		t.Errorf("got  %s\nwant %s", q.Prompt, want)
	}
}

func TestRightAnswersAreFoundInPlainRules(t *testing.T) {
	t.Parallel()
	rule := func(condition, score string) string {
		return `<responseIf>` + condition + `<setOutcomeValue identifier="SCORE"><baseValue baseType="float">` + score + `</baseValue></setOutcomeValue></responseIf>`
	}
	is := func(answer string) string {
		return `<match><variable identifier="R"/><baseValue baseType="identifier">` + answer + `</baseValue></match>`
	}
	rows := map[string]struct {
		rules string
		want  string
	}{
		"one rule":      {rule(is("b"), "1"), "[No]"},
		"the best rule": {rule(is("b"), "1") + rule(is("a"), "2"), "[Yes]"},
		"no score":      {rule(is("b"), "0"), ""},
		"negated":       {rule("<not>"+is("b")+"</not>", "1"), ""},
		"several":       {rule(`<match><variable identifier="R"/><multiple><baseValue>a</baseValue><baseValue>b</baseValue></multiple></match>`, "1"), "[Yes][No]"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(with("x"), "<correctResponse><value> a </value></correctResponse>", "", 1)
			text = strings.Replace(text, "</assessmentItem>", "<responseProcessing><responseCondition>"+row.rules+"</responseCondition></responseProcessing></assessmentItem>", 1)
			doc := qti.Parse("i.xml", []byte(text))
			if len(doc.Questions) != 1 || correctOf(doc.Questions[0]) != row.want || !strings.Contains(doc.Problems[len(doc.Problems)-1].Message, "declares no right answer") && row.want != "" {
				t.Errorf("got %+v, want %s", doc, row.want)
			}
		})
	}
}
