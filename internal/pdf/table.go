package pdf

// Column is a column of a table. Share is its part of the width in relation to the other columns' shares; 0 counts as 1.
// Numbers are set to the right.
type Column struct {
	Name    string
	Share   float64
	Numbers bool
}

const cellGap = 3.0

// Table writes a table whose head is repeated on each page. A row with fewer cells than columns ends early; surplus cells
// are left out. Rows are not broken across pages unless one is longer than a page.
func (d *Document) Table(columns []Column, rows [][]string) {
	widths := columnWidths(columns)
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	head, body := face{size: smallSize, bold: true, colour: muted}, face{size: 9.5, colour: ink}
	headLines := d.cellLines(names, widths, head)
	d.room(rowHeight(headLines, head) + 2*body.height())
	d.row(headLines, columns, widths, head)
	for _, cells := range rows {
		lines := d.cellLines(cells, widths, body)
		if d.room(min(rowHeight(lines, body), pageHeight/2)) {
			d.row(headLines, columns, widths, head)
		}
		d.row(lines, columns, widths, body)
	}
	d.space(4)
}

// columnWidths returns what each column has for its text; cellGap lies between two of them.
func columnWidths(columns []Column) []float64 {
	total, last := 0.0, len(columns)-1
	widths := make([]float64, len(columns))
	for i, column := range columns {
		widths[i] = column.Share
		if column.Share <= 0 {
			widths[i] = 1
		}
		total += widths[i]
	}
	for i := range widths {
		widths[i] *= textWidth / total
		if i < last {
			widths[i] -= cellGap
		}
	}
	return widths
}

func (d *Document) cellLines(cells []string, widths []float64, f face) [][]string {
	lines := make([][]string, len(widths))
	for i := range widths {
		if i < len(cells) {
			lines[i] = d.wrapIn(f, cells[i], widths[i])
		}
	}
	return lines
}

func rowHeight(lines [][]string, f face) float64 {
	most := 1
	for _, cell := range lines {
		most = max(most, len(cell))
	}
	return float64(most)*f.height() + 2
}

// row writes its cells line by line, so that one longer than a page goes on overleaf.
func (d *Document) row(lines [][]string, columns []Column, widths []float64, f face) {
	most := 1
	for _, cell := range lines {
		most = max(most, len(cell))
	}
	d.space(1)
	for n := range most {
		d.room(f.height())
		d.use(f)
		x := margin
		for i, cell := range lines {
			if n < len(cell) {
				d.cell(cell[n], x, widths[i], columns[i].Numbers)
			}
			x += widths[i] + cellGap
		}
		d.space(f.height())
	}
	d.space(1)
	d.pdf.SetDrawColor(line.r, line.g, line.b)
	d.pdf.SetLineWidth(0.2)
	d.pdf.Line(margin, d.pdf.GetY(), margin+textWidth, d.pdf.GetY())
}

func (d *Document) cell(text string, x, width float64, toTheRight bool) {
	if toTheRight {
		x += max(0, width-d.width(text))
		width = d.width(text)
	}
	d.drawLine(text, x, d.pdf.GetY()+d.face.height()*0.74, width)
}
