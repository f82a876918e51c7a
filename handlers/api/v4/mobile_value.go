package v4

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// An answer's value has two members on the wire. Options are named by their number, from 1, in the order in which this
// candidate sees them:
//
//   - multiple choice: choice is the number of the option.
//   - several right options: choice is their numbers in a row, 13 for the first and the third. Where there are more than
//     nine options, text holds the numbers with commas between them, and choice is null.
//   - true or false: choice is 1 for true and 2 for false.
//   - gaps: text has a line for each gap.
//   - matching: text is a JSON object, of the numbers of the left side the number of what belongs to each: {"1":"3"}.
//   - all others: text.
//
// choice 0 or null, and an empty text, take an answer back. What a type has no use for is passed over.
type answerMembers struct {
	Choice *int64
	Text   *string
}

const mostDigits = 9 // of options that a row of digits can name

// valueOf reads what was sent for a question. The members given say which were sent; what was not sent stays as kept.
func valueOf(q models.QuestionVersion, x models.Answer, sent answerMembers, hasChoice, hasText bool) (models.AnswerValue, error) {
	kept, body := x.Value.Data(), q.Body.Data()
	text := ""
	if sent.Text != nil {
		text = *sent.Text
	}
	switch q.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		options := x.InOrder(body.Choices)
		byText := q.Type == models.MultipleAnswer && len(options) > mostDigits
		if byText && hasText || !byText && hasChoice {
			return chosen(q.Type, options, sent, byText)
		}
	case models.TrueOrFalse:
		if hasChoice {
			return truthOf(sent.Choice)
		}
	case models.FillBlanks:
		if hasText {
			return gapsOf(text, max(1, len(body.Gaps)))
		}
	case models.MatchFollowing:
		if hasText {
			return pairsOf(text, body.Left, x.InOrder(body.Right))
		}
	default:
		if hasText {
			return models.AnswerValue{Text: text}, nil
		}
	}
	return kept, nil
}

func chosen(t models.QuestionType, options []models.Option, sent answerMembers, byText bool) (models.AnswerValue, error) {
	var v models.AnswerValue
	var numbers []string
	switch {
	case byText:
		if sent.Text != nil && strings.TrimSpace(*sent.Text) != "" {
			numbers = strings.Split(*sent.Text, ",")
		}
	case sent.Choice == nil || *sent.Choice == 0:
	case t == models.MultipleChoice:
		numbers = []string{strconv.FormatInt(*sent.Choice, 10)}
	default:
		numbers = strings.Split(strconv.FormatInt(*sent.Choice, 10), "")
	}
	for _, number := range numbers {
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || n < 1 || n > len(options) {
			return v, fault.Field("choice", "There is no option %s.", number)
		}
		v.Choices = append(v.Choices, options[n-1].ID)
	}
	return v, nil
}

func truthOf(choice *int64) (models.AnswerValue, error) {
	if choice == nil || *choice == 0 {
		return models.AnswerValue{}, nil
	}
	if *choice != 1 && *choice != 2 {
		return models.AnswerValue{}, fault.Field("choice", "This must be 1 for true or 2 for false.")
	}
	truth := *choice == 1
	return models.AnswerValue{Truth: &truth}, nil
}

func gapsOf(text string, gaps int) (models.AnswerValue, error) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for len(lines) > 1 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) > gaps {
		return models.AnswerValue{}, fault.Field("text", "There are %d lines for %d gaps.", len(lines), gaps)
	}
	return models.AnswerValue{Gaps: lines}, nil
}

func pairsOf(text string, left, right []models.Option) (models.AnswerValue, error) {
	v := models.AnswerValue{Pairs: map[string]string{}}
	if strings.TrimSpace(text) == "" {
		return v, nil
	}
	var sent map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &sent); err != nil {
		return v, fault.Field("text", `This must be a JSON object such as {"1":"3"}: numbers of the left side with those of the right.`)
	}
	for from, raw := range sent {
		to := strings.Trim(string(raw), `"`)
		if to == "" || to == "null" {
			continue
		}
		l, errLeft := strconv.Atoi(from)
		r, errRight := strconv.Atoi(to)
		if errLeft != nil || errRight != nil || l < 1 || l > len(left) || r < 1 || r > len(right) {
			return v, fault.Field("text", "There is no pair of %q and %q to choose.", from, to)
		}
		v.Pairs[left[l-1].ID] = right[r-1].ID
	}
	return v, nil
}

// membersFor writes a kept value as the wire has it.
func membersFor(q models.QuestionVersion, x models.Answer) answerMembers {
	value, body := x.Value.Data(), q.Body.Data()
	switch q.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		return chosenMembers(q.Type, x.InOrder(body.Choices), value.Choices)
	case models.TrueOrFalse:
		if value.Truth == nil {
			return answerMembers{}
		}
		n := int64(2)
		if *value.Truth {
			n = 1
		}
		return answerMembers{Choice: &n}
	case models.FillBlanks:
		return textMember(strings.Join(value.Gaps, "\n"))
	case models.MatchFollowing:
		return textMember(pairsText(value.Pairs, body.Left, x.InOrder(body.Right)))
	default:
		return textMember(value.Text)
	}
}

func textMember(text string) answerMembers { return answerMembers{Text: &text} }

func chosenMembers(t models.QuestionType, options []models.Option, taken []string) answerMembers {
	var numbers []string
	for i, o := range options {
		if slices.Contains(taken, o.ID) {
			numbers = append(numbers, strconv.Itoa(i+1))
		}
	}
	if t == models.MultipleAnswer && len(options) > mostDigits {
		return textMember(strings.Join(numbers, ","))
	}
	n, err := strconv.ParseInt(strings.Join(numbers, ""), 10, 64)
	if err != nil {
		return answerMembers{} // none is chosen
	}
	return answerMembers{Choice: &n}
}

func pairsText(pairs map[string]string, left, right []models.Option) string {
	if len(pairs) == 0 {
		return ""
	}
	numbers := map[string]string{}
	for i, l := range left {
		at := slices.IndexFunc(right, func(r models.Option) bool { return r.ID == pairs[l.ID] })
		if at >= 0 {
			numbers[strconv.Itoa(i+1)] = strconv.Itoa(at + 1)
		}
	}
	text, err := json.Marshal(numbers)
	if err != nil {
		return "" // a map of texts is always written
	}
	return string(text)
}
