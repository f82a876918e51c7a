// Package addresses reads e-mail addresses out of what people paste: one a line or several with commas, plain or as
// "Ann Lee <ann@example.org>".
package addresses

import (
	"net/mail"
	"strings"
	"unicode"
)

// Person is one address with the name that stood beside it; the names are empty where none did.
type Person struct {
	Email     string `json:"email"` // lower case
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
}

// List is what a text held.
type List struct {
	People   []Person // each address once, in order
	Repeated int      // how many stood there more than once
	Unread   []string // pieces that are no address, as they stood
}

// Longest is the length in bytes of the longest address that mail servers take.
const Longest = 254

// Parse reads a text. It fails on nothing: what it cannot read is listed.
func Parse(text string) List {
	var found List
	seen := map[string]bool{}
	for _, piece := range split(text) {
		person, ok := One(piece)
		switch {
		case !ok:
			found.Unread = append(found.Unread, piece)
		case seen[person.Email]:
			found.Repeated++
		default:
			seen[person.Email] = true
			found.People = append(found.People, person)
		}
	}
	return found
}

// One reads a single address, with or without a name.
func One(piece string) (Person, bool) {
	piece = strings.TrimSpace(piece)
	address, name := piece, ""
	if open := strings.LastIndex(piece, "<"); open >= 0 && strings.HasSuffix(piece, ">") {
		address, name = piece[open+1:len(piece)-1], piece[:open]
	}
	address = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(address), "mailto:"))
	if !Valid(address) {
		return Person{}, false
	}
	first, last := Names(name)
	return Person{Email: address, FirstName: first, LastName: last}, true
}

// Valid tells whether s is a bare e-mail address.
func Valid(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > Longest {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return !strings.ContainsFunc(s, unicode.IsSpace) && strings.Contains(domain, ".")
}

// Names splits a display name; "Lee, Ann" is the family name first.
func Names(name string) (first, last string) {
	name = strings.Join(strings.Fields(strings.Trim(strings.TrimSpace(name), `"'`)), " ")
	if family, given, reversed := strings.Cut(name, ", "); reversed {
		return given, family
	}
	if at := strings.LastIndex(name, " "); at > 0 {
		return name[:at], name[at+1:]
	}
	return name, ""
}

// split cuts at line ends, semicolons, tabs and commas, but not at a comma within a quoted name or before the address
// that belongs to the name. Several bare addresses on a line may also be parted by spaces.
func split(text string) []string {
	var pieces []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' || r == '\t' }) {
		for _, piece := range atCommas(line) {
			pieces = append(pieces, atSpaces(piece)...)
		}
	}
	return pieces
}

func atCommas(line string) []string {
	var pieces []string
	start, quoted := 0, false
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted && !isNameComma(line[start:i], line[i+1:]):
			pieces = append(pieces, line[start:i])
			start = i + 1
		}
	}
	return append(pieces, line[start:])
}

// isNameComma tells whether the comma between before and after stands inside "Lee, Ann <ann@example.org>".
func isNameComma(before, after string) bool {
	if strings.Contains(before, "@") {
		return false
	}
	next, _, _ := strings.Cut(after, ",")
	open := strings.Index(next, "<")
	return open >= 0 && !strings.Contains(next[:open], "@")
}

func atSpaces(piece string) []string {
	piece = strings.TrimSpace(piece)
	if piece == "" {
		return nil
	}
	words := strings.Fields(piece)
	if strings.Contains(piece, "<") || len(words) == 1 {
		return []string{piece}
	}
	for _, w := range words {
		if !strings.Contains(w, "@") {
			return []string{piece}
		}
	}
	return words
}
