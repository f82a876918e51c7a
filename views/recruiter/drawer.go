package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/answers"
	"github.com/assay-hire/assay/views/ui"
)

// Drawer is one candidate beside the board.
type Drawer struct {
	AssessmentID, ID    int64
	Name, Email, Title  string
	Status              models.StatusKey
	Since               string // "for 6 days"
	Reason              string
	Tab                 string
	PrevHref, NextHref  string
	Href                string // of this candidate, without the tab
	Query               string
	Score               *float64
	CutOff, Low, High   float64
	Rank                string
	Sections            []ScoredSection
	Evaluations         []EvaluationShown
	Hidden              int // evaluations the reader may not see yet
	Assigned, Evaluated int
	History             []HistoryLine
	MayDecide, CanUndo  bool
	MayReport           bool
	TellAt              string // a message waits until then
	EvaluateHref        string // the reader's own evaluation that is open
}

// ScoredSection is an attempt with its score and, where asked for, its answers.
type ScoredSection struct {
	Title, Note string
	Score       *float64
	Marks       string
	CutOff      float64
	Low, High   float64
	State       string
	Answers     []answers.Answer
	Skills      []models.SkillScore
}

// EvaluationShown is a submitted evaluation as shown.
type EvaluationShown struct {
	By, Section, When string
	Recommendation    models.Recommendation
	Comment           string
	Ratings           []RatingShown
	Mean              string
}

// RatingShown is the value given to a parameter.
type RatingShown struct{ Name, Value string }

// HistoryLine is something that happened to a participation.
type HistoryLine struct {
	Status         models.StatusKey
	Icon           ui.IconName
	Text, At, When string
	Note           string
}

func (d Drawer) tabs() []ui.Tab {
	tab := func(key, label, count string) ui.Tab {
		href := d.Href
		if key != "" {
			href = d.tabHref(key)
		}
		return ui.Tab{Label: label, Href: href, Count: count, Current: d.Tab == key,
			Attrs: map[string]any{"hx-get": href, "hx-target": "#drawer", "hx-swap": "innerHTML"}}
	}
	count := ""
	if d.Assigned > 0 {
		count = fmt.Sprintf("%d/%d", d.Evaluated, d.Assigned)
	}
	return []ui.Tab{tab("", "Overview", ""), tab("answers", "Answers", ""), tab("evaluations", "Evaluations", count), tab("history", "History", "")}
}

func (d Drawer) tabHref(tab string) string {
	if d.Query == "" {
		return d.Href + "?tab=" + tab
	}
	return d.Href + "&tab=" + tab
}

func (d Drawer) decideHref(k models.StatusKey) string {
	href := fmt.Sprintf("/assessments/%d/pipeline/decisions/new?ids=%d", d.AssessmentID, d.ID)
	if k != 0 {
		href += fmt.Sprintf("&status=%d", k)
	}
	return href
}

func (d Drawer) undoURL() string {
	return fmt.Sprintf("/assessments/%d/pipeline/undo?participation=%d", d.AssessmentID, d.ID)
}

func (d Drawer) evaluationCount() string {
	if d.Assigned == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", d.Evaluated, d.Assigned)
}

func (s ScoredSection) bar() ui.ScoreProps {
	p := ui.ScoreProps{CutOff: s.CutOff, Low: s.Low, High: s.High, Open: s.Score == nil}
	if s.Score != nil {
		p.Value = *s.Score
	}
	return p
}

func hiddenWords(n int) string {
	if n == 1 {
		return "1 evaluation shows once yours is in."
	}
	return fmt.Sprintf("%d evaluations show once yours is in.", n)
}

func (d Drawer) outOf() string {
	if d.CutOff > 0 {
		return "of 100, cut-off " + ui.Score(d.CutOff)
	}
	return "of 100"
}

// Skills is the percentage reached in each skill, over all sections, in the order in which they first came.
func (d Drawer) Skills() []ui.Entry {
	var names []string
	score, most := map[string]float64{}, map[string]float64{}
	for _, s := range d.Sections {
		for _, skill := range s.Skills {
			if _, known := most[skill.Name]; !known {
				names = append(names, skill.Name)
			}
			score[skill.Name] += skill.Score
			most[skill.Name] += skill.MaxScore
		}
	}
	var entries []ui.Entry
	for _, name := range names {
		if most[name] > 0 {
			entries = append(entries, ui.Entry{Term: name, Text: ui.Score(max(0, score[name]/most[name]*100))})
		}
	}
	return entries
}
