package candidatesheet

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
)

// Draft is one person as a row describes it. Empty values were not given.
type Draft struct {
	Line   int
	Values map[string]string // by field key
	Custom map[string]any    // by the key of the organization's field

	whole, beside addresses.Person // names out of one column, and beside the address
}

// Email returns the draft's address in lower case.
func (d Draft) Email() string { return d.Values[Email] }

// Problem is something about a row that keeps it out, or part of it.
type Problem struct {
	Line   int    `json:"line"`
	Column string `json:"column"` // heading; "" when it is about the whole row
	Value  string `json:"value"`
	Text   string `json:"text"`
	Minor  bool   `json:"minor,omitempty"` // the row comes in without this value
}

// Sheet reads rows under a mapping.
type Sheet struct {
	Header  []string
	Mapping Mapping
	Custom  []models.CustomField
}

// longest bounds a value in characters; a bio may be longer.
const (
	longest    = 500
	longestBio = 20_000
)

// Read returns what a row says and what is wrong with it. When ok is false the row cannot come in.
func (s Sheet) Read(row spreadsheet.Row) (draft Draft, problems []Problem, ok bool) {
	draft = Draft{Line: row.Line, Values: map[string]string{}, Custom: map[string]any{}}
	ok = true
	complain := func(column int, minor bool, format string, args ...any) {
		problems = append(problems, Problem{Line: row.Line, Column: s.heading(column), Value: cut(row.Cells[column]),
			Text: fmt.Sprintf(format, args...), Minor: minor})
		ok = ok && minor
	}
	for column, cell := range row.Cells {
		key, value := s.Mapping[column], strings.TrimSpace(cell)
		if key == "" || value == "" {
			continue
		}
		if text := s.put(&draft, key, value); text != "" {
			complain(column, key != Email, "%s", text)
		}
	}
	if draft.Email() == "" && ok {
		problems = append(problems, Problem{Line: row.Line, Text: "There is no e-mail address in this row."})
		ok = false
	}
	return draft, problems, ok
}

// put stores a value and returns what is wrong with it, "" for nothing.
func (s Sheet) put(d *Draft, key, value string) string {
	most := longest
	if key == Bio {
		most = longestBio
	}
	if utf8.RuneCountInString(value) > most {
		return fmt.Sprintf("Longer than %d characters. It is left out.", most)
	}
	switch {
	case key == Email:
		person, ok := addresses.One(value)
		if !ok {
			return "This is not an e-mail address."
		}
		d.Values[Email], d.beside = person.Email, person
	case key == FullName:
		d.whole.FirstName, d.whole.LastName = addresses.Names(value)
	case strings.HasPrefix(key, CustomPrefix):
		return s.putCustom(d, strings.TrimPrefix(key, CustomPrefix), value)
	default:
		d.Values[key] = value
	}
	return ""
}

func (s Sheet) putCustom(d *Draft, key, value string) string {
	for _, field := range s.Custom {
		if field.Key != key {
			continue
		}
		parsed, err := field.Parse(value)
		if err != nil {
			return err.Error() + " It is left out."
		}
		d.Custom[key] = parsed
	}
	return ""
}

// Name returns first and last name: those of their own columns, else of the full name, else of what stood beside the
// address.
func (d Draft) Name() (first, last string) {
	switch {
	case d.Values[FirstName] != "" || d.Values[LastName] != "":
		return d.Values[FirstName], d.Values[LastName]
	case d.whole.FirstName != "":
		return d.whole.FirstName, d.whole.LastName
	}
	return d.beside.FirstName, d.beside.LastName
}

func (s Sheet) heading(column int) string {
	if column < len(s.Header) && s.Header[column] != "" {
		return s.Header[column]
	}
	return fmt.Sprintf("Column %d", column+1)
}

const shown = 80

// cut keeps a value short enough for a list of problems.
func cut(value string) string {
	runes := []rune(strings.ToValidUTF8(value, ""))
	if len(runes) <= shown {
		return string(runes)
	}
	return string(runes[:shown]) + "…"
}
