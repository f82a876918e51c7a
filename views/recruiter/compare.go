package recruiter

import (
	"slices"

	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Comparison is a few candidates side by side.
type Comparison struct {
	layout.Page
	AssessmentID int64
	Assessment   string
	People       []Drawer
}

// Names lists who is compared.
func (c Comparison) Names() string {
	names := make([]string, len(c.People))
	for i, p := range c.People {
		names[i] = p.Name
	}
	return list(names)
}

func (d Drawer) total() ui.ScoreProps {
	p := ui.ScoreProps{CutOff: d.CutOff, Low: d.Low, High: d.High, Open: d.Score == nil}
	if d.Score != nil {
		p.Value = *d.Score
	}
	return p
}

// section returns the person's section with the title; every person has the same sections, but perhaps not all.
func (d Drawer) section(title string) ScoredSection {
	for _, s := range d.Sections {
		if s.Title == title {
			return s
		}
	}
	return ScoredSection{Title: title}
}

func (c Comparison) sections() []string {
	var titles []string
	for _, s := range c.People[0].Sections {
		titles = append(titles, s.Title)
	}
	return titles
}

// skills are the names of all skills that were scored for anybody here.
func (c Comparison) skills() []string {
	var names []string
	for _, p := range c.People {
		for _, skill := range p.Skills() {
			if !slices.Contains(names, skill.Term) {
				names = append(names, skill.Term)
			}
		}
	}
	return names
}

func (d Drawer) skill(name string) string {
	for _, skill := range d.Skills() {
		if skill.Term == name {
			return skill.Text
		}
	}
	return "–"
}
