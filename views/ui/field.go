package ui

import "github.com/a-h/templ"

// Field is what every form control has: a name, a label above, a hint or an error below.
type Field struct {
	Name      string
	Label     string
	ID        string // "f-" and the name unless given
	Hint      string
	Error     string // says what is wrong and what to do
	Optional  bool   // writes "(optional)"; required is the rule and not said
	HideLabel bool   // keeps the label for screen readers only
	Required  bool   // adds the browser's own check
}

// ControlID is the id of the control, for links that lead to it.
func (f Field) ControlID() string {
	if f.ID != "" {
		return f.ID
	}
	return "f-" + f.Name
}

func (f Field) hintID() string  { return f.ControlID() + "-hint" }
func (f Field) errorID() string { return f.ControlID() + "-error" }

// describedBy lists the ids of error and hint.
func (f Field) describedBy() string {
	switch {
	case f.Error != "" && f.Hint != "":
		return f.errorID() + " " + f.hintID()
	case f.Error != "":
		return f.errorID()
	case f.Hint != "":
		return f.hintID()
	}
	return ""
}

func (f Field) attributes(extra templ.Attributes, pairs ...string) templ.Attributes {
	joined := attributes(extra, append(pairs, "id", f.ControlID(), "name", f.Name, "aria-describedby", f.describedBy(),
		"aria-invalid", when(f.Error != "", "true"))...)
	if f.Required {
		joined["required"] = true
	}
	return joined
}

// InputProps describes a one-line field.
type InputProps struct {
	Field
	Type         string // "text" unless given: email, password, search, number, date, time, tel, url
	Value        string
	Placeholder  string // an example, never the label
	Autocomplete string
	InputMode    string
	Unit         string // "min", "marks": shown at the end
	Icon         IconName
	Large        bool
	Min          string
	Max          string
	Step         string
	MaxLength    string
	Dir          string // "ltr" for codes and e-mail in right-to-left pages
	ReadOnly     bool
	Disabled     bool
	Autofocus    bool
	Attrs        templ.Attributes
}

func (p InputProps) inputType() string {
	if p.Type == "" {
		return "text"
	}
	return p.Type
}

func (p InputProps) attributes() templ.Attributes {
	joined := p.Field.attributes(p.Attrs, "placeholder", p.Placeholder, "autocomplete", p.Autocomplete, "inputmode", p.InputMode,
		"min", p.Min, "max", p.Max, "step", p.Step, "maxlength", p.MaxLength, "dir", p.Dir)
	joined["readonly"], joined["disabled"], joined["autofocus"] = p.ReadOnly, p.Disabled, p.Autofocus
	return joined
}

// TextareaProps describes a field of several lines.
type TextareaProps struct {
	Field
	Value       string
	Rows        int // 3 unless given
	Placeholder string
	MaxLength   string
	Read        bool // set in the reading voice, for what people write to be read
	Class       string
	Attrs       templ.Attributes
}

func (p TextareaProps) rows() int {
	if p.Rows == 0 {
		return 3
	}
	return p.Rows
}

// Option is one choice. Where a choice is a link, Href says where to.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Group    string // options of one group stand together and in order
	Lang     string // language of the label, when it differs from the page's
	Href     string
	Icon     IconName
	Status   StatusKey
	Count    string
	Current  bool
	Disabled bool
}

// SelectProps describes a native select, right for up to about twelve choices.
type SelectProps struct {
	Field
	Options  []Option
	Value    string
	Blank    string // words of the empty choice, none if absent
	Disabled bool
	Class    string
	Attrs    templ.Attributes
}

// optionGroup is a run of options under one heading.
type optionGroup struct {
	name    string
	options []Option
}

func grouped(options []Option) []optionGroup {
	var groups []optionGroup
	for _, o := range options {
		if n := len(groups); n > 0 && groups[n-1].name == o.Group {
			groups[n-1].options = append(groups[n-1].options, o)
			continue
		}
		groups = append(groups, optionGroup{o.Group, []Option{o}})
	}
	return groups
}
