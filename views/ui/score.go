package ui

import (
	"fmt"
	"math"
	"strconv"
)

// ScoreProps describes a score as a streak, with the cut-off as a notch and the middle half of everyone else beneath.
type ScoreProps struct {
	Value  float64
	Max    float64 // 100 unless given
	CutOff float64 // none when 0
	Low    float64 // the middle half of the others, none when High is 0
	High   float64
	Open   bool   // not scored yet
	Alt    string // text alternative in the page's language; English unless given
}

func (p ScoreProps) max() float64 {
	if p.Max == 0 {
		return 100
	}
	return p.Max
}

// percent places a value on the streak.
func (p ScoreProps) percent(v float64) float64 {
	return math.Max(0, math.Min(100, v/p.max()*100))
}

func (p ScoreProps) below() bool { return p.CutOff > 0 && p.Value < p.CutOff }

// points draws the streak: slanted at its end, as rubbed.
func (p ScoreProps) points() string {
	end := p.percent(p.Value)
	if end == 0 {
		return ""
	}
	return fmt.Sprintf("0,2 %s,2 %s,7 0,7", short(end+.6), short(end-.6))
}

func (p ScoreProps) othersPoints() string {
	low, high := short(p.percent(p.Low)), short(p.percent(p.High))
	return fmt.Sprintf("%s,11 %s,11 %s,12 %s,12", low, high, high, low)
}

func (p ScoreProps) alt() string {
	if p.Alt != "" {
		return p.Alt
	}
	text := fmt.Sprintf("%s of %s", Score(p.Value), Score(p.max()))
	if p.Open {
		text = "Not scored yet"
	}
	if p.CutOff > 0 {
		text += ", cut-off " + Score(p.CutOff)
	}
	if p.High > 0 {
		text += fmt.Sprintf(", middle half of candidates %s to %s", Score(p.Low), Score(p.High))
	}
	return text
}

// Score writes a score without decimals unless it has a half or the like, and never with two.
func Score(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// short writes a coordinate with one decimal at most.
func short(v float64) string { return Score(v) }

// RatingProps describes one parameter rated from 1 to 5, saved as a draft on change when Attrs say how.
type RatingProps struct {
	Name        string
	Label       string // the parameter
	Optional    bool
	Description string
	Value       int       // 0 when not rated
	Words       [5]string // one word for each step
	Error       string
	Disabled    bool
}

// word is what the chosen step means.
func (p RatingProps) word(words Words) string {
	if p.Value < 1 || p.Value > 5 {
		return words.NotRated
	}
	return p.Words[p.Value-1]
}

// steps are the numbers of the scale.
func (p RatingProps) steps() []int { return []int{1, 2, 3, 4, 5} }

func (p RatingProps) stepLabel(step int) string {
	label := strconv.Itoa(step)
	if word := p.Words[step-1]; word != "" {
		label += ", " + word
	}
	return label
}
