package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Report is what is known of one candidate in one assessment.
type Report struct {
	layout.Page
	Drawer
	Assessment  string
	Lead        string
	Spread      ui.HistogramProps
	Particulars []ui.Entry
	MayShare    bool
	Shares      []Share
}

// Share is a link that works.
type Share struct {
	ID    int64
	Until string
	Views int
}

// MadeShare is a link just made: shown once.
type MadeShare struct{ URL, Until string }

func (r Report) path(rest string) string {
	return fmt.Sprintf("/participations/%d/report%s", r.ID, rest)
}

func (r Report) bars() ui.BarChartProps {
	p := ui.BarChartProps{ID: "sections", Title: "Section scores out of 100", Max: 100, CutOff: r.CutOff}
	for _, s := range r.Sections {
		bar := ui.Bar{Label: s.Title, Note: s.Note, Low: s.Low, High: s.High, Open: s.Score == nil}
		if s.Marks != "" {
			bar.Note = s.Marks
		}
		if s.Score != nil {
			bar.Value = *s.Score
		}
		p.Bars = append(p.Bars, bar)
	}
	return p
}

// parameters are the names of everything that was rated, in the order in which it first was.
func (r Report) parameters() []string {
	var names []string
	seen := map[string]bool{}
	for _, e := range r.Evaluations {
		for _, rating := range e.Ratings {
			if !seen[rating.Name] {
				seen[rating.Name] = true
				names = append(names, rating.Name)
			}
		}
	}
	return names
}

func (e EvaluationShown) rating(name string) string {
	for _, r := range e.Ratings {
		if r.Name == name {
			return r.Value
		}
	}
	return "–"
}

func (s Share) words() string {
	opened := "not opened yet"
	switch {
	case s.Views == 1:
		opened = "opened once"
	case s.Views > 1:
		opened = fmt.Sprintf("opened %d times", s.Views)
	}
	return "Until " + s.Until + ", " + opened
}
