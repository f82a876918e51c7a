// Package textfold brings text into the form in which searches compare it, alike in every script and on every database.
package textfold

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// letters that decomposition leaves alone but readers search for without their stroke or hook, after case folding.
var letters = strings.NewReplacer(
	"ı", "i", "ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ħ", "h", "ŧ", "t", "ŋ", "n", "ĸ", "k",
	"ə", "e",
	// Arabic: the forms of alef, yeh and kaf that are typed for one another, and teh marbuta.
	"ٱ", "ا", "ى", "ي", "ی", "ي", "ک", "ك", "ة", "ه",
	"’", "'", "‘", "'", "ʼ", "'", "‐", "-", "‑", "-", "–", "-", "—", "-",
)

const tatweel = 'ـ'

// Fold returns the text for comparison: compatibility forms and widths unified, case folded in full (ß becomes ss, both
// dotless and dotted I become i), accents and vowel points of Latin, Greek, Cyrillic, Hebrew, Arabic and their like
// removed, and white space collapsed to single spaces.
//
// Marks that are letters in their script stay: the vowel signs of Devanagari and the other scripts of South and
// South-East Asia, whose loss would change the word, and the voiced marks of Japanese. Only the nukta, which marks
// borrowed sounds and is often left out, goes. Folding twice changes nothing.
func Fold(s string) string {
	s = norm.NFKD.String(strings.ToValidUTF8(s, ""))
	s = cases.Fold().String(s)
	s = letters.Replace(norm.NFKD.String(s))
	var out strings.Builder
	out.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = out.Len() > 0
			continue
		case dropped(r):
			continue
		}
		if space {
			out.WriteByte(' ')
			space = false
		}
		out.WriteRune(cherokee(r))
	}
	return norm.NFC.String(out.String())
}

func dropped(r rune) bool {
	switch {
	case r == tatweel, unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return true
	case r == '\u3099', r == '\u309A':
		return false
	case unicode.Is(unicode.Mn, r):
		return unicode.In(r, unicode.Inherited, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Cyrillic) || isNukta(r)
	}
	return false
}

// cherokee finishes the folding of a script whose full case folding is to capitals, which the case tables swap instead.
func cherokee(r rune) rune {
	switch {
	case r >= '\uAB70' && r <= '\uABBF':
		return r - '\uAB70' + '\u13A0'
	case r >= '\u13F8' && r <= '\u13FD':
		return r - '\u13F8' + '\u13F0'
	}
	return r
}

func isNukta(r rune) bool {
	switch r {
	case '\u093C', '\u09BC', '\u0A3C', '\u0ABC', '\u0B3C':
		return true
	}
	return false
}

// Escape is the character that Like puts before a wildcard that is meant literally: LIKE ? ESCAPE '\'.
const Escape = `\`

// Like returns the folded term with the wildcards of LIKE escaped. The caller adds its own, as in "%" + Like(term) + "%".
func Like(term string) string {
	return strings.NewReplacer(Escape, Escape+Escape, "%", Escape+"%", "_", Escape+"_").Replace(Fold(term))
}

// mostWords bounds a search: each word is looked for in every row.
const mostWords = 12

// Words returns the words of what was typed into a search, the first dozen of them.
func Words(typed string) []string {
	words := strings.Fields(typed)
	return words[:min(len(words), mostWords)]
}
