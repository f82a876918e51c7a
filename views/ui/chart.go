package ui

import (
	"fmt"
	"strings"
)

// Bar is one row of a bar chart.
type Bar struct {
	Label string
	Note  string // below the label: "Objective, 25 questions"
	Value float64
	Text  string  // at the end of the bar; the number unless given
	Low   float64 // the middle half of the others, none when High is 0
	High  float64
	Open  bool // nothing to draw yet
}

// BarChartProps describes horizontal bars from zero. Under 768 px it turns into a list of scores.
type BarChartProps struct {
	ID     string
	Title  string // what the chart is about; the numbers are added to it for those who cannot see it
	Max    float64
	CutOff float64 // none when 0
	Bars   []Bar
}

// The drawing's own units.
const (
	barLeft, barWidth, barRow = 210.0, 430.0, 50.0
	barEnd                    = barLeft + barWidth
)

func (p BarChartProps) score(b Bar) ScoreProps {
	cut := p.CutOff
	if b.Open {
		cut = 0 // nothing was scored that could reach it
	}
	return ScoreProps{Value: b.Value, Max: p.Max, CutOff: cut, Low: b.Low, High: b.High, Open: b.Open}
}

func (p BarChartProps) x(v float64) float64 {
	return barLeft + p.score(Bar{}).percent(v)*barWidth/100
}

func (p BarChartProps) height() float64 { return float64(len(p.Bars))*barRow + 22 }

func (p BarChartProps) viewBox() string { return fmt.Sprintf("0 0 690 %s", short(p.height())) }

func (p BarChartProps) top(i int) float64 { return float64(i)*barRow + 24 }

func (p BarChartProps) points(i int, v float64) string {
	end, y := p.x(v), p.top(i)
	return fmt.Sprintf("%s,%s %s,%s %s,%s %s,%s", short(barLeft), short(y), short(end), short(y), short(end-5), short(y+11), short(barLeft), short(y+11))
}

// ticks are the six numbers below the bars.
func (p BarChartProps) ticks() []float64 {
	most := p.score(Bar{}).max()
	return []float64{0, most * .2, most * .4, most * .6, most * .8, most}
}

func (p BarChartProps) describe() string {
	parts := make([]string, len(p.Bars))
	for i, b := range p.Bars {
		parts[i] = b.Label + " " + b.text()
	}
	text := p.Title + ": " + strings.Join(parts, ", ") + "."
	if p.CutOff > 0 {
		text += " Cut-off " + Score(p.CutOff) + "."
	}
	return text
}

func (b Bar) text() string {
	switch {
	case b.Text != "":
		return b.Text
	case b.Open:
		return "open"
	}
	return Score(b.Value)
}

// FunnelStep is how many reached a stage.
type FunnelStep struct {
	Label string
	Count int
	Of    int    // how many could have; the bar's full width
	Note  string // "39 % of invited"
	Href  string
}

func (s FunnelStep) width() string {
	if s.Of <= 0 {
		return "0"
	}
	return short(ScoreProps{Max: float64(s.Of)}.percent(float64(s.Count)))
}

// Part is a share of a whole, drawn in a strip.
type Part struct {
	Label string
	Count int
}

// strip is a part with its place in the drawing.
type strip struct {
	class    string
	x, width string
}

func strips(parts []Part) []strip {
	total := 0
	for _, p := range parts {
		total += p.Count
	}
	var drawn []strip
	x, room := 0.0, 100-.8*float64(len(parts)-1)
	for i, p := range parts {
		if p.Count == 0 || total == 0 {
			continue
		}
		width := float64(p.Count) / float64(total) * room
		drawn = append(drawn, strip{fmt.Sprintf("f%d", i%5+1), short(x), short(width)})
		x += width + .8
	}
	return drawn
}

func describeParts(parts []Part) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = Number(p.Count) + " " + strings.ToLower(p.Label)
	}
	return strings.Join(words, ", ")
}
