package pdf

import "strings"

// forms are the code points of a letter's shapes: standing alone, at the end, at the beginning and in the middle of a
// connected group. The first is that of the block's sequence; letters with two shapes do not connect to the next.
type forms struct {
	first rune
	count int
}

// arabicForms follows the order of the letters in the presentation forms of Unicode, where each letter's shapes lie
// side by side.
var arabicForms = newArabicForms()

func newArabicForms() map[rune]forms {
	table := map[rune]forms{
		'پ': {0xFB56, 4}, 'چ': {0xFB7A, 4}, 'ژ': {0xFB8A, 2}, 'ک': {0xFB8E, 4}, 'گ': {0xFB92, 4}, 'ی': {0xFBFC, 4},
	}
	next := rune(0xFE80)
	for letter := rune(0x0621); letter <= 0x064A; letter++ {
		if letter > 'غ' && letter < 'ف' {
			continue
		}
		count := 4
		switch {
		case letter == 'ء':
			count = 1
		case strings.ContainsRune("آأؤإاةدذرزوى", letter):
			count = 2
		}
		table[letter] = forms{next, count}
		next += rune(count)
	}
	return table
}

var lamAlef = map[rune]rune{'آ': 0xFEF5, 'أ': 0xFEF7, 'إ': 0xFEF9, 'ا': 0xFEFB}

const (
	lam     = 'ل'
	tatweel = 'ـ'
)

// joinArabic replaces Arabic letters, in logical order, by the shapes they take beside their neighbours.
func joinArabic(text string) string {
	letters := []rune(text)
	var out strings.Builder
	joined := false // the letter before reaches over to this one
	for i := 0; i < len(letters); i++ {
		letter := letters[i]
		form, known := arabicForms[letter]
		if !known {
			out.WriteRune(letter)
			joined = letter == tatweel || joined && isPoint(letter)
			continue
		}
		if alef, ligature := lamAlef[following(letters, i)]; letter == lam && ligature {
			if joined {
				alef++
			}
			out.WriteRune(alef)
			i++
			joined = false
			continue
		}
		reaches := form.count == 4 && connects(following(letters, i))
		out.WriteRune(form.first + shape(joined && form.count > 1, reaches))
		joined = reaches
	}
	return out.String()
}

func shape(before, after bool) rune {
	switch {
	case before && after:
		return 3
	case after:
		return 2
	case before:
		return 1
	}
	return 0
}

func following(letters []rune, i int) rune {
	for _, next := range letters[i+1:] {
		if !isPoint(next) {
			return next
		}
	}
	return 0
}

func connects(letter rune) bool {
	return letter == tatweel || arabicForms[letter].count > 1
}

func isPoint(r rune) bool {
	return r >= 0x064B && r <= 0x0652 || r == 0x0670
}
