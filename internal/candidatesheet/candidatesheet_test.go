package candidatesheet_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
)

var number = models.NumberData

func custom() []models.CustomField {
	return []models.CustomField{{Label: "Years driving", Key: "years", DataType: &number}}
}

func TestGuess(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name   string
		header []string
		cells  [][]string
		want   candidatesheet.Mapping
	}{
		{"English", []string{"First Name", "surname", "E-Mail Address", "Years driving", "Shoe size"}, nil,
			candidatesheet.Mapping{0: "first_name", 1: "last_name", 2: "email", 3: "cf:years"}},
		{"short English", []string{"Given", "Family", "Mail"}, nil,
			candidatesheet.Mapping{0: "first_name", 1: "last_name", 2: "email"}},
		{"German and case", []string{"VORNAME", "Nachname", "E-Mail", "Telefon"}, nil,
			candidatesheet.Mapping{0: "first_name", 1: "last_name", 2: "email", 3: "phone"}},
		{"French accents", []string{"Prénom", "Nom", "Courriel"}, nil,
			candidatesheet.Mapping{0: "first_name", 1: "last_name", 2: "email"}},
		{"no heading for the address", []string{"Name", "Contact"}, [][]string{{"Ann Lee", "ann@example.org"}},
			candidatesheet.Mapping{0: "name", 1: "email"}},
	}
	for _, row := range rows {
		got := candidatesheet.Guess(row.header, row.cells, custom())
		if len(got) != len(row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
		for column, key := range row.want {
			if got[column] != key {
				t.Errorf("%s: column %d is %q, want %q", row.name, column, got[column], key)
			}
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	sheet := candidatesheet.Sheet{Header: []string{"Name", "Mail", "Years"}, Custom: custom(),
		Mapping: candidatesheet.Mapping{0: "name", 1: "email", 2: "cf:years"}}
	rows := []struct {
		name     string
		cells    []string
		ok       bool
		problems int
		email    string
		last     string
	}{
		{"complete", []string{"Ann Lee", "ANN@example.org", "3,5"}, true, 0, "ann@example.org", "Lee"},
		{"no address", []string{"Ann Lee", "", ""}, false, 1, "", ""},
		{"a wrong address", []string{"Ann Lee", "ann at example", ""}, false, 1, "", ""},
		{"a wrong number is left out", []string{"Lee, Ann", "ann@example.org", "many"}, true, 1, "ann@example.org", "Lee"},
	}
	for _, row := range rows {
		draft, problems, ok := sheet.Read(spreadsheet.Row{Line: 2, Cells: row.cells})
		if ok != row.ok || len(problems) != row.problems {
			t.Errorf("%s: ok %v with %v", row.name, ok, problems)
		}
		if _, last := draft.Name(); ok && (draft.Email() != row.email || last != row.last) {
			t.Errorf("%s: got %q %q", row.name, draft.Email(), last)
		}
	}
}

func TestMappingSurvivesStoring(t *testing.T) {
	t.Parallel()
	got := candidatesheet.Restored(candidatesheet.Mapping{0: "email", 12: "cf:years"}.Stored())
	if got[0] != "email" || got[12] != "cf:years" || len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
