package actions_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// fixture reads a file of the formats' own tests.
func fixture(t *testing.T, path string) actions.UploadedFile {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "questionbank", path))
	if err != nil {
		t.Fatal(err)
	}
	return actions.UploadedFile{Name: filepath.Base(path), Data: data}
}

// bringIn uploads files and imports them at once.
func bringIn(t *testing.T, w *testkit.World, actor access.Actor, how actions.Duplicates, files ...actions.UploadedFile) models.Import {
	t.Helper()
	upload := actions.UploadQuestions{Files: files}
	w.Run(t, actor, &upload)
	done := actions.ImportQuestions{ImportID: upload.Import.ID, Duplicates: how}
	w.Run(t, actor, &done)
	return done.Import
}

// meaning is what must survive a way out and in again: everything but places in files and names of pictures.
func meaning(t *testing.T, q questionbank.Question) string {
	t.Helper()
	q.Line = 0
	slices.SortFunc(q.Choices, func(a, b questionbank.Choice) int { return cmp.Compare(a.Text, b.Text) })
	slices.Sort(q.Decoys)
	for i := range q.Gaps {
		slices.SortFunc(q.Gaps[i].Partial, func(a, b questionbank.PartialAnswer) int { return cmp.Compare(a.Text, b.Text) })
	}
	slices.Sort(q.Skills)
	slices.Sort(q.Categories)
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatComesInGoesOutEqualInMeaning(t *testing.T) {
	t.Parallel()
	rows := []struct{ format, path string }{
		{"gift", "gift/testdata/every-type.gift"},
		{"moodle-xml", "moodlexml/testdata/every-type.xml"},
		{"qti3", ""},
		{"csv", ""},
		{"xlsx", ""},
	}
	for _, row := range rows {
		t.Run(row.format, func(t *testing.T) {
			t.Parallel()
			testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
				file := actions.UploadedFile{Name: "bank"}
				if row.path != "" {
					file = fixture(t, row.path)
				} else {
					file = written(t, row.format, fixture(t, "gift/testdata/every-type.gift"))
				}
				first := bankfile.Parse(file.Name, bankfile.Auto, file.Data)
				if len(first.Questions) < 5 {
					t.Fatalf("the fixture holds %d questions: %v", len(first.Questions), first.Problems)
				}
				rita := w.As(t, w.Rita)
				done := bringIn(t, w, rita, actions.NewDuplicates, file)
				if done.Created != len(first.Questions) {
					t.Fatalf("%d came in, want %d", done.Created, len(first.Questions))
				}
				export := actions.ExportQuestions{Format: row.format}
				w.Run(t, rita, &export)
				second := bankfile.Parse("again"+export.As.Extension, bankfile.Auto, export.File)
				compare(t, first, second)
			})
		})
	}
}

// written turns a file into another format.
func written(t *testing.T, format string, file actions.UploadedFile) actions.UploadedFile {
	t.Helper()
	doc := bankfile.Parse(file.Name, bankfile.Auto, file.Data)
	var out bytes.Buffer
	name := map[string]string{"qti3": "qti"}[format]
	if _, err := bankfile.Export(cmp.Or(name, format), &out, doc.Questions); err != nil {
		t.Fatal(err)
	}
	extension := map[string]string{"qti3": ".zip", "csv": ".csv", "xlsx": ".xlsx"}[format]
	return actions.UploadedFile{Name: "bank" + extension, Data: out.Bytes()}
}

func compare(t *testing.T, first, second questionbank.Document) {
	t.Helper()
	if len(first.Questions) != len(second.Questions) {
		t.Fatalf("%d questions went in, %d came out: %v", len(first.Questions), len(second.Questions), second.Problems)
	}
	for i := range first.Questions {
		if in, out := meaning(t, first.Questions[i]), meaning(t, second.Questions[i]); in != out {
			t.Errorf("question %d changed\n in: %s\nout: %s", i+1, in, out)
		}
	}
}

