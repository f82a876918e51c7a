// Package candidatesheet reads a table of people: it knows what a column can hold, guesses which holds what, and says
// row by row what does not fit. It touches no database.
package candidatesheet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// Field is something a column can hold. CustomPrefix and its key name an organization's own field.
type Field struct {
	Key   string
	Label string
	names []string // folded headings that mean it
}

// The keys of the fields that every candidate has.
const (
	Email      = "email"
	FullName   = "name"
	FirstName  = "first_name"
	MiddleName = "middle_name"
	LastName   = "last_name"
	Phone      = "phone"
	ExternalID = "external_id"
	Industry   = "industry"
	Bio        = "bio"

	CustomPrefix = "cf:"
)

func standard() []Field {
	return []Field{
		{Email, "E-mail", []string{"email", "e-mail", "mail", "email address", "e-mail address", "e-mail-adresse", "correo", "courriel", "adresse e-mail"}},
		{FullName, "Name, in one column", []string{"name", "full name", "candidate", "candidate name", "nombre completo", "nom complet"}},
		{FirstName, "First name", []string{"first name", "given name", "given", "forename", "vorname", "nombre", "prenom", "nome"}},
		{MiddleName, "Middle name", []string{"middle name", "second name"}},
		{LastName, "Last name", []string{"last name", "family name", "family", "surname", "nachname", "apellido", "apellidos", "nom", "sobrenome", "apelido"}},
		{Phone, "Phone", []string{"phone", "phone number", "mobile", "mobile number", "telephone", "telefon", "telefono", "telefone", "tel"}},
		{ExternalID, "Your own id", []string{"external id", "externalid", "candidate id", "applicant id", "reference", "ref"}},
		{Industry, "Industry", []string{"industry", "branche", "sector"}},
		{Bio, "Bio", []string{"bio", "about", "summary"}},
	}
}

// Fields lists what a column can hold, the organization's own fields last.
func Fields(custom []models.CustomField) []Field {
	fields := standard()
	for _, c := range custom {
		fields = append(fields, Field{CustomPrefix + c.Key, c.Label, []string{fold(c.Label), fold(c.Key)}})
	}
	return fields
}

// Mapping says which column holds which field: places in the file, counted from 0, to keys of fields.
type Mapping map[int]string

// Guess returns a mapping from the headings, and finds the column of addresses in the first rows when no heading says.
func Guess(header []string, rows [][]string, custom []models.CustomField) Mapping {
	m := Mapping{}
	taken := map[string]bool{}
	for i, heading := range header {
		for _, f := range Fields(custom) {
			if !taken[f.Key] && slices.Contains(f.names, fold(heading)) {
				m[i], taken[f.Key] = f.Key, true
				break
			}
		}
	}
	if taken[Email] {
		return m
	}
	for i := range header {
		if _, used := m[i]; !used && holdsAddresses(rows, i) {
			m[i] = Email
			break
		}
	}
	return m
}

// Has tells whether a column was given to the field.
func (m Mapping) Has(key string) bool {
	for _, k := range m {
		if k == key {
			return true
		}
	}
	return false
}

// Stored returns the mapping as it is kept in a row.
func (m Mapping) Stored() map[string]any {
	kept := make(map[string]any, len(m))
	for column, key := range m {
		kept[strconv.Itoa(column)] = key
	}
	return kept
}

// Restored is the other way round; entries that make no sense are left out.
func Restored(kept map[string]any) Mapping {
	m := Mapping{}
	for place, key := range kept {
		column, err := strconv.Atoi(place)
		text, isText := key.(string)
		if err == nil && isText && text != "" {
			m[column] = text
		}
	}
	return m
}

func holdsAddresses(rows [][]string, column int) bool {
	found := 0
	for _, row := range rows {
		if column < len(row) {
			if _, ok := addresses.One(row[column]); ok {
				found++
			}
		}
	}
	return found > 0 && found*2 >= len(rows)
}

// fold makes headings comparable: case, accents and the marks between words make no difference.
func fold(heading string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("_", " ", ".", " ", ":", " ", "*", " ").Replace(textfold.Fold(heading))), " ")
}
