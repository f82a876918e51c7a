package sheet_test

import (
	"archive/zip"
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/sheet"
)

func report(source string) questionbank.FileReport {
	return questionbank.NewFileReport(sheet.Parse("x.csv", []byte(source)))
}

func TestKeys(t *testing.T) {
	t.Parallel()
	const head = "question,answer1,answer2,answer3,correctAnswer\n"
	rows := []struct {
		name, source string
		correct      []any // one for each row
	}{
		{"numbers from 1", head + "Q1,a,b,c,3\nQ2,a,b,c,1\n", []any{"c", "a"}},
		{"numbers from 0 as one row shows", head + "Q1,a,b,c,2\nQ2,a,b,c,0\n", []any{"c", "a"}},
		{"columns named from 0", "question,option0,option1,correct\nQ1,a,b,1\n", []any{"b"}},
		{"texts that look like numbers", head + "Q1,2,3,4,4\nQ2,10,20,30,20\n", []any{"4", "20"}},
		{"numbers as positions among numbers", head + "Q1,20,30,40,2\nQ2,1,7,9,3\n", []any{"30", "9"}},
		{"letters", head + "Q1,x,y,z,B\nQ2,x,y,z,(c)\n", []any{"y", "z"}},
		{"texts", head + "Q1,x,y,z,Y\nQ2,red,green,blue,green\n", []any{"y", "green"}},
		{"names of columns", head + "Q1,x,y,z,answer2\n", []any{"y"}},
		{"several numbers", head + "Q1,x,y,z,\"1,3\"\nQ2,x,y,z,2;3\nQ3,x,y,z,1\n", []any{[]string{"x", "z"}, []string{"y", "z"}, "x"}},
		{"several texts", head + "Q1,x,y,z,x|z\n", []any{[]string{"x", "z"}}},
		{"several letters", head + "Q1,x,y,z,\"A,C\"\nQ2,x,y,z,AC\n", []any{[]string{"x", "z"}, []string{"x", "z"}}},
		{"letters before the texts", head + "Q1,red,green,blue,B) green\n", []any{"green"}},
		{"decimal commas", head + "Q1,\"0,15\",\"0,2\",\"0,3\",\"0,15\"\n", []any{"0,15"}},
		{"numbers written with decimals", head + "Q1,a,b,c,2.0\n", []any{"b"}},
		{"an empty column between", head + "Q1,a,,c,3\n", []any{"c"}},
		{"right and wrong answers", "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2\nQ1,a,b,c\n", []any{"a"}},
		{"all options in one cell", "question;options;answer\nQ1;a|b|c;b\n", []any{"b"}},
		{"a bar as delimiter", "question|a|b|answer\nQ1|x|y|B\n", []any{"y"}},
		{"tabs", "Question\tOption A\tOption B\tAnswer\nQ1\tx\ty\tA\n", []any{"x"}},
		{"explanations in titles", "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Time limit (sec),Correct answer(s) - choose at least one\nQ1,x,y,20,2\n", []any{"y"}},
		{"rows above the titles", "Our quiz,,,\n,,,\nquestion,a,b,key\nQ1,x,y,b\n", []any{"y"}},
		{"none", head + "Q1,a,b,c,\n", []any{nil}},
		{"Portuguese titles", "Pergunta,Opção 1,Opção 2,Resposta Correta\nQ1,x,y,2\n", []any{"y"}},
		{"Spanish titles", "Pregunta;Opción A;Opción B;Respuesta correcta;Explicación\nQ1;x;y;B;z\n", []any{"y"}},
		{"German titles and a line break", "Frage;Antwort 1;Antwort 2;Richtige Antwort\n\"Q\n1\";x;y;1\n", []any{"x"}},
		{"French titles", "Question;Réponse A;Réponse B;Bonne réponse\nQ1;x;y;A\n", []any{"x"}},
		{"Italian titles", "Domanda,Opzione A,Opzione B,Risposta Esatta,Tempo (secondi)\nQ1,x,y,B,20\n", []any{"y"}},
		{"Russian titles and letters", "Вопрос;Вариант А;Вариант Б;Правильный ответ\nQ1;x;y;Б\n", []any{"y"}},
		{"Greek titles", "Ερώτηση;Επιλογή 1;Επιλογή 2;Σωστή απάντηση\nQ1;x;y;1\n", []any{"x"}},
		{"Chinese titles", "题目,选项A,选项B,答案,解析\nQ1,x,y,B,z\n", []any{"y"}},
		{"a list as programs note it", "question,choices,answer\nQ1,\"[\"\"x, y\"\", \"\"z\"\", 3]\",B\n", []any{"z"}},
		{"a list in single quotation marks", "question,choices,answer\nQ1,\"['x', \"\"it's\"\", 'don\\'t']\",2\n", []any{"it's"}},
		{"letters and texts in braces", "question,options,answer\nQ1,\"{'A': 'x', 'B': 'y', 'C': 'z'}\",C\n", []any{"z"}},
		{"brackets that are no list", "question,options,answer\nQ1,[a;b],2\n", []any{"b]"}},
		{"abbreviations", "qn,op1,op2,ans\nQ1,x,y,2\n", []any{"y"}},
		{"letters in brackets", "Question,Option (A),Option (B),Correct Answer (letter)\nQ1,x,y,B\n", []any{"y"}},
		{"wrong answers named in Spanish", "Pregunta,Respuesta correcta,Respuesta incorrecta 1,Respuesta incorrecta 2\nQ1,x,y,z\n", []any{"x"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := report(row.source)
			if len(got.Questions) != len(row.correct) {
				t.Fatalf("%d questions, want %d; problems %+v", len(got.Questions), len(row.correct), got.Problems)
			}
			for i, want := range row.correct {
				if !reflect.DeepEqual(got.Questions[i].Correct, want) {
					t.Errorf("row %d: %v, want %v", i+1, got.Questions[i].Correct, want)
				}
			}
		})
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	const head = "type,question,choice 1,choice 2,correct,accepted,left 1,right 1,right 2\n"
	rows := []struct {
		row     string
		kind    questionbank.Type
		correct any
	}{
		{",Q,x,y,1,,,,", questionbank.MultipleChoice, "x"},
		{"Checkbox,Q,x,y,1,,,,", questionbank.MultipleAnswer, []string{"x"}},
		{",Q,x,y,1;2,,,,", questionbank.MultipleAnswer, []string{"x", "y"}},
		{",Q,,,TRUE,,,,", questionbank.TrueFalse, true},
		{"True/False,Q,True,False,2,,,,", questionbank.TrueFalse, false},
		{",Q,,,falsch,,,,", questionbank.TrueFalse, false},
		{"Opción múltiple,Q,x,y,1,,,,", questionbank.MultipleChoice, "x"},
		{"多选题,Q,x,y,1,,,,", questionbank.MultipleAnswer, []string{"x"}},
		{"Wahr/Falsch,Q,,,wahr,,,,", questionbank.TrueFalse, true},
		{"Dissertativa,Q,,,,,,,", questionbank.Essay, nil},
		{",Q,,,Верно,,,,", questionbank.TrueFalse, true},
		{",Q,,,Paris,,,,", questionbank.FillBlanks, []string{"Paris"}},
		{"short answer,Q,,,,a;b\\;c,,,", questionbank.FillBlanks, []string{"a", "b;c"}},
		{"fill blanks,Q _____ and _____,,,,a;b | c,,,", questionbank.FillBlanks, [][]string{{"a", "b"}, {"c"}}},
		{",Q,,,,,frog,amphibian,insect", questionbank.Match, [][2]string{{"frog", "amphibian"}}},
		{"Open-Ended,Q,,,,,,,", questionbank.Essay, nil},
	}
	for _, row := range rows {
		t.Run(row.row, func(t *testing.T) {
			t.Parallel()
			got := report(head + row.row + "\n")
			if len(got.Questions) != 1 {
				t.Fatalf("problems %+v", got.Problems)
			}
			if q := got.Questions[0]; q.Type != row.kind || !reflect.DeepEqual(q.Correct, row.correct) {
				t.Errorf("got %+v", q)
			}
		})
	}
}

func TestProblemsNameRowAndColumn(t *testing.T) {
	t.Parallel()
	const head = "question,answer1,answer2,correctAnswer,type,image,marks\n"
	rows := []struct {
		name, row string
		severity  questionbank.Severity
		words     []string
	}{
		{"a key beyond the options", "Q,a,b,7,,,", questionbank.Error, []string{"Row 2", "“7”", "correctAnswer"}},
		{"no question", ",a,b,1,,,", questionbank.Error, []string{"Row 2", "question"}},
		{"no key", "Q,a,b,,,,", questionbank.Warning, []string{"no correct option"}},
		{"an unknown type", "Q,a,b,1,hotspot,,", questionbank.Error, []string{"Row 2", "hotspot", "type"}},
		{"nothing to choose", "Q,,,,,,", questionbank.Error, []string{"Row 2", "correctAnswer"}},
		{"an unquoted comma", "Q,a,b,1,,,1,more", questionbank.Error, []string{"Row 2", "more cells"}},
		{"a picture", "Q,a,b,1,,http://example.org/x.png,", questionbank.Warning, []string{"Row 2", "image"}},
		{"marks", "Q,a,b,1,,,many", questionbank.Warning, []string{"Row 2", "marks", "many"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := report(head + row.row + "\nGood,a,b,1,,,\n")
			if len(got.Questions) == 0 || got.Refused {
				t.Errorf("the good row did not come in: %+v", got)
			}
			for _, p := range got.Problems {
				if p.Severity == row.severity && p.Line == 2 && containsAll(p.Message, row.words) {
					return
				}
			}
			t.Errorf("no such %s among %+v", row.severity, got.Problems)
		})
	}
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func TestRefused(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, source string
		line         int
	}{
		{"no titles", "What?,a,b,1\n", 1},
		{"quotes that never close", "question,answer\nQ,\"a\nR,b\n", 2},
		{"titles only", "question,answer\n", 0},
		{"bytes", "question\x00,answer\n", 0},
		{"a broken workbook", "PK\x03\x04nonsense", 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := report(row.source)
			if !got.Refused || len(got.Questions) > 0 {
				t.Fatalf("not refused: %+v", got)
			}
			if last := got.Problems[len(got.Problems)-1]; last.Line != row.line {
				t.Errorf("line %d, want %d: %q", last.Line, row.line, last.Message)
			}
		})
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	rows := []struct{ name, source, prompt string }{
		{"plain text with a comparison", "question,answer\nIs 3 < x && x > 1?,true\n", "Is 3 < x && x > 1?"},
		{"markup", "question,answer\n<p>Is <b>this</b>&nbsp;so?</p>,true\n", "Is this so?"},
		{"a tag that is meant", "question,answer\nWhat does <br mean?,x\n", "What does <br mean?"},
		{"an entity", "question,answer\nAT&amp;T?,x\n", "AT&T?"},
		{"several lines", "question,answer\r\n\"One\r\ntwo?\",x\r\n", "One two?"},
		{"semicolons after sep=", "sep=;\nquestion;answer\nSo?;x\n", "So?"},
		{"Windows-1252", "question,answer\nGr\xf6\xdfe?,x\n", "Größe?"},
		{"a byte order mark", "\xef\xbb\xbfquestion,answer\nGröße?,x\n", "Größe?"},
		{"quotes within a cell", "question,answer\nWhat is \"x\"?,y\n", `What is "x"?`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := report(row.source)
			if len(got.Questions) != 1 || got.Questions[0].Prompt != row.prompt {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestTemplateReadsCleanly(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := sheet.Template(&out); err != nil {
		t.Fatal(err)
	}
	doc := sheet.Parse("template.csv", out.Bytes())
	if len(doc.Problems) > 0 || len(doc.Questions) != 6 {
		t.Errorf("%d questions, problems %+v", len(doc.Questions), doc.Problems)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	no := false
	before := []questionbank.Question{
		{Type: questionbank.MultipleAnswer, Title: "T", Prompt: "<p>A &lt;b&gt; &amp; <b>c</b></p>", Hint: "h", Feedback: "f", Skills: []string{"a;b", "c"},
			Choices:    []questionbank.Choice{{Text: "0", Correct: true, Weight: 0.5}, {Text: "&lt;b&gt;x&lt;/b&gt;", Weight: -1}, {Text: "1", Correct: true, Weight: 0.5}},
			Categories: []string{"x/y"}, Difficulty: "hard", Marks: 2.5, Shuffle: true, ExternalID: "id"},
		{Type: questionbank.TrueFalse, Prompt: "Is &amp;lt; so?", Truth: &no},
		{Type: questionbank.FillBlanks, Prompt: "_____ or _____", Gaps: []questionbank.Blank{{Accepted: []string{"a|b", "c"}}, {Accepted: []string{`d\`}}}},
		{Type: questionbank.Match, Prompt: "M", Pairs: []questionbank.Pair{{Left: "l", Right: "r"}}, Decoys: []string{"d"}},
		{Type: questionbank.Essay, Prompt: "=1+1", Guidance: "@g", Title: "'=x"},
	}
	var out bytes.Buffer
	problems, err := sheet.Write(&out, before)
	if err != nil || len(problems) > 0 {
		t.Fatalf("write: %v, %+v", err, problems)
	}
	after := sheet.Parse("again.csv", out.Bytes())
	if len(after.Questions) != len(before) || len(after.Problems) > 0 {
		t.Fatalf("%d came back, problems %+v\n%s", len(after.Questions), after.Problems, out.String())
	}
	for i := range before {
		after.Questions[i].Line = 0
		if !reflect.DeepEqual(after.Questions[i], before[i]) {
			t.Errorf("a round trip changed question %d:\n%+v\nwant\n%+v\n%s", i+1, after.Questions[i], before[i], out.String())
		}
	}
}

func workbook(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	rows := [][]any{{"Question", "Option 1", "Option 2", "Correct"}, {"Larger?", 3, 4.5, 2}, nil, {"So?", true, false, "FALSE"}}
	for i, cells := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &cells); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := book.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellStr("Notes", "A1", "by us"); err != nil {
		t.Fatal(err)
	}
	buffer, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	doc := sheet.Parse("x.xlsx", workbook(t))
	got := questionbank.NewFileReport(doc)
	if len(got.Questions) != 2 || got.Questions[0].Correct != "4.5" || got.Questions[1].Correct != "FALSE" || doc.Questions[1].Line != 4 {
		t.Errorf("got %+v", got)
	}
	if len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Message, "Notes") || got.Format != "xlsx" {
		t.Errorf("format %s, problems %+v", got.Format, got.Problems)
	}
}

func TestWorkbookThatUnpacksToTooMuch(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	entry, err := w.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 101 {
		if _, err := entry.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if doc := sheet.Parse("bomb.xlsx", out.Bytes()); !doc.Refused() || !strings.Contains(doc.Problems[0].Message, "size") {
		t.Errorf("got %+v", doc)
	}
}

func FuzzParse(f *testing.F) {
	var template bytes.Buffer
	if err := sheet.Template(&template); err != nil {
		f.Fatal(err)
	}
	f.Add(template.Bytes())
	f.Add([]byte("question;options;answer;weights\n<p>x</p>;[\"a\",\"b\"];A,b;1;\n"))
	f.Add(workbook(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc := sheet.Parse("fuzz.csv", data)
		if doc.Refused() && len(doc.Questions) > 0 {
			t.Error("a refused file kept questions")
		}
		if len(doc.Questions) == 0 && len(doc.Problems) == 0 {
			t.Error("nothing came in and nothing was said")
		}
		if _, err := sheet.Write(new(bytes.Buffer), doc.Questions); err != nil {
			t.Error(err)
		}
	})
}

func TestKeysOfOptionsThatAreNumbersReadBack(t *testing.T) {
	t.Parallel()
	doc := sheet.Parse("x.csv", []byte("question,a,b,c,d,correct\nWhich is even?,1,3,4,7,C\n"))
	var out bytes.Buffer
	if problems, err := sheet.Write(&out, doc.Questions); err != nil || len(problems) > 0 {
		t.Fatalf("%v, %+v", err, problems)
	}
	if got := report(out.String()); len(got.Questions) != 1 || got.Questions[0].Correct != "4" {
		t.Errorf("%s came back as %+v", out.String(), got)
	}
}
