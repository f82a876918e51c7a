package panelist

import (
	"fmt"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

func unfinishedWords(n int) string {
	if n == 1 {
		return "1 more is yours once the candidate has finished."
	}
	return fmt.Sprintf("%s more are yours once the candidates have finished.", ui.Number(n))
}

func hiddenWords(n int) string {
	if n == 1 {
		return "1 evaluation shows once yours is in."
	}
	return fmt.Sprintf("%d evaluations show once yours is in.", n)
}

func withSaved(e Evaluation) layout.FocusPage {
	e.FocusPage.Saved = ui.SavedLine("saved", ui.Saved, e.savedText())
	return e.FocusPage
}

// draftAttributes have the form save itself while it is filled in; the field that is typed in is never replaced.
func draftAttributes(e Evaluation) templ.Attributes {
	if e.IsSubmitted || !e.IsReady {
		return nil
	}
	return templ.Attributes{"hx-post": e.path() + "/draft", "hx-trigger": "input changed delay:800ms, change delay:150ms, assay:note delay:800ms",
		"hx-target": "#saved", "hx-swap": "outerHTML", "hx-sync": "this:queue last"}
}

func blocked(e Evaluation) string {
	if e.IsReady {
		return ""
	}
	return "The candidate has not finished this section yet."
}

func oob(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"hx-swap-oob": "true"}
}

func (e Evaluation) scorecardWords() string {
	if e.progress() == "" {
		return "Scorecard"
	}
	return "Scorecard, " + e.progress()
}
