package ui

import "github.com/a-h/templ"

// NoticeProps describes something to know, beside what it is about. Its words are its children.
type NoticeProps struct {
	Tone  Tone
	Icon  IconName // chosen by tone unless given
	ID    string
	Class string
	Role  string // "alert" for an answer to what was just done, "status" for news
}

func (p NoticeProps) icon() IconName {
	if p.Icon != "" {
		return p.Icon
	}
	return p.Tone.icon()
}

// ToastProps describes what was just done, in the past tense, and the way back.
type ToastProps struct {
	Text    string
	UndoURL string // POST here takes it back; none when it cannot be
	Undo    string // "Undo" unless given
	Alert   bool   // it failed: said at once, and stays until dismissed
}

func (p ToastProps) undo(words Words) string {
	if p.Undo == "" {
		return words.Undo
	}
	return p.Undo
}

// EmptyProps describes a place with nothing in it yet. The first step is its children.
type EmptyProps struct {
	Title string
	Text  string
	Icon  IconName
	Class string
}

// Step is one of a few stages.
type Step struct {
	Label   string
	Href    string
	Done    bool
	Current bool
}

// ProgressProps describes work that moves: n of m, and what is left in words.
type ProgressProps struct {
	ID    string
	Value int
	Max   int
	Label string // "74 of 120 invitations sent"
	Note  string // "74 of 120 sent, about 20 s left"; shown
	Attrs templ.Attributes
}

// TimelineItemProps describes one event. Evidence under it is its children.
type TimelineItemProps struct {
	Status   StatusKey // the glyph is a status,
	Icon     IconName  // or an icon
	Text     string
	DateTime string // RFC 3339
	Time     string // as read by the viewer: "17 Nov 15:19"
}

// BulkBarProps describes what can be done with the selected rows. The verbs are its children.
type BulkBarProps struct {
	ID       string
	Count    int
	Singular string // "candidate"
	Plural   string
}

// SavedState is how far what was typed has come.
type SavedState string

// The states of the saved line.
const (
	Saved  SavedState = "saved"
	Saving SavedState = "saving"
	Kept   SavedState = "kept"
)
