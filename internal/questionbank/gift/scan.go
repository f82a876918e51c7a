package gift

import (
	"regexp"
	"strings"
)

// The characters a backslash makes literal; \n is a line end.
const special = `\:#={}~`

func escapedAt(s string, i int) bool {
	return s[i] == '\\' && i+1 < len(s) && (s[i+1] == 'n' || strings.IndexByte(special, s[i+1]) >= 0)
}

// texCommand is a command of a formula that begins like a line end.
var texCommand = regexp.MustCompile(`^\\n(?:abla|e|earrow|eg|eq|eqq|exists|geq|i|leq|mid|ot|otin|parallel|subseteq|u|warrow)(?:[^A-Za-z]|$)`)

// isFormula tells whether s[i], a backslash, begins a command within a formula whose backslashes nobody doubled.
func isFormula(s string, i int) bool {
	before := s[strings.LastIndexByte(s[:i], '\n')+1 : i]
	opened := strings.Count(before, "$")%2 == 1 || strings.Count(before, `\(`) > strings.Count(before, `\)`)
	return s[i+1] == 'n' && opened && texCommand.MatchString(s[i:])
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if !escapedAt(s, i) || isFormula(s, i) {
			out.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'n' {
			out.WriteByte('\n')
		} else {
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

func escape(s string) string {
	var out strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r", "") {
		switch {
		case r == '\n':
			out.WriteString(`\n`)
		case r < 0x80 && strings.IndexByte(special, byte(r)) >= 0:
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// index returns the place of the first unescaped mark in s, or -1.
func index(s, mark string) int {
	for i := 0; i < len(s); i++ {
		if escapedAt(s, i) {
			i++
		} else if strings.HasPrefix(s[i:], mark) {
			return i
		}
	}
	return -1
}

func lastIndex(s, mark string) int {
	last := -1
	for from := 0; ; {
		i := index(s[from:], mark)
		if i < 0 {
			return last
		}
		last = from + i
		from = last + 1
	}
}

// cut splits s at the first unescaped mark.
func cut(s, mark string) (before, after string, found bool) {
	if i := index(s, mark); i >= 0 {
		return s[:i], s[i+len(mark):], true
	}
	return s, "", false
}

// span is a pair of braces: s[start] is the opening one, s[end] the closing one.
type span struct{ start, end int }

// braces returns the outermost pairs of unescaped braces. When the braces do not balance it returns the innermost pairs
// instead, and false.
func braces(s string) (spans []span, balanced bool) {
	var open []int
	var inner []span
	balanced = true
	for i := 0; i < len(s); i++ {
		switch {
		case escapedAt(s, i):
			i++
		case s[i] == '{':
			open = append(open, i)
		case s[i] == '}' && len(open) == 0:
			balanced = false
		case s[i] == '}':
			last := span{open[len(open)-1], i}
			if len(inner) == 0 || inner[len(inner)-1].start < last.start {
				inner = append(inner, last)
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				spans = append(spans, last)
			}
		}
	}
	if balanced && len(open) == 0 {
		return spans, true
	}
	return inner, false
}

// depthChange is how many more braces the line opens than it closes.
func depthChange(line string) int {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch {
		case escapedAt(line, i):
			i++
		case line[i] == '{':
			depth++
		case line[i] == '}':
			depth--
		}
	}
	return depth
}
