package actions

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// QuestionInput is what a person or an importer says of a question.
type QuestionInput struct {
	Type            models.QuestionType `json:"type"`
	Title           string              `json:"title"`
	Content         string              `json:"content"` // HTML, sanitized
	Hint            string              `json:"hint"`    // HTML
	Guidance        string              `json:"guidance"`
	Feedback        string              `json:"feedback"`
	Body            models.QuestionBody `json:"body"`
	Key             models.AnswerKey    `json:"key"`
	RandomizeChoice bool                `json:"randomizeChoice"`
	Difficulty      models.Difficulty   `json:"difficulty"`
	PositiveMark    *float64            `json:"positive_mark"`
	NegativeMark    *float64            `json:"negative_mark"`
	ExternalID      string              `json:"external_id"`
	Source          string              `json:"source"`
	Skills          []string            `json:"skills"`     // names; made when they do not exist
	Categories      []string            `json:"categories"` // names; made when they do not exist
}

// InputOf returns what a question was made from, without its tags.
func InputOf(q models.Question) QuestionInput {
	return QuestionInput{
		Type: q.Type, Title: q.Title, Content: q.Content, Hint: textOf(q.Hint), Guidance: textOf(q.Guidance), Feedback: textOf(q.Feedback),
		Body: q.Body.Data(), Key: q.Key.Data(), RandomizeChoice: q.RandomizeChoice, Difficulty: q.Difficulty,
		PositiveMark: q.PositiveMark, NegativeMark: q.NegativeMark, ExternalID: textOf(q.ExternalID), Source: q.Source,
	}
}

// textOf returns what a nullable column holds; "" for nothing.
func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

const titleLength = 120

// problems returns what keeps the input from being a question, by field.
func (in QuestionInput) problems() fault.Fields {
	bad := fault.Fields{}
	if !in.Type.Valid() {
		bad["type"] = "Choose one of the question types."
	}
	if strings.TrimSpace(questionbank.PlainText(in.Content)) == "" && !strings.Contains(in.Content, "<img") {
		bad["content"] = "Write the question."
	}
	switch in.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		in.choiceProblems(bad)
	case models.FillBlanks:
		if len(in.Key.Gaps) == 0 {
			bad["gaps"] = "Give at least one accepted answer."
		}
	case models.MatchFollowing:
		if len(in.Body.Left) < 2 || len(in.Body.Right) < 2 {
			bad["pairs"] = "Give at least two pairs."
		}
	}
	switch in.Difficulty {
	case "", models.Easy, models.Medium, models.Hard:
	default:
		bad["difficulty"] = "Choose easy, medium or hard."
	}
	if in.PositiveMark != nil && *in.PositiveMark < 0 {
		bad["positive_mark"] = "A mark is zero or more."
	}
	if in.NegativeMark != nil && *in.NegativeMark < 0 {
		bad["negative_mark"] = "Write what is taken off as a positive number."
	}
	return bad
}

func (in QuestionInput) choiceProblems(bad fault.Fields) {
	if len(in.Body.Choices) < 2 {
		bad["choices"] = "Give at least two choices."
		return
	}
	for _, id := range in.Key.Correct {
		if !slices.ContainsFunc(in.Body.Choices, func(o models.Option) bool { return o.ID == id }) {
			bad["choices"] = "The right answer must be one of the choices."
		}
	}
}

// titleOr returns the title, or the beginning of the question where there is none.
func (in QuestionInput) titleOr() string {
	title := strings.TrimSpace(in.Title)
	if title == "" {
		title = strings.Join(strings.Fields(questionbank.PlainText(in.Content)), " ")
	}
	if utf8.RuneCountInString(title) > titleLength {
		title = string([]rune(title)[:titleLength-1]) + "…"
	}
	return title
}

// fill puts the input into a question, sanitized.
func (in QuestionInput) fill(q *models.Question) {
	q.Content = cleanMarkup(in.Content)
	q.Type, q.Title, q.PlainContent = in.Type, in.titleOr(), questionbank.PlainText(q.Content)
	q.Hint, q.Guidance, q.Feedback = optional(cleanMarkup(in.Hint)), optional(cleanMarkup(in.Guidance)), optional(cleanMarkup(in.Feedback))
	body := in.Body
	body.Choices, body.Left, body.Right = cleanOptions(body.Choices), cleanOptions(body.Left), cleanOptions(body.Right)
	q.Body, q.Key = datatypes.NewJSONType(body), datatypes.NewJSONType(cleanKey(in.Key))
	q.RandomizeChoice, q.Difficulty = in.RandomizeChoice, in.Difficulty
	q.PositiveMark, q.NegativeMark = in.PositiveMark, in.NegativeMark
	q.ExternalID, q.Source = optional(in.ExternalID), in.Source
	q.SearchText = textfold.Fold(q.Title + " " + q.PlainContent + " " + in.ExternalID)
}

func cleanKey(key models.AnswerKey) models.AnswerKey {
	var clean map[string]string
	for id, remark := range key.Remarks {
		if clean == nil {
			clean = map[string]string{}
		}
		clean[id] = cleanMarkup(remark)
	}
	key.Remarks = clean
	return key
}

func cleanOptions(options []models.Option) []models.Option {
	clean := slices.Clone(options)
	for i := range clean {
		clean[i].HTML = cleanMarkup(clean[i].HTML)
	}
	return clean
}

var signedImage = regexp.MustCompile(`(/files/[A-Za-z0-9_./~-]+)\?[^"'\s>]*`)

// cleanMarkup sanitizes HTML and takes the signatures off our pictures: they expire, texts do not.
func cleanMarkup(html string) string {
	if !strings.Contains(html, "/files/") {
		return questionbank.Sanitize(html)
	}
	return questionbank.Sanitize(signedImage.ReplaceAllString(html, "$1"))
}

// Shown returns the input as the bank would keep it: sanitized.
func Shown(in QuestionInput) QuestionInput {
	var q models.Question
	in.fill(&q)
	return InputOf(q)
}
