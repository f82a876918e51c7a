package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/internal/secrets"
)

const fixtures = "../../internal/questionbank/"

// typed runs a command line and returns what it printed.
func typed(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, &out)
	return out.String(), err
}

type importDocument struct {
	Files []struct {
		File, Format string
		Questions    []questionbank.QuestionReport
		Problems     []questionbank.ProblemReport
	}
}

func dryRun(t *testing.T, args ...string) (importDocument, error) {
	t.Helper()
	text, err := typed(t, append([]string{"import", "questions", "--dry-run", "--json"}, args...)...)
	var doc importDocument
	if jsonErr := json.Unmarshal([]byte(text), &doc); jsonErr != nil {
		t.Fatalf("%v: %v\n%s", args, jsonErr, text)
	}
	return doc, err
}

func TestDryRunPrintsOneDocument(t *testing.T) {
	t.Parallel()
	text, err := typed(t, "import", "questions", fixtures+"gift/testdata/every-type.gift", "--json", "--dry-run", "--format", "gift")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"files": [`, `"file": "` + fixtures, `"format": "gift"`, `"type": "multiple choice"`, `"prompt": "What is the zero value of a slice?"`,
		`"choices": [`, `"correct": "nil"`, `"skills": [`, `"problems": [`, `"severity": "error"`, `"line": 52`, `"question": "Put in order"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	doc, err := dryRun(t, fixtures+"gift/testdata/every-type.gift", fixtures+"moodlexml/testdata/every-type.xml")
	if err != nil || len(doc.Files) != 2 || len(doc.Files[0].Questions) != 14 || len(doc.Files[1].Questions) != 10 {
		t.Errorf("two files: %v, %+v", err, doc)
	}
}

func TestRefusedFilesEndTheCommandWithAnError(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "broken.xml")
	if err := os.WriteFile(broken, []byte("<quiz>\n<question>\n</quiz>"), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := dryRun(t, broken)
	if !errors.Is(err, errRefusedFiles) || len(doc.Files[0].Questions) != 0 || doc.Files[0].Problems[0].Line != 3 || doc.Files[0].Problems[0].Severity != "error" {
		t.Errorf("%v, %+v", err, doc)
	}
	text, err := typed(t, "import", "questions", "--dry-run", broken, filepath.Join(t.TempDir(), "missing.gift"))
	if err == nil || !strings.Contains(text, "refused") || !strings.Contains(text, "line 3") || !strings.Contains(text, "cannot be read") {
		t.Errorf("%v\n%s", err, text)
	}
	for _, args := range [][]string{{"import", "questions"}, {"import", "questions", broken}, {"import", "questions", broken, "--dry-run", "--format", "word"},
		{"import", "nothing"}, {"export", "questions"}, {"export", "nothing"}} {
		if _, err := typed(t, args...); err == nil {
			t.Errorf("%v went through", args)
		}
	}
}

func TestImportingAndExportingByCommand(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := config.Settings{Addr: "127.0.0.1:0", Data: data, MailFrom: "Assay <assay@example.com>"}
	s.Resolve()
	h, err := openHouse(t.Context(), s, secrets.TestCost, database.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	acme := actions.CreateOrganization{Name: "Acme", TimeZone: "UTC", AdminName: "Ada", AdminEmail: "ada@acme.example.com", AdminPassword: "touchstone and streak"}
	if err := errors.Join(h.runner.Run(t.Context(), access.Program(0), &acme), h.close()); err != nil {
		t.Fatal(err)
	}
	file := fixtures + "gift/testdata/every-type.gift"
	bring := []string{"import", "questions", file, "--organization", "1", "--data", data, "--database", "sqlite:" + filepath.Join(data, "assay.db"), "--files", filepath.Join(data, "files")}
	for _, want := range []string{"Imported 14 questions", "left out 14"} {
		if text, err := typed(t, bring...); err != nil || !strings.Contains(text, want) {
			t.Fatalf("%v: want %q in\n%s", err, want, text)
		}
	}
	elsewhere := append([]string{}, bring...)
	elsewhere[4] = "99"
	if _, err := typed(t, elsewhere...); err == nil || !strings.Contains(err.Error(), "no organization 99") {
		t.Errorf("another organization: %v", err)
	}
	for _, format := range actions.ExportFormats {
		target := filepath.Join(t.TempDir(), "out"+format.Extension)
		args := append([]string{"export", "questions", "--format", format.Name, "--out", target}, bring[3:]...)
		if text, err := typed(t, args...); err != nil || !strings.Contains(text, "questions in") {
			t.Fatalf("%s: %v\n%s", format.Name, err, text)
		}
		written, err := os.ReadFile(target)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(bankfile.Parse(target, bankfile.Auto, written).Questions); n != 14 {
			t.Errorf("%s holds %d questions", format.Name, n)
		}
	}
}

// The collection of files from elsewhere, beside the repository.
const collection = "../../../shared/data/question-banks"

// expectedBank is what the collection's list says of one file.
type expectedBank struct {
	Questions  int
	Importable string
	Counts     map[string]int
	Detail     map[string]int `json:"other_detail"`
	Samples    []struct {
		MapsTo  string `json:"maps_to"`
		Prompt  string
		Options []string
		Correct any
	}
}

var listedAs = map[questionbank.Type]string{
	questionbank.MultipleChoice: "multiple_choice_single", questionbank.MultipleAnswer: "multiple_choice_multiple", questionbank.TrueFalse: "true_false",
	questionbank.FillBlanks: "fill_in_the_blank", questionbank.Match: "matching", questionbank.Essay: "essay",
}

func TestTheCommandReadsTheCollection(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(collection, "EXPECTED.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the collection of question banks is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Files map[string]expectedBank }
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for name, want := range list.Files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := dryRun(t, filepath.Join(collection, name))
			if err != nil && !errors.Is(err, errRefusedFiles) {
				t.Fatal(err)
			}
			if strings.HasPrefix(name, "qti") {
				// The reader's own test knows which other type an item of QTI may come in as.
				if want.Importable == "yes" && len(doc.Files[0].Questions) != want.Questions {
					t.Errorf("%d questions, want %d", len(doc.Files[0].Questions), want.Questions)
				}
				return
			}
			checkBank(t, doc, want)
		})
	}
}

func checkBank(t *testing.T, doc importDocument, want expectedBank) {
	t.Helper()
	got, file := map[string]int{}, doc.Files[0]
	for _, q := range file.Questions {
		got[listedAs[q.Type]]++
	}
	gaps := want.Detail["numerical"] + want.Detail["cloze"] + want.Detail["gapselect"] + want.Detail["ddwtos"]
	for _, key := range listedAs {
		most := want.Counts[key]
		if key == "fill_in_the_blank" {
			most += gaps
		}
		if got[key] < want.Counts[key] || got[key] > most {
			t.Errorf("%s: %d, want %d to %d", key, got[key], want.Counts[key], most)
		}
	}
	for _, sample := range want.Samples {
		if sample.MapsTo == "other" {
			continue
		}
		found := false
		for _, q := range file.Questions {
			found = found || (q.Prompt == sample.Prompt && listedAs[q.Type] == sample.MapsTo && (sample.Options == nil || reflect.DeepEqual(q.Choices, sample.Options)) &&
				reflect.DeepEqual(q.Correct, sample.Correct))
		}
		if !found {
			t.Errorf("no question is like %q with key %v", sample.Prompt, sample.Correct)
		}
	}
}
