package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// option is one answer offered in a row, with the place of its column among the option columns, counted from 0.
type option struct {
	text  string // plain
	place int
	title string // of its column, squeezed
}

// keyRule is how the key column of a file is to be read. One rule holds for all rows: a "2" must not mean the second option
// here and the option "2" there.
type keyRule struct {
	zeroBased bool
	textFirst bool
}

// decideKeys reads the evidence of all rows: keys that always are the texts of options are texts; where a 0 occurs among
// numbers, counting starts at 0.
func decideKeys(rows []keyed) keyRule {
	texts, numbers, zeros := 0, 0, 0
	for _, k := range rows {
		_, isText := textKey(k.key, k.options)
		list, isNumber := numberKey(k.key)
		if isText {
			texts++
		}
		if isNumber {
			numbers++
		}
		for _, n := range list {
			if n == 0 && !isText {
				zeros++
				break
			}
		}
	}
	return keyRule{zeroBased: zeros > 0, textFirst: texts == len(rows) || numbers < len(rows)}
}

// keyed is a row with options and a key.
type keyed struct {
	key     string
	options []option
}

// resolve returns which of the options are correct, as indexes into them; ok is false when the key fits none.
func (rule keyRule) resolve(key string, options []option) (right []int, ok bool) {
	readers := []func() ([]int, bool){
		func() ([]int, bool) { return rule.byNumber(key, options) },
		func() ([]int, bool) { return textKey(key, options) },
	}
	if rule.textFirst {
		readers[0], readers[1] = readers[1], readers[0]
	}
	readers = append(readers,
		func() ([]int, bool) { return titleKey(key, options) },
		func() ([]int, bool) { return letterKey(key, options) },
		func() ([]int, bool) { return labelledKey(key, options) },
	)
	for _, read := range readers {
		if right, ok := read(); ok {
			return right, true
		}
	}
	return nil, false
}

func (rule keyRule) byNumber(key string, options []option) ([]int, bool) {
	list, ok := numberKey(key)
	if !ok {
		return nil, false
	}
	var right []int
	for _, n := range list {
		if !rule.zeroBased {
			n--
		}
		i := atPlace(options, n)
		if i < 0 {
			return nil, false
		}
		right = append(right, i)
	}
	return right, true
}

func atPlace(options []option, place int) int {
	for i, o := range options {
		if o.place == place {
			return i
		}
	}
	return -1
}

var (
	numberList = regexp.MustCompile(`^[0-9]{1,2}(?:\.0+)?(?:\s*[;|,/&+ ]\s*[0-9]{1,2}(?:\.0+)?)*$`)
	letterList = regexp.MustCompile(`^[A-Za-zА-Яа-яΑ-Ωα-ω](?:\s*[;|,/&+ ]?\s*[A-Za-zА-Яа-яΑ-Ωα-ω])*$`)
	wrapping   = regexp.MustCompile(`^[\s(\[]+|[\s)\].:]+$`)
)

func numberKey(key string) ([]int, bool) {
	key = wrapping.ReplaceAllString(key, "")
	if !numberList.MatchString(key) {
		return nil, false
	}
	var list []int
	for _, part := range strings.FieldsFunc(key, isSeparator) {
		whole, _, _ := strings.Cut(part, ".")
		n, err := strconv.Atoi(whole)
		if err != nil {
			return nil, false
		}
		list = append(list, n)
	}
	return list, len(list) > 0
}

func isSeparator(r rune) bool {
	return strings.ContainsRune(";|,/&+ \t", r)
}

func letterKey(key string, options []option) ([]int, bool) {
	key = wrapping.ReplaceAllString(key, "")
	if !letterList.MatchString(key) {
		return nil, false
	}
	var right []int
	for _, r := range strings.ToLower(key) {
		if isSeparator(r) {
			continue
		}
		i := atPlace(options, placeOf(r)-1)
		if i < 0 {
			return nil, false
		}
		right = append(right, i)
	}
	return right, true
}

// titleKey reads keys that name the column of the option, "answer2" or "Option B".
func titleKey(key string, options []option) ([]int, bool) {
	var right []int
	for _, part := range splitList(key, ";|,") {
		found := -1
		for i, o := range options {
			if o.title != "" && o.title == squeeze(part) {
				found = i
			}
		}
		if found < 0 {
			return nil, false
		}
		right = append(right, found)
	}
	return right, len(right) > 0
}

func textKey(key string, options []option) ([]int, bool) {
	if i := withText(key, options); i >= 0 {
		return []int{i}, true
	}
	for _, separators := range []string{";|", ";|\n", ",;|\n"} {
		if right, ok := allWithText(splitList(key, separators), options); ok {
			return right, true
		}
	}
	return nil, false
}

var label = regexp.MustCompile(`^\(?[A-Za-z0-9]{1,2}[).:]\s*(.+)$`)

// labelledKey reads keys that repeat the option behind its letter or number, "B) Nairobi".
func labelledKey(key string, options []option) ([]int, bool) {
	m := label.FindStringSubmatch(key)
	if m == nil {
		return nil, false
	}
	i := withText(m[1], options)
	return []int{i}, i >= 0
}

func allWithText(parts []string, options []option) ([]int, bool) {
	var right []int
	for _, part := range parts {
		i := withText(part, options)
		if i < 0 {
			return nil, false
		}
		right = append(right, i)
	}
	return right, len(right) > 0
}

func withText(text string, options []option) int {
	text = questionbank.PlainText(text)
	for i, o := range options {
		if o.text == text {
			return i
		}
	}
	for i, o := range options {
		if strings.EqualFold(o.text, text) {
			return i
		}
	}
	return -1
}
