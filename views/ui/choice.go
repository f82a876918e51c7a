package ui

import "github.com/a-h/templ"

// CheckProps describes one checkbox, radio or switch with its words.
type CheckProps struct {
	Name     string
	Value    string // "1" unless given
	ID       string
	Label    string
	Hint     string
	Checked  bool
	Disabled bool
	Attrs    templ.Attributes
}

func (p CheckProps) attributes() templ.Attributes {
	value := p.Value
	if value == "" {
		value = "1"
	}
	joined := attributes(p.Attrs, "name", p.Name, "value", value, "id", p.ID)
	joined["checked"], joined["disabled"] = p.Checked, p.Disabled
	return joined
}

// BoxProps describes a bare checkbox in a row or card.
type BoxProps struct {
	Name    string
	Value   string
	Label   string // "Select Linh Đặng"
	Checked bool
	All     bool // selects every row of its table
}

// RadioGroupProps describes a question with one answer out of few.
type RadioGroupProps struct {
	Field
	Options []Option
	Value   string
	Inline  bool // side by side
}

// CheckGroupProps describes a question with several answers.
type CheckGroupProps struct {
	Field
	Options []Option
	Values  []string
	Inline  bool
}

// AnswerOptionProps describes one answer a candidate may choose, grown to a full row. The answer is its children.
type AnswerOptionProps struct {
	Name     string
	Value    string
	ID       string
	Multiple bool // a checkbox: several answers count
	Checked  bool
	Disabled bool
	Attrs    templ.Attributes
}

func (p AnswerOptionProps) inputType() string {
	if p.Multiple {
		return "checkbox"
	}
	return "radio"
}

// SegmentedProps describes a row of few choices: links with Href, else radios called Name.
type SegmentedProps struct {
	Label   string
	Name    string
	Value   string
	Options []Option
	Block   bool // as wide as its place
	Verdict bool // select, hold and reject take their colours
	Attrs   templ.Attributes
}
