package access

import (
	"maps"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

// TokenScope narrows what the holder of a token may do: subjects of the matrix with blanks between them, each with
// ":read" where it may only be read. Empty, it narrows nothing. It never gives what the role does not.
type TokenScope string

const readOnly = ":read"

// reads are the verbs that change nothing.
var reads = []string{"view", "read", "export"}

// wireSubjects are words of the document for what the matrix calls otherwise.
var wireSubjects = map[string][]string{
	"section":    {"assessment", "parameter"},
	"invitation": {"participation", "attempt"},
	"evaluation": {"panel", "file"},
	"candidate":  {"file"},
}

// TokenSubjects returns the words that a token's scope may hold, sorted.
func TokenSubjects() []string {
	known := map[string]bool{}
	for _, l := range Matrix {
		if len(l.Roles) > 0 || l.Everyone {
			known[subjectOf(l.Grant)] = true
		}
	}
	for word := range wireSubjects {
		known[word] = true
	}
	return slices.Sorted(maps.Keys(known))
}

// ParseTokenScope returns a scope as it was asked for, each word once, sorted. It returns an Invalid fault for the field
// "scope" when it holds a word that is no subject.
func ParseTokenScope(text string) (TokenScope, error) {
	words := strings.Fields(text)
	subjects := TokenSubjects()
	for _, w := range words {
		if !slices.Contains(subjects, strings.TrimSuffix(w, readOnly)) {
			return "", fault.Field("scope", "There is no scope %q.", w)
		}
	}
	slices.Sort(words)
	return TokenScope(strings.Join(slices.Compact(words), " ")), nil
}

// Covers tells whether a token of this scope may be used for the grant.
func (s TokenScope) Covers(g Grant) bool {
	if s == "" {
		return true
	}
	_, verb, _ := strings.Cut(string(g), ".")
	for _, word := range strings.Fields(string(s)) {
		subject, mayOnlyRead := strings.CutSuffix(word, readOnly)
		if mayOnlyRead && !slices.Contains(reads, verb) {
			continue
		}
		if subject == subjectOf(g) || slices.Contains(wireSubjects[subject], subjectOf(g)) {
			return true
		}
	}
	return false
}

// Within tells whether a token of this scope may do no more than one of the other.
func (s TokenScope) Within(other TokenScope) bool {
	if other == "" {
		return true
	}
	if s == "" {
		return false
	}
	for _, l := range Matrix {
		if s.Covers(l.Grant) && !other.Covers(l.Grant) {
			return false
		}
	}
	return true
}

func subjectOf(g Grant) string {
	subject, _, _ := strings.Cut(string(g), ".")
	return subject
}

// TokenWords returns every word that a scope may hold, each subject followed by its read-only form where there is
// something to read.
func TokenWords() []string {
	var words []string
	for _, subject := range TokenSubjects() {
		words = append(words, subject)
		for _, l := range Matrix {
			if read := TokenScope(subject + readOnly); read.Covers(l.Grant) {
				words = append(words, string(read))
				break
			}
		}
	}
	return words
}
