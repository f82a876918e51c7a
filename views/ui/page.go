package ui

import "github.com/a-h/templ"

// Crumb is a step on the way to a page. The page itself is not a crumb.
type Crumb struct {
	Label string
	Href  string
}

// PageHeaderProps describes the top of a page. Its actions are its children.
type PageHeaderProps struct {
	Title     string
	Lead      string // the sentence that says what matters, below the title
	Crumbs    []Crumb
	BadgeText string // state of the thing, behind the crumbs
	BadgeTone Tone
	Person    string // puts an avatar before the title
}

// Tab is a link to a part of a page.
type Tab struct {
	Label   string
	Href    string
	Count   string
	Current bool
	Attrs   templ.Attributes
}

// SectionProps describes a part of a page under its own heading.
type SectionProps struct {
	ID       string
	Title    string
	Count    string
	EndLabel string // a link or a fact at the end of the heading
	EndHref  string
	Class    string
}

// Entry is a term and what it is.
type Entry struct {
	Term string
	Text string
	Href string
}