const withPicture = `<?xml version="1.0"?><quiz><question type="truefalse"><name><text>Map</text></name>
<questiontext format="html"><text><![CDATA[<p>This shows Lisbon. <img src="@@PLUGINFILE@@/map.png" alt="Map"></p>]]></text>
<file name="map.png" path="/" encoding="base64">iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==</file></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>`

func TestPicturesAreStoredAndGoOutAgain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		file := actions.UploadedFile{Name: "map.xml", Data: []byte(withPicture)}
		bringIn(t, w, rita, actions.SkipDuplicates, file)
		bringIn(t, w, rita, actions.NewDuplicates, file)
		var question models.Question
		var stored []models.File
		if err := w.DB.Read.Last(&question).Error; err != nil {
			t.Fatal(err)
		}
		w.DB.Read.Where("file_type_id = ?", models.FileTypeQuestionImage).Find(&stored)
		if len(stored) != 1 {
			t.Fatalf("%d pictures stored, want one for both imports", len(stored))
		}
		if keys := actions.PictureKeys(&question); len(keys) != 1 || keys[0] != stored[0].Key {
			t.Errorf("the question shows %v, want %s: %s", keys, stored[0].Key, question.Content)
		}
		for _, format := range []string{"moodle-xml", "qti3"} {
			export := actions.ExportQuestions{Format: format}
			w.Run(t, rita, &export)
			doc := bankfile.Parse("out"+export.As.Extension, bankfile.Auto, export.File)
			if len(doc.Questions) != 2 || len(doc.Questions[0].Images) != 1 || len(doc.Questions[0].Images[0].Data) != int(stored[0].Size) {
				t.Errorf("%s: the picture did not go out: %+v", format, doc)
			}
		}
	})
}

const twoQuestions = "::One:: What is one? {=1 ~2}\n\n::Two:: What is two? {=2 ~1}\n\n::Again:: What is ONE? {=1 ~2}\n"

func TestDuplicatesAreRecognised(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		file := actions.UploadedFile{Name: "two.gift", Data: []byte(twoQuestions)}
		rows := []struct {
			how                       actions.Duplicates
			created, updated, skipped int
		}{
			{actions.SkipDuplicates, 2, 0, 1},
			{actions.SkipDuplicates, 0, 0, 3},
			{actions.UpdateDuplicates, 0, 3, 0},
			{actions.NewDuplicates, 3, 0, 0},
		}
		for _, row := range rows {
			got := bringIn(t, w, rita, row.how, file)
			if got.Created != row.created || got.Updated != row.updated || got.Skipped != row.skipped || got.Status != models.ImportCommitted {
				t.Errorf("%s: %d created, %d updated, %d skipped, want %+v", row.how, got.Created, got.Updated, got.Skipped, row)
			}
		}
	})
}

func TestUpdatingByExternalIDKeepsTheOldVersion(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		sheet := func(prompt string) actions.UploadedFile {
			return actions.UploadedFile{Name: "bank.csv", Data: []byte("type,question,choice 1,choice 2,correct,external id,skills\n" +
				"multiple choice," + prompt + ",Oslo,Bergen,1,N-1,Geography\n")}
		}
		bringIn(t, w, rita, actions.SkipDuplicates, sheet("Capital of Norway?"))
		upload := actions.UploadQuestions{Files: []actions.UploadedFile{sheet("Which is the capital of Norway?")}}
		w.Run(t, rita, &upload)
		plan, err := w.Runner.QuestionImportPlan(context.Background(), rita, upload.Import.ID)
		if err != nil || plan.Count(actions.StandingChanged) != 1 {
			t.Fatalf("plan %+v, %v", plan, err)
		}
		w.Run(t, rita, &actions.ImportQuestions{ImportID: upload.Import.ID, Duplicates: actions.UpdateDuplicates})
		var questions []models.Question
		var versions []models.QuestionVersion
		w.DB.Read.Find(&questions)
		w.DB.Read.Order("version").Find(&versions)
		if len(questions) != 1 || questions[0].Version != 2 || len(versions) != 2 || versions[0].Content != "Capital of Norway?" {
			t.Errorf("questions %+v, versions %+v", questions, versions)
		}
	})
}

