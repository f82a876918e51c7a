package qti_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/qti"
)

// bank holds one question of each type, with everything a question may carry.
func bank() []questionbank.Question {
	yes := true
	return []questionbank.Question{
		{
			Type: questionbank.MultipleChoice, Title: "Capitals & more", ExternalID: "cap-1", Marks: 3, Shuffle: true,
			Prompt: `<p dir="rtl">Which <em>city</em> is it?</p><p><img src="bank:map.png" alt="A map" width="40"></p>`,
			Choices: []questionbank.Choice{
				{Text: "Bern", Correct: true, Weight: 1, Feedback: "Yes &lt;3"}, {Text: "<strong>Basel</strong>", Weight: 0.25}, {Text: `<img src="bank:map.png" alt="">`},
			},
			Feedback: "<p>Look it up.</p>", Hint: "<p>It has bears.</p>", Guidance: "<p>Be kind.</p>",
			Skills: []string{"Geography"}, Categories: []string{"Europe/Alps", "General"}, Difficulty: "hard",
			Images: []questionbank.Image{{Name: "map.png", MediaType: "image/png", Data: pngBytes}},
		},
		{
			Type: questionbank.MultipleAnswer, Title: "Even", Marks: 2, Prompt: "<p>Which are even?</p>", Difficulty: "easy",
			Choices: []questionbank.Choice{{Text: "2", Correct: true, Weight: 0.5}, {Text: "3", Weight: -0.5}, {Text: "4", Correct: true, Weight: 0.5}},
		},
		{Type: questionbank.TrueFalse, Title: "Snow", Marks: 1, Prompt: "<p>Snow is white.</p>", Truth: &yes},
		{
			Type: questionbank.FillBlanks, Title: "Gaps", Marks: 2, Prompt: `<p>The _____ of _____ is ____<span lang="zxx">_</span>.</p>`,
			Gaps: []questionbank.Blank{
				{Accepted: []string{"sum", `a <b>"sum"</b> & more`}, Partial: []questionbank.PartialAnswer{{Text: "some", Weight: 0.5}}, CaseSensitive: true},
				{Accepted: []string{"parts"}, Options: []string{"whole", "parts"}},
			},
		},
		{
			Type: questionbank.Match, Title: "Sounds", Marks: 1, Prompt: "<p>What says what?</p>", Shuffle: true,
			Pairs: []questionbank.Pair{{Left: "Cat", Right: "Meow"}, {Left: "<em>Kitten</em>", Right: "Meow"}, {Left: "Dog", Right: "Woof"}}, Decoys: []string{"Moo"},
		},
		{
			Type: questionbank.Essay, Title: "Formula", Marks: 5, Guidance: "<p>Mentions energy.</p>", Difficulty: "medium",
			Prompt: `<p>Explain <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>:</p><ul><li>one</li><li>two</li></ul><pre>a  b</pre>`,
		},
	}
}

func written(t testing.TB, questions []questionbank.Question) ([]byte, []questionbank.Problem) {
	t.Helper()
	var buffer bytes.Buffer
	problems, err := qti.Write(&buffer, questions)
	if err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes(), problems
}

// alike leaves out what a file gives by itself and rounds shares of marks.
func alike(q questionbank.Question) questionbank.Question {
	q.Line, q.ExternalID = 0, ""
	for i := range q.Choices {
		q.Choices[i].Weight = math.Round(q.Choices[i].Weight*1e6) / 1e6
	}
	return q
}

