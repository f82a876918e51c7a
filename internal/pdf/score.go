package pdf

import (
	"math"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
)

// Score is a score out of 100 to be drawn beside others. Cutoff is nil when there is none; Low and High bound the middle
// half of everyone else, and are nil when too few others took part.
type Score struct {
	Label  string
	Value  float64
	Cutoff *float64
	Low    *float64
	High   *float64
}

// ScoreBar writes the label, the score with one decimal at most, and its streak: a slanted bar from zero, with the cut-off as a notch and the
// middle half of the others as a thin line beneath. A score under its cut-off is drawn hollow.
func (d *Document) ScoreBar(score Score) {
	const labelWidth, numberWidth = 60.0, 12.0
	label := face{size: bodySize, colour: ink}
	lines := d.wrapIn(label, score.Label, labelWidth-4)
	height := max(7, float64(len(lines))*label.height()+2)
	d.room(height)
	top := d.pdf.GetY()
	d.writeLines(lines, label, margin, labelWidth-4)
	d.pdf.SetY(top)
	d.use(face{size: bodySize, bold: true, colour: ink})
	d.cell(strconv.FormatFloat(math.Round(score.Value*10)/10, 'f', -1, 64), margin+labelWidth, numberWidth-4, true)
	d.streak(score, margin+labelWidth+numberWidth, top+0.6, textWidth-labelWidth-numberWidth)
	d.pdf.SetY(top + height)
}

func (d *Document) streak(score Score, x, y, width float64) {
	const body, slant = 2.6, 0.9
	at := func(value float64) float64 { return x + width*min(max(value, 0), 100)/100 }
	d.fill(track)
	d.pdf.Rect(x, y+body/2-0.2, width, 0.4, "F")
	hollow := score.Cutoff != nil && score.Value < *score.Cutoff
	style := "F"
	d.fill(petrol)
	if hollow {
		style = "DF"
		d.fill(colour{255, 255, 255})
		d.pdf.SetDrawColor(clay.r, clay.g, clay.b)
		d.pdf.SetLineWidth(0.4)
	}
	if end := at(score.Value); end > x+slant {
		d.pdf.Polygon([]fpdf.PointType{{X: x, Y: y}, {X: end, Y: y}, {X: end - slant, Y: y + body}, {X: x, Y: y + body}}, style)
	}
	if score.Cutoff != nil {
		d.fill(ink)
		d.pdf.Rect(at(*score.Cutoff)-0.3, y-0.8, 0.6, body+1.6, "F")
	}
	if score.Low != nil && score.High != nil {
		d.fill(grey)
		d.pdf.Rect(at(*score.Low), y+body+1.1, at(*score.High)-at(*score.Low), 0.5, "F")
	}
}

func (d *Document) fill(c colour) {
	d.pdf.SetFillColor(c.r, c.g, c.b)
}