func TestBrokenFilesStayOutAndTheOthersComeIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		broken := actions.UploadedFile{Name: "broken.xml", Data: []byte("<quiz>\n<question type=\"essay\">\n</quiz>")}
		done := bringIn(t, w, rita, actions.SkipDuplicates, broken, actions.UploadedFile{Name: "two.gift", Data: []byte(twoQuestions)})
		if done.Created != 2 {
			t.Errorf("%d came in", done.Created)
		}
		upload := actions.UploadQuestions{Files: []actions.UploadedFile{broken}}
		w.Run(t, rita, &upload)
		plan, err := w.Runner.QuestionImportPlan(context.Background(), rita, upload.Import.ID)
		if err != nil || !plan.Files[0].Refused || plan.Files[0].Problems[0].Line == 0 {
			t.Errorf("plan %+v, %v", plan, err)
		}
		err = w.Runner.Run(context.Background(), rita, &actions.ImportQuestions{ImportID: upload.Import.ID, Duplicates: actions.SkipDuplicates})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("nothing to import: %v", err)
		}
	})
}

func TestImportingInTheBackground(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		status := func(id int64) models.Import {
			var row models.Import
			if err := w.DB.Read.First(&row, id).Error; err != nil {
				t.Fatal(err)
			}
			return row
		}
		start := func(data string) int64 {
			upload := actions.UploadQuestions{Files: []actions.UploadedFile{{Name: "a.gift", Data: []byte(data)}}}
			w.Run(t, rita, &upload)
			w.Run(t, rita, &actions.StartQuestionImport{ImportID: upload.Import.ID, Duplicates: actions.SkipDuplicates})
			if row := status(upload.Import.ID); row.Status != models.ImportRunning {
				t.Errorf("status %s", row.Status)
			}
			w.Drain(t)
			return upload.Import.ID
		}
		if row := status(start(twoQuestions)); row.Status != models.ImportCommitted || row.Created != 2 || row.Done != 3 {
			t.Errorf("got %+v", row)
		}
		if row := status(start("Only a comment without an answer block")); row.Status != models.ImportFailed || row.Message == nil {
			t.Errorf("got %+v", row)
		}
	})
}

func TestImportsAreRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		upload := actions.UploadQuestions{Files: []actions.UploadedFile{{Name: "two.gift", Data: []byte(twoQuestions)}}}
		w.Run(t, w.As(t, w.Rita), &upload)
		id := upload.Import.ID
		rows := []struct {
			name   string
			user   models.User
			action actions.Action
			want   fault.Kind
		}{
			{"no file", w.Rita, &actions.UploadQuestions{}, fault.Invalid},
			{"an empty file", w.Rita, &actions.UploadQuestions{Files: []actions.UploadedFile{{Name: "a"}}}, fault.Invalid},
			{"a panelist", w.Paul, &actions.UploadQuestions{Files: []actions.UploadedFile{{Name: "a", Data: []byte("x")}}}, fault.Forbidden},
			{"no word on duplicates", w.Rita, &actions.StartQuestionImport{ImportID: id}, fault.Invalid},
			{"another firm starts", w.Otto, &actions.StartQuestionImport{ImportID: id, Duplicates: actions.SkipDuplicates}, fault.NotFound},
			{"another firm imports", w.Otto, &actions.ImportQuestions{ImportID: id, Duplicates: actions.SkipDuplicates}, fault.NotFound},
			{"a panelist exports", w.Paul, &actions.ExportQuestions{Format: "gift"}, fault.Forbidden},
			{"an unknown format", w.Rita, &actions.ExportQuestions{Format: "word"}, fault.Invalid},
		}
		for _, row := range rows {
			if err := w.Runner.Run(context.Background(), w.As(t, row.user), row.action); fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
		w.Run(t, w.As(t, w.Rita), &actions.ImportQuestions{ImportID: id, Duplicates: actions.SkipDuplicates})
		again := w.Runner.Run(context.Background(), w.As(t, w.Rita), &actions.ImportQuestions{ImportID: id, Duplicates: actions.SkipDuplicates})
		if fault.KindOf(again) != fault.Conflict {
			t.Errorf("a second time: %v", again)
		}
	})
}
