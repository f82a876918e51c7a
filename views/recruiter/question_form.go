package recruiter

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// QuestionEditor is the page on which a question is written or changed.
type QuestionEditor struct {
	layout.Page
	Form    QuestionForm
	Preview QuestionPreview
	Facts   []ui.Entry
	Tabs    []ui.Tab
}

// QuestionForm is what the editor's form holds, as typed.
type QuestionForm struct {
	ID      int64 // 0 for a new question
	Version int
	Type    models.QuestionType

	Title, Content, Hint, Guidance, Feedback string // HTML, but for the title
	Choices                                  []ChoiceField
	Truth                                    string // "true", "false" or empty
	Gaps                                     []GapField
	Pairs                                    []PairField
	Decoys                                   []string
	Difficulty, Positive, Negative           string
	Shuffle                                  bool
	ExternalID, Skills, Categories           string

	KnownSkills, KnownCategories []string
	MayChange                    bool
	Refused                      fault.Fields
	Conflict                     string // somebody else was faster
}

// ChoiceField is one choice as typed.
type ChoiceField struct {
	ID, HTML string
	Correct  bool
}

// GapField is what one gap accepts, as typed: a text a line.
type GapField struct {
	Accepted, Partial, Options string
	CaseSensitive              bool
}

// PairField is a left and a right side as typed.
type PairField struct{ Left, Right string }

// Action is where the form goes.
func (f QuestionForm) Action() string {
	if f.ID == 0 {
		return "/questions"
	}
	return questionURL(f.ID)
}

func (f QuestionForm) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: f.Refused[name]}
}

func (f QuestionForm) optional(name, label, hint string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: f.Refused[name], Hint: hint, Optional: true}
}

// errors lists the refused fields for the summary on top, each leading to its control.
func (f QuestionForm) errors() []ui.Field {
	var list []ui.Field
	for _, name := range []string{"title", "content", "choices", "gaps", "pairs", "truth", "positive_mark", "negative_mark", "difficulty", "image", "type"} {
		if f.Refused[name] != "" {
			list = append(list, f.field(name, name))
		}
	}
	return list
}

// choiceType is a radio where one choice can be right. A file may have declared several; then any of them is.
func (f QuestionForm) choiceType() string {
	right := 0
	for _, c := range f.Choices {
		if c.Correct {
			right++
		}
	}
	if f.Type == models.MultipleAnswer || right > 1 {
		return "checkbox"
	}
	return "radio"
}

var markupSign = regexp.MustCompile(`(?i)</[a-z][a-z0-9]*>|<(br|img|hr)\b`)

// Source is HTML as it stands in a text field: plain text as such, so that it can be typed without knowing HTML.
func Source(markup string) string {
	if strings.ContainsRune(markup, '<') {
		return markup
	}
	plain := html.UnescapeString(markup)
	if markupSign.MatchString(plain) {
		return "<span>" + markup + "</span>"
	}
	return plain
}

// IsMarkup tells whether what was typed holds tags, and is read as HTML.
func IsMarkup(typed string) bool { return markupSign.MatchString(typed) }

// FromSource is the way back of Source: HTML of what was typed. Text without a tag is taken literally.
func FromSource(typed string) string {
	typed = strings.TrimSpace(strings.ReplaceAll(typed, "\r\n", "\n"))
	if markupSign.MatchString(typed) {
		return typed
	}
	return strings.ReplaceAll(html.EscapeString(typed), "\n", "<br>")
}

func nth(i int) string { return strconv.Itoa(i + 1) }

// typeOptions are the types that can be written and asked now; the others are kept for parts that come later.
func typeOptions(elsewhere bool) []ui.Option {
	var list []ui.Option
	for _, t := range models.QuestionTypes {
		if isElsewhere(t) == elsewhere {
			list = append(list, ui.Option{Value: string(t), Label: t.Label(), Href: "/questions/new?type=" + strings.ReplaceAll(string(t), " ", "+"), Hint: typeHints[t]})
		}
	}
	return list
}

var typeHints = map[models.QuestionType]string{
	models.MultipleChoice: "One of several choices is right.",
	models.MultipleAnswer: "Several choices can be right.",
	models.TrueOrFalse:    "A statement that holds or does not.",
	models.FillBlanks:     "One or more gaps, typed or chosen from a list.",
	models.MatchFollowing: "What belongs together.",
	models.EssayQuestion:  "An answer in the candidate's own words, marked by a person.",
}

// QuestionTypes is the page on which the type of a new question is chosen.
type QuestionTypes struct{ layout.Page }

func contentHint(t models.QuestionType) string {
	if t == models.FillBlanks {
		return "Write _____ (five underscores) where a gap is."
	}
	return ""
}

func invalid(f ui.Field) templ.Attributes {
	attrs := templ.Attributes{}
	if f.Hint != "" {
		attrs["aria-describedby"] = f.ControlID() + "-hint"
	}
	if f.Error != "" {
		attrs["aria-invalid"], attrs["aria-describedby"] = "true", f.ControlID()+"-error"
	}
	return attrs
}

// heightOf says how much room an editing area takes before anything is written.
func heightOf(name string) string {
	if name == "content" || name == "guidance" {
		return "tall"
	}
	return "low"
}
