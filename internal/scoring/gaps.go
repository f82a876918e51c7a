package scoring

import (
	"strings"

	"github.com/assay-hire/assay/models"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// gaps returns the mean share of a key's gaps. A gap that was left out earns nothing.
func gaps(key []models.GapKey, given []string) float64 {
	sum := 0.0
	for i, k := range key {
		if i < len(given) {
			sum += gap(k, given[i])
		}
	}
	return sum / float64(len(key))
}

// gap compares a text with what the key accepts: without outer and repeated white space, in one Unicode form (NFKC, so
// that wide digits and ligatures count as what they look like), and without regard to case unless the key says so.
func gap(k models.GapKey, given string) float64 {
	form := normal
	if !k.CaseSensitive {
		form = folded
	}
	text := form(given)
	if text == "" {
		return 0
	}
	for _, accepted := range k.Accepted {
		if form(accepted) == text {
			return 1
		}
	}
	best := 0.0
	for accepted, share := range k.Partial {
		if form(accepted) == text {
			best = max(best, share)
		}
	}
	return min(1, best)
}

func normal(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(s)), " ")
}

func folded(s string) string { return normal(cases.Fold().String(normal(s))) }
