package questionbank

import (
	"math"
	"strconv"
	"strings"
)

// NumericAnswer is what a numerical question of a file accepts: a number as written, or everything from Low to High.
type NumericAnswer struct {
	Value     string // the number as the file writes it; empty for a plain range
	Low, High float64
	Weight    float64
}

// ParseNumber reads a decimal number with a point or a comma; ok is false for anything else, infinities included.
func ParseNumber(text string) (n float64, ok bool) {
	text = strings.TrimSpace(text)
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, false
	}
	return n, true
}

// NumericBlank turns numerical answers into a gap. Exact is false when a tolerance or range could not be expressed: then
// the gap accepts the number itself, the ends of the range and the whole numbers of a short one.
func NumericBlank(answers []NumericAnswer) (gap Blank, exact bool) {
	exact = true
	seen := map[string]bool{}
	for _, a := range answers {
		if a.Weight <= 0 {
			continue
		}
		if a.High > a.Low {
			exact = false
		}
		for _, text := range a.texts() {
			if !seen[text] {
				seen[text] = true
				gap.AddAnswer(text, a.Weight)
			}
		}
	}
	return gap, exact
}

func (a NumericAnswer) texts() []string {
	var list []string
	if a.Value != "" {
		list = append(list, a.Value)
	}
	if a.High <= a.Low {
		return list
	}
	const most = 20
	whole := a.Low == math.Trunc(a.Low) && a.High == math.Trunc(a.High)
	if whole && a.High-a.Low <= most {
		for n := a.Low; n <= a.High; n++ {
			list = appendNew(list, strconv.FormatFloat(n, 'f', -1, 64))
		}
		return list
	}
	if a.Value == "" {
		list = append(list, strconv.FormatFloat(a.Low, 'f', -1, 64), strconv.FormatFloat(a.High, 'f', -1, 64))
	}
	return list
}