func compare(t *testing.T, got, want questionbank.Question) {
	t.Helper()
	if !reflect.DeepEqual(alike(got), alike(want)) {
		t.Errorf("got\n%+v\nwant\n%+v", alike(got), alike(want))
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	want := bank()
	data, problems := written(t, want)
	for _, p := range problems {
		if p.Severity != questionbank.Warning || !strings.Contains(p.Message, "hint") {
			t.Errorf("unexpected problem %+v", p)
		}
	}
	if !qti.Looks(data) {
		t.Error("our own package is not recognized")
	}
	doc := qti.Parse("p.zip", data)
	if len(doc.Questions) != len(want) {
		t.Fatalf("got %d questions: %+v", len(doc.Questions), doc.Problems)
	}
	if doc.Questions[0].ExternalID != "cap-1" {
		t.Errorf("identifier became %q", doc.Questions[0].ExternalID)
	}
	for i := range want {
		compare(t, doc.Questions[i], want[i])
	}
}

func TestRoundTripOfSingleItems(t *testing.T) {
	t.Parallel()
	for _, want := range bank() {
		var buffer bytes.Buffer
		if _, err := qti.WriteItem(&buffer, want); err != nil {
			t.Fatal(err)
		}
		doc := qti.Parse("i.xml", buffer.Bytes())
		if len(doc.Questions) != 1 {
			t.Fatalf("%s: %+v\n%s", want.Title, doc.Problems, buffer.String())
		}
		want.Skills, want.Categories, want.Difficulty = nil, nil, ""
		if len(want.Images) > 0 {
			want.Images[0].Name = "picture.png"
			want.Prompt = strings.ReplaceAll(want.Prompt, "bank:map.png", "bank:picture.png")
			want.Choices[2].Text = strings.ReplaceAll(want.Choices[2].Text, "bank:map.png", "bank:picture.png")
		}
		compare(t, doc.Questions[0], want)
	}
}

// TestReferenceFilesSurviveExport writes what real files became and reads it again.
func TestReferenceFilesSurviveExport(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(referenceFolder, "qti*", "*"))
	if err != nil || len(files) == 0 {
		t.Skip("the reference question banks are not present")
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		before := qti.Parse(name, data)
		exported, _ := written(t, before.Questions)
		after := qti.Parse(name, exported)
		if len(before.Questions) != len(after.Questions) {
			t.Errorf("%s: %d questions became %d: %+v", name, len(before.Questions), len(after.Questions), after.Problems)
			continue
		}
		for i, q := range before.Questions {
			got := after.Questions[i]
			if got.Type != q.Type || plain(got.Prompt) != plain(q.Prompt) || correctOf(got) != correctOf(q) || len(got.Choices) != len(q.Choices) {
				t.Errorf("%s: got %+v, want %+v", name, got, q)
			}
		}
	}
}

func TestWriteReportsWhatItCannotHold(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name     string
		question questionbank.Question
		severity questionbank.Severity
		message  string
	}{
		{"no options", questionbank.Question{Type: questionbank.MultipleChoice, Title: "Q"}, questionbank.Error, "no options"},
		{"no gaps", questionbank.Question{Type: questionbank.FillBlanks, Title: "Q"}, questionbank.Error, "no gaps"},
		{"no pairs", questionbank.Question{Type: questionbank.Match, Title: "Q"}, questionbank.Error, "no pairs"},
		{"other type", questionbank.Question{Type: "coding", Title: "Q"}, questionbank.Error, "coding"},
		{"lost mark", questionbank.Question{Type: questionbank.FillBlanks, Title: "Q", Gaps: []questionbank.Blank{{Accepted: []string{"a"}}}}, questionbank.Warning, "fewer gap marks"},
		{"extra mark", questionbank.Question{Type: questionbank.FillBlanks, Title: "Q", Prompt: "_____ _____", Gaps: []questionbank.Blank{{Accepted: []string{"a"}}}}, questionbank.Warning, "more gap marks"},
		{"no picture", questionbank.Question{Type: questionbank.Essay, Title: "Q", Prompt: `<img src="bank:x.png">`}, questionbank.Warning, "does not carry"},
	}
	for _, row := range rows {
		data, problems := written(t, []questionbank.Question{row.question, {Type: questionbank.Essay, Title: "Last", Prompt: "x"}})
		if len(problems) != 1 || problems[0].Severity != row.severity || problems[0].Question != "Q" || !strings.Contains(problems[0].Message, row.message) {
			t.Errorf("%s: got %+v", row.name, problems)
		}
		want := "Q,Last"
		if row.severity == questionbank.Error {
			want = "Last"
		}
		if got := titles(qti.Parse("p.zip", data)); got != want {
			t.Errorf("%s: the package holds %s, want %s", row.name, got, want)
		}
	}
}

func TestWriteKeepsNamesApart(t *testing.T) {
	t.Parallel()
	picture := func(data string) []questionbank.Image {
		return []questionbank.Image{{Name: "x.png", MediaType: "image/png", Data: append(slices.Clone(pngBytes), data...)}}
	}
	essay := func(id, data string) questionbank.Question {
		return questionbank.Question{Type: questionbank.Essay, Title: "T", ExternalID: id, Prompt: `<img src="bank:x.png">`, Images: picture(data)}
	}
	data, _ := written(t, []questionbank.Question{essay("same id", "1"), essay("same id", "2"), essay("7", "1"), essay("", "")})
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	want := "items/same_id.xml items/question_2.xml items/q_7.xml items/question_4.xml media/x.png media/question_2-x.png media/question_4-x.png imsmanifest.xml"
	if strings.Join(names, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(names, " "), want)
	}
	doc := qti.Parse("p.zip", data)
	if len(doc.Questions) != 4 || !bytes.HasSuffix(doc.Questions[1].Images[0].Data, []byte("2")) {
		t.Errorf("got %+v", doc)
	}
}

func TestWriteGivesBackTheWritersError(t *testing.T) {
	t.Parallel()
	if _, err := qti.Write(failing{}, bank()); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
	if _, err := qti.WriteItem(failing{}, bank()[1]); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
