package layout

import "github.com/a-h/templ"

// FocusPage is what the shell for one task shows: a bar with the place in a queue, nothing else around the work.
type FocusPage struct {
	Page
	Position  int // in the queue, from 1; 0 when there is none
	Total     int
	Done      int
	PrevHref  string
	NextHref  string
	Remaining string          // "about 35 min left in your queue"
	Saved     templ.Component // the saved line
	MainClass string          // "ev-main" for two columns
}
