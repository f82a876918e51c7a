package moodlexml_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/moodlexml"
)

func quizOf(kind, body string) []byte {
	return []byte(`<quiz><question type="` + kind + `"><name><text>N</text></name>` + body + `</question></quiz>`)
}

func prompt(text string) string {
	return `<questiontext format="html"><text><![CDATA[` + text + `]]></text></questiontext>`
}

func TestNearTypes(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, kind, body string
		want             questionbank.Type
		prompt           string
		correct          any
		warning          string // part of one, "" for none
	}{
		{"several answers, each worth all", "oumultiresponse",
			prompt("Which float?") + `<answer fraction="100"><text>cork</text></answer><answer fraction="0"><text>lead</text></answer><answer fraction="100"><text>oak</text></answer>`,
			questionbank.MultipleAnswer, "Which float?", []string{"cork", "oak"}, "share the mark"},
		{"gaps between delimiters", "gapfill", prompt("<p>Bees make [honey] in a [hive|skep].</p>") + `<delimitchars>[]</delimitchars><answer fraction="100"><text>honey</text></answer>`,
			questionbank.FillBlanks, "Bees make _____ in a _____.", [][]string{{"honey"}, {"hive", "skep"}}, ""},
		{"gaps between other delimiters", "gapfill", prompt("print(list[{0}])") + `<delimitchars>{}</delimitchars>`,
			questionbank.FillBlanks, "print(list[_____])", []string{"0"}, ""},
		{"statements", "mtf", prompt("True?") + `<row number="1"><optiontext><text>Ice floats</text></optiontext></row><row number="2"><optiontext><text>Lead floats</text></optiontext></row>
			<column number="1"><responsetext><text>yes</text></responsetext></column><column number="2"><responsetext><text>no</text></responsetext></column>
			<weight rownumber="1" columnnumber="1"><value>1.000</value></weight><weight rownumber="1" columnnumber="2"><value>0.000</value></weight><weight rownumber="2" columnnumber="2"><value>1.000</value></weight>`,
			questionbank.Match, "True?", [][2]string{{"Ice floats", "yes"}, {"Lead floats", "no"}}, "matching question"},
		{"an essay marked by words", "essayautograde", prompt("Write."), questionbank.Essay, "Write.", nil, "marked by hand"},
		{"a common type wrapped", "truefalsewiris", prompt("So?") + `<answer fraction="100"><text>true</text></answer>`, questionbank.TrueFalse, "So?", true, "ordinary"},
		{"truth in German, the wrong one first", "truefalse", prompt("So?") + `<answer fraction="0"><text>Falsch</text></answer><answer fraction="100"><text>Wahr</text></answer>`,
			questionbank.TrueFalse, "So?", true, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			report := questionbank.NewFileReport(moodlexml.Parse("x.xml", quizOf(row.kind, row.body)))
			if len(report.Questions) != 1 {
				t.Fatalf("problems %+v", report.Problems)
			}
			q := report.Questions[0]
			if q.Type != row.want || q.Prompt != row.prompt || !reflect.DeepEqual(q.Correct, row.correct) {
				t.Errorf("got %+v", q)
			}
			switch {
			case row.warning == "" && len(report.Problems) > 0:
				t.Errorf("problems %+v", report.Problems)
			case row.warning != "" && (len(report.Problems) != 1 || report.Problems[0].Severity != questionbank.Warning || !strings.Contains(report.Problems[0].Message, row.warning)):
				t.Errorf("problems %+v, want a warning of %q", report.Problems, row.warning)
			}
		})
	}
}

func TestOfferedGapsKeepTheirList(t *testing.T) {
	t.Parallel()
	doc := moodlexml.Parse("x.xml", quizOf("gapfill", prompt("A [red] one.")+
		`<answerdisplay>dropdown</answerdisplay><casesensitive>1</casesensitive><answer fraction="100"><text>red</text></answer><answer fraction="0"><text>blue</text></answer>`))
	want := []questionbank.Blank{{Accepted: []string{"red"}, Options: []string{"red", "blue"}, CaseSensitive: true}}
	if len(doc.Questions) != 1 || !reflect.DeepEqual(doc.Questions[0].Gaps, want) {
		t.Errorf("got %+v", doc)
	}
}

func TestWhatIsLeftOutIsTold(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, source, message string
		line                  int
	}{
		{"values computed anew", "<quiz>\n<question type=\"multichoicewiris\"><name><text>N</text></name>" + prompt("What is #a?") + "</question></quiz>", "computed anew", 2},
		{"a category's description", "<quiz>\n\n<question type=\"category\"><category><text>$course$/top/A</text></category><info><text>All of A</text></info></question></quiz>", "description of the category “A”", 3},
		{"a pattern for a gap", "<quiz><question type=\"gapfill\"><name><text>N</text></name>" + prompt("A [c.t*] sat.") + "</question></quiz>", "pattern", 1},
		{"a statement without its answer", "<quiz><question type=\"kprime\"><name><text>N</text></name>" + prompt("So?") + "<row number=\"1\"><optiontext><text>It is</text></optiontext></row></question></quiz>", `"It is"`, 1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			for _, p := range moodlexml.Parse("x.xml", []byte(row.source)).Problems {
				if p.Line == row.line && strings.Contains(p.Message, row.message) {
					return
				}
			}
			t.Errorf("no problem on line %d says %q", row.line, row.message)
		})
	}
}
