package ui

import (
	"fmt"
	"math"
	"strings"
)

// Bin is a range of scores and how many fell into it.
type Bin struct {
	From, To float64
	Count    int
}

// HistogramProps describes how scores are spread, where the cut-off is, and where one candidate stands.
type HistogramProps struct {
	ID     string
	Title  string
	Bins   []Bin
	CutOff float64 // none when 0
	Mine   float64 // a candidate's own score, with MineLabel
	Label  string  // "Linh Đặng 86"; none when empty
}

// The drawing's own units.
const histWidth, histHeight, histFloor = 640.0, 180.0, 150.0

func (p HistogramProps) most() int {
	most := 1
	for _, b := range p.Bins {
		most = max(most, b.Count)
	}
	return most
}

func (p HistogramProps) span() (from, to float64) {
	if len(p.Bins) == 0 {
		return 0, 100
	}
	return p.Bins[0].From, p.Bins[len(p.Bins)-1].To
}

func (p HistogramProps) x(v float64) float64 {
	from, to := p.span()
	return (v - from) / (to - from) * histWidth
}

// labelRoom is about as wide as half of a label.
const labelRoom = 110.0

// labelAt is where the candidate's label stands: above the mark, and beside it where it would leave the drawing or meet
// the words of the cut-off.
func (p HistogramProps) labelAt() (x float64, anchor string) {
	x = p.x(p.Mine)
	beside := p.CutOff > 0 && math.Abs(x-p.x(p.CutOff)) < labelRoom
	switch {
	case x > histWidth-labelRoom:
		return histWidth, "end"
	case x < labelRoom:
		return 0, "start"
	case beside && p.Mine >= p.CutOff:
		return x, "start"
	case beside:
		return x, "end"
	}
	return x, "middle"
}

// cutAt is where the words of the cut-off stand: on the side of the line where the candidate is not.
func (p HistogramProps) cutAt() (x float64, anchor string) {
	x = p.x(p.CutOff)
	if p.Label != "" && p.Mine >= p.CutOff && x > labelRoom {
		return x - 6, "end"
	}
	return x + 6, "start"
}

// column is a bin as drawn.
type column struct {
	x, y, width, height, middle, count string
	from                               string
	below                              bool
}

func (p HistogramProps) columns() []column {
	columns := make([]column, len(p.Bins))
	for i, b := range p.Bins {
		left, right := p.x(b.From), p.x(b.To)
		height := float64(b.Count) / float64(p.most()) * 116
		columns[i] = column{
			x: short(left + 2), y: short(histFloor - height), width: short(right - left - 4), height: short(height),
			middle: short((left + right) / 2), count: Number(b.Count), from: Score(b.From), below: p.CutOff > 0 && b.To <= p.CutOff,
		}
	}
	return columns
}

func (p HistogramProps) describe() string {
	parts := make([]string, 0, len(p.Bins))
	for _, b := range p.Bins {
		parts = append(parts, fmt.Sprintf("%s to %s: %d", Score(b.From), Score(b.To), b.Count))
	}
	text := p.Title + ". " + strings.Join(parts, ", ") + "."
	if p.CutOff > 0 {
		text += " Cut-off " + Score(p.CutOff) + "."
	}
	if p.Label != "" {
		text += " " + p.Label + "."
	}
	return text
}
