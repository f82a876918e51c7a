package layout

import "github.com/a-h/templ"

// ExamPage is what the exam's shell shows around one question.
type ExamPage struct {
	Page
	Section  string          // name of the section being sat
	Saved    templ.Component // the saved line: ui.SavedLine
	Clock    Clock
	Answered int
	Total    int
	Progress string          // "5 of 20 questions answered"
	Offline  templ.Component // ui.OfflineBand, shown by script when the network is gone
	Map      templ.Component // ui.QuestionMap, at the side on a desk
	Help     templ.Component // what the candidate may rely on, at the side on a desk
	Foot     templ.Component // before, all, next
}

// Clock is the time left as the server said it. The script counts down from Remaining and asks again.
type Clock struct {
	ID        string
	Text      string // "18:20"
	Remaining int    // seconds
	Low       bool   // five minutes or less
	Source    string // GET that answers the clock again
	None      bool   // this section has no clock
}

func currentLanguage(p Page) string {
	for _, language := range p.Languages {
		if language.Current {
			return language.Label
		}
	}
	return p.lang()
}
