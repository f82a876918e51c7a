package moodlexml

import (
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

var clozeStart = regexp.MustCompile(`\{([0-9]*):([A-Za-z_]+):`)

// cloze reads a text with gaps described in place. The whole question stays out when one of its gaps takes several answers
// at once, for a part of it would not be the question asked.
func (r *reader) cloze() string {
	r.q.Type = questionbank.FillBlanks
	source := r.n.child("questiontext")
	if source == nil {
		return "The question has no text, so it was left out."
	}
	raw := source.text()
	var prompt strings.Builder
	weights := map[string]bool{}
	for len(r.q.Gaps) <= questionbank.MaxAnswers {
		at := clozeStart.FindStringSubmatchIndex(raw)
		if at == nil {
			break
		}
		end := clozeEnd(raw, at[1])
		if end < 0 {
			return "A gap opened with { is never closed with }, so the question was left out."
		}
		kind, body := strings.ToUpper(raw[at[4]:at[5]]), raw[at[1]:end]
		gap, reason := r.clozeGap(kind, body)
		if reason != "" {
			return reason
		}
		r.q.Gaps = append(r.q.Gaps, gap)
		weights[strings.TrimLeft(raw[at[2]:at[3]], "0")] = true
		prompt.WriteString(raw[:at[0]] + questionbank.Gap)
		raw = raw[end+1:]
	}
	prompt.WriteString(raw)
	if len(weights) > 1 {
		r.lose("gaps of different weight; each counts the same")
	}
	r.q.Prompt = r.reword(source, prompt.String())
	return ""
}

// reword reads the prompt again with its gaps replaced.
func (r *reader) reword(source *node, prompt string) string {
	again := &node{attrs: source.attrs}
	again.data.WriteString(prompt)
	return r.rich(again)
}

func clozeEnd(text string, from int) int {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '}':
			return i
		}
	}
	return -1
}

func (r *reader) clozeGap(kind, body string) (gap questionbank.Blank, reason string) {
	alternatives := clozeSplit(body, '~')
	switch kind {
	case "SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC":
		gap.CaseSensitive = strings.HasSuffix(kind, "C") && kind != "C"
		for _, a := range alternatives {
			if text, weight := r.clozeAnswer(a); text != "" {
				gap.AddAnswer(text, weight)
			}
		}
	case "MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
		"MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS":
		for _, a := range alternatives {
			text, weight := r.clozeAnswer(a)
			if text == "" {
				continue
			}
			gap.Options = append(gap.Options, text)
			gap.AddAnswer(text, weight)
		}
	case "NUMERICAL", "NM":
		return r.clozeNumber(alternatives)
	case "MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS":
		return gap, "One of the gaps takes several answers at once (" + kind + "), which has no equivalent, so the question was left out."
	default:
		return gap, "The kind of gap " + questionbank.Snippet(kind) + " has no equivalent, so the question was left out."
	}
	return gap, ""
}

func (r *reader) clozeNumber(alternatives []string) (gap questionbank.Blank, reason string) {
	var numbers []questionbank.NumericAnswer
	for _, a := range alternatives {
		text, weight := r.clozeAnswer(a)
		if text == "" || text == "*" {
			continue
		}
		value, tolerance, _ := strings.Cut(text, ":")
		n, ok := questionbank.ParseNumber(value)
		if !ok {
			return gap, "“" + questionbank.Snippet(text) + "” in a numerical gap is not a number, so the question was left out."
		}
		around, _ := questionbank.ParseNumber(tolerance)
		around = max(around, -around)
		numbers = append(numbers, questionbank.NumericAnswer{Value: strings.TrimSpace(value), Low: n - around, High: n + around, Weight: weight})
	}
	gap, exact := questionbank.NumericBlank(numbers)
	if !exact {
		r.inexact()
	}
	return gap, ""
}

var clozeWeight = regexp.MustCompile(`^%(-?[0-9]+(?:[.,][0-9]+)?)%`)

func (r *reader) clozeAnswer(raw string) (text string, weight float64) {
	raw = strings.TrimSpace(raw)
	if rest, right := strings.CutPrefix(raw, "="); right {
		raw, weight = rest, 1
	} else if m := clozeWeight.FindStringSubmatch(raw); m != nil {
		percent, _ := questionbank.ParseNumber(m[1])
		raw, weight = raw[len(m[0]):], percent/100
	}
	parts := clozeSplit(raw, '#')
	if len(parts) > 1 && strings.TrimSpace(strings.Join(parts[1:], "")) != "" {
		r.lose("feedback to single answers in this type of question; it was left out")
	}
	return questionbank.PlainText(clozeUnescape(parts[0])), weight
}

// clozeSplit cuts at unescaped separators; a number sign that belongs to a character reference is none.
func clozeSplit(text string, separator byte) []string {
	var parts []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == separator && (separator != '#' || i == 0 || text[i-1] != '&'):
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

func clozeUnescape(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && strings.IndexByte(`}#~/"\{=%`, text[i+1]) >= 0 {
			i++
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// clozeEscape writes plain text into a cloze field of an HTML prompt.
func clozeEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;",
		`\`, `\\`, "}", `\}`, "#", `\#`, "~", `\~`, "/", `\/`, `"`, `\"`, "=", `\=`, "%", `\%`).Replace(text)
}
