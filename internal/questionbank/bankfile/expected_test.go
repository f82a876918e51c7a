package bankfile_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
)

// The collection of files from elsewhere, beside the repository.
const collection = "../../../../shared/data/question-banks"

type expectedFile struct {
	Questions int
	Counts    map[string]int
	Detail    map[string]int `json:"other_detail"`
	Native    map[string]int
	Samples   []expectedSample
}

type expectedSample struct {
	N       int
	Native  string
	MapsTo  string `json:"maps_to"`
	Prompt  string
	Options []string
	Correct any
}

var keys = map[questionbank.Type]string{
	questionbank.MultipleChoice: "multiple_choice_single",
	questionbank.MultipleAnswer: "multiple_choice_multiple",
	questionbank.TrueFalse:      "true_false",
	questionbank.FillBlanks:     "fill_in_the_blank",
	questionbank.Match:          "matching",
	questionbank.Essay:          "essay",
}

// TestCollection reads every GIFT, Moodle XML and CSV file of the collection and compares what came in with its list.
func TestCollection(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(collection, "EXPECTED.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the collection of question banks is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Files map[string]expectedFile }
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for name, want := range list.Files {
		if strings.HasPrefix(name, "qti") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(filepath.Join(collection, name))
			if err != nil {
				t.Fatal(err)
			}
			report := questionbank.NewFileReport(bankfile.Parse(name, bankfile.Auto, data))
			checkCounts(t, report, want)
			for _, sample := range want.Samples {
				checkSample(t, report, sample)
			}
		})
	}
}

func checkCounts(t *testing.T, report questionbank.FileReport, want expectedFile) {
	t.Helper()
	got, left := map[string]int{}, 0
	for _, q := range report.Questions {
		got[keys[q.Type]]++
	}
	for _, p := range report.Problems {
		if p.Severity == questionbank.Error && p.Question != "" {
			left++
		}
	}
	if total := len(report.Questions) + left; total != want.Questions {
		t.Errorf("%d questions came in and %d were left out with a reason, want %d together", len(report.Questions), left, want.Questions)
	}
	// What the list counts as other may come in as gaps.
	asGaps := 0
	for _, native := range []string{"numerical", "cloze", "gapselect", "ddwtos"} {
		asGaps += want.Detail[native]
	}
	for _, key := range keys {
		least, most := want.Counts[key], want.Counts[key]
		if key == "fill_in_the_blank" {
			most += asGaps
		}
		if got[key] < least || got[key] > most {
			t.Errorf("%s: %d, want %d to %d", key, got[key], least, most)
		}
	}
}

func checkSample(t *testing.T, report questionbank.FileReport, want expectedSample) {
	t.Helper()
	if want.MapsTo == "other" {
		return
	}
	var prompts []string
	for _, q := range report.Questions {
		if q.Prompt != want.Prompt || keys[q.Type] != want.MapsTo {
			prompts = append(prompts, q.Prompt)
			continue
		}
		if want.Options != nil && !reflect.DeepEqual(q.Choices, want.Options) {
			continue
		}
		if got := viaJSON(t, q.Correct); reflect.DeepEqual(got, want.Correct) {
			return
		}
	}
	t.Errorf("no question is like sample %d %q with options %q and key %v; prompts: %q", want.N, want.Prompt, want.Options, want.Correct, prompts)
}

func viaJSON(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var back any
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}
