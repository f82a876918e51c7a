package ui

import "github.com/a-h/templ"

// DialogProps describes a native dialog. Open it with Opens.
type DialogProps struct {
	ID    string
	Title string // a question, or what the form is for
	Wide  bool
	Open  bool // opens as soon as it arrives, for dialogs fetched on demand
}

// HiddenField is a value a form carries along.
type HiddenField struct{ Name, Value string }

// ConfirmProps describes a question before an act.
type ConfirmProps struct {
	ID     string
	Title  string // "Delete 3 questions?"
	Effect string // what happens, to whom, until when it can be undone
	Action string // POST
	Verb   string // "Delete 3 questions"
	Cancel string // "Cancel" unless given
	Danger bool
	Hidden []HiddenField
	Attrs  templ.Attributes // hx-post and the like, on the form
}

func (p ConfirmProps) cancel() string {
	if p.Cancel == "" {
		return "Cancel"
	}
	return p.Cancel
}

func (p ConfirmProps) kind() ButtonKind {
	if p.Danger {
		return Danger
	}
	return Key
}

// DrawerProps describes the place beside a list where one of its things is shown.
type DrawerProps struct {
	ID    string
	Label string
	Open  bool
}

// DrawerHeadProps describes who or what is in a drawer. Extra buttons are its children.
type DrawerHeadProps struct {
	DrawerID string
	Title    string
	Position string // "3 of 46"
	PrevHref string
	NextHref string
	Attrs    templ.Attributes // on the way to the neighbours: hx-get replaces the drawer's content
}

// MenuProps describes a menu and its button. The entries are its children.
type MenuProps struct {
	Label string // for screen readers, when the button has no Text
	Text  string
	Icon  IconName
	Kind  ButtonKind
	Size  Size
	End   bool // opens along the end edge of its button
	Up    bool // opens upwards
	Open  bool // from the start, as when a form in it was refused
}

func (p MenuProps) square() bool { return p.Text == "" }

// menuButtonType lets a caller make a menu entry submit its form.
func menuButtonType(attrs templ.Attributes) string {
	if attrs["form"] != nil || attrs["formaction"] != nil {
		return "submit"
	}
	return "button"
}
