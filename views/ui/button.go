package ui

import "github.com/a-h/templ"

// ButtonKind is the weight of a button in its view.
type ButtonKind string

// The kinds. A view has one Key button; Danger is for what cannot be undone, QuietDanger for the way to it.
const (
	Plain       ButtonKind = ""
	Key         ButtonKind = "btn-primary"
	Quiet       ButtonKind = "btn-quiet"
	Danger      ButtonKind = "btn-danger"
	QuietDanger ButtonKind = "btn-quiet btn-danger"
)

// Size is the height of a button.
type Size string

// The sizes. Medium is 32 px; on phones and under a finger all grow by themselves.
const (
	Medium Size = ""
	Small  Size = "sm"
	Large  Size = "lg"
)

// Toggle is the state of a button that stays pressed.
type Toggle string

// A button toggles only when it is Pressed or Released.
const (
	NoToggle Toggle = ""
	Pressed  Toggle = "true"
	Released Toggle = "false"
)

// ButtonProps describes a button, or with Href a link that looks like one. The words are its children.
type ButtonProps struct {
	Kind   ButtonKind
	Size   Size
	Type   string // "button" unless "submit" or "reset"
	Href   string
	ID     string
	Name   string
	Value  string
	Form   string // id of a form elsewhere in the page
	Icon   IconName
	After  IconName // icon behind the words
	Label  string   // name for screen readers; with an icon and no children it is the whole name
	Square bool     // only an icon, as wide as high; needs Label
	Block  bool     // as wide as its place
	Busy   bool     // works already; keeps its width
	// Blocked says why the button cannot act yet. It stays focusable, so that the reason can be read.
	Blocked   string
	BlockedBy string // id of the element that says why, when the page shows it already
	Toggle    Toggle
	Keys      string // shortcut shown behind the words
	Class     string
	Attrs     templ.Attributes
}

func (p ButtonProps) classes() templ.CSSClasses {
	return templ.CSSClasses{"btn", string(p.Kind), when(p.Size != Medium, "btn-"+string(p.Size)),
		templ.KV("btn-icon", p.Square), templ.KV("btn-block", p.Block), templ.KV("is-busy", p.Busy), p.Class}
}

func (p ButtonProps) blocked() bool { return p.Blocked != "" || p.BlockedBy != "" }

func (p ButtonProps) buttonType() string {
	if p.Type == "" || p.blocked() {
		return "button"
	}
	return p.Type
}

func (p ButtonProps) attributes() templ.Attributes {
	return attributes(p.Attrs, "id", p.ID, "name", p.Name, "value", p.Value, "form", p.Form, "aria-label", p.Label,
		"aria-pressed", string(p.Toggle), "aria-busy", when(p.Busy, "true"), "aria-disabled", when(p.blocked(), "true"),
		"aria-describedby", p.BlockedBy, "title", p.title())
}

// title names an icon on hover, and the reason of a blocked button.
func (p ButtonProps) title() string {
	if p.Blocked != "" {
		return p.Blocked
	}
	return when(p.Square, p.Label)
}

func (p ButtonProps) linkAttributes() templ.Attributes {
	return attributes(p.Attrs, "id", p.ID, "aria-label", p.Label, "title", p.title())
}
