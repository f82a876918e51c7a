package qti_test

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/qti"
)

const referenceFolder = "../../../../shared/data/question-banks"

type reference struct {
	Files map[string]referenceFile `json:"files"`
}

type referenceFile struct {
	Path       string            `json:"-"`
	Importable string            `json:"importable"`
	Questions  int               `json:"questions"`
	Counts     map[string]int    `json:"counts"`
	Samples    []referenceSample `json:"samples"`
}

type referenceSample struct {
	Identifier string          `json:"identifier"`
	Title      string          `json:"title"`
	MapsTo     string          `json:"maps_to"`
	Also       []string        `json:"also_acceptable"`
	Prompt     string          `json:"prompt"`
	Body       string          `json:"body_text"`
	Math       bool            `json:"math"`
	Options    []string        `json:"options"`
	Correct    json.RawMessage `json:"correct"`
}

var wireNames = map[questionbank.Type]string{
	questionbank.MultipleChoice: "multiple_choice_single", questionbank.MultipleAnswer: "multiple_choice_multiple",
	questionbank.TrueFalse: "true_false", questionbank.FillBlanks: "fill_in_the_blank",
	questionbank.Match: "matching", questionbank.Essay: "essay",
}

// TestReferenceFiles reads files that real tools wrote and checks them against what is known of each.
func TestReferenceFiles(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(referenceFolder, "EXPECTED.json"))
	if err != nil {
		t.Skip("the reference question banks are not present")
	}
	var all reference
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for path, file := range all.Files {
		if !strings.HasPrefix(path, "qti") {
			continue
		}
		file.Path = path
		t.Run(file.Path, func(t *testing.T) {
			t.Parallel()
			checkReference(t, file)
		})
	}
}

func checkReference(t *testing.T, file referenceFile) {
	data, err := os.ReadFile(filepath.Join(referenceFolder, file.Path))
	if err != nil {
		t.Fatal(err)
	}
	doc := qti.Parse(filepath.Base(file.Path), data)
	t.Logf("%d questions, problems: %+v", len(doc.Questions), doc.Problems)
	if file.Questions == 0 && !doc.Refused() {
		t.Error("a file without questions is not refused")
	}
	if file.Importable == "yes" && len(doc.Questions) != file.Questions {
		t.Errorf("got %d questions, want %d", len(doc.Questions), file.Questions)
	}
	for _, sample := range file.Samples {
		checkSample(t, file, sample, doc)
	}
}

func checkSample(t *testing.T, file referenceFile, want referenceSample, doc questionbank.Document) {
	at := slices.IndexFunc(doc.Questions, func(q questionbank.Question) bool { return q.ExternalID == want.Identifier })
	if at < 0 {
		reported := slices.ContainsFunc(doc.Problems, func(p questionbank.Problem) bool {
			return p.Severity == questionbank.Error && p.Message != "" && (p.Question == want.Title || p.Question == want.Identifier)
		})
		if file.Importable == "yes" || !reported {
			t.Errorf("%s: neither imported nor reported", want.Identifier)
		}
		return
	}
	q := doc.Questions[at]
	got := wireNames[q.Type]
	warned := slices.ContainsFunc(doc.Problems, func(p problem) bool { return p.Question == q.Title || p.Question == q.ExternalID })
	if got != want.MapsTo && !slices.Contains(want.Also, got) {
		t.Errorf("%s: type %s, want %s", want.Identifier, got, want.MapsTo)
	}
	if got != want.MapsTo && want.MapsTo == "other" && !warned {
		t.Errorf("%s: imported as another type without a warning", want.Identifier)
	}
	checkText(t, want, plain(q.Prompt))
	if got == want.MapsTo {
		checkOptions(t, want, q)
		checkCorrect(t, want, q, warned)
	}
}

type problem = questionbank.Problem

func checkText(t *testing.T, want referenceSample, got string) {
	for _, text := range []string{want.Body, want.Prompt} {
		if squeeze(got) == squeeze(text) && (want.Math || got == text || text == "") || text == "" && got == want.Title {
			return
		}
	}
	t.Errorf("%s: prompt\n got %q\nwant %q", want.Identifier, got, want.Body)
}

func checkOptions(t *testing.T, want referenceSample, q questionbank.Question) {
	if want.Options == nil {
		return
	}
	var got []string
	for _, choice := range q.Choices {
		got = append(got, squeeze(plain(choice.Text)))
	}
	if q.Type == questionbank.FillBlanks {
		for _, option := range q.Gaps[0].Options {
			got = append(got, squeeze(option))
		}
	}
	wanted := make([]string, len(want.Options))
	for i, option := range want.Options {
		wanted[i] = squeeze(option)
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("%s: options %q, want %q", want.Identifier, got, wanted)
	}
}

func checkCorrect(t *testing.T, want referenceSample, q questionbank.Question, warned bool) {
	got := correctOf(q)
	if string(want.Correct) == "null" || len(want.Correct) == 0 {
		if q.Type != questionbank.Essay && (got != "" || !warned) {
			t.Errorf("%s: correct %s (warned: %t), want none and a warning", want.Identifier, got, warned)
		}
		return
	}
	var wanted any
	if err := json.Unmarshal(want.Correct, &wanted); err != nil {
		t.Fatal(err)
	}
	if squeeze(got) != squeeze(flatten(wanted)) {
		t.Errorf("%s: correct %s, want %s", want.Identifier, got, flatten(wanted))
	}
}

func correctOf(q questionbank.Question) string {
	var parts []any
	for _, choice := range q.Choices {
		if choice.Correct {
			parts = append(parts, plain(choice.Text))
		}
	}
	for _, gap := range q.Gaps {
		for _, answer := range gap.Accepted {
			parts = append(parts, answer)
		}
	}
	for _, pair := range q.Pairs {
		parts = append(parts, plain(pair.Left), plain(pair.Right))
	}
	return flatten(parts)
}

func flatten(value any) string {
	switch v := value.(type) {
	case string:
		return "[" + v + "]"
	case []any:
		var out strings.Builder
		for _, part := range v {
			out.WriteString(flatten(part))
		}
		return out.String()
	}
	return ""
}

var (
	blockTags = regexp.MustCompile(`</?(p|div|br|hr|h[1-6]|ul|ol|li|table|t[rdh]|tbody|thead|blockquote|pre|dl|dt|dd|m[a-z]+)\b[^>]*>`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
)

// plain is the text a person reads: tags gone, blocks apart, white space collapsed.
func plain(markup string) string {
	text := anyTag.ReplaceAllString(blockTags.ReplaceAllString(markup, " "), "")
	return strings.Join(strings.Fields(html.UnescapeString(text)), " ")
}

// squeeze makes texts with formulas comparable, whose white space and invisible operators mean nothing.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r >= '\u2061' && r <= '\u2064' {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(text), ""))
}
