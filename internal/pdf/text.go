package pdf

import "strings"

// Title writes the document's name and, when it is not empty, a line beneath that says what it is about.
func (d *Document) Title(title, subtitle string) {
	d.write(title, face{size: 20, bold: true, colour: ink}, margin, textWidth)
	if subtitle != "" {
		d.space(1)
		d.write(subtitle, face{size: 11, colour: muted}, margin, textWidth)
	}
	d.space(6)
}

// Heading begins a section and stays with what follows it.
func (d *Document) Heading(text string) {
	if !d.room(28) {
		d.space(5)
	}
	d.write(text, face{size: 13, bold: true, colour: ink}, margin, textWidth)
	d.space(2)
}

// Paragraph writes running text. Line breaks in it are kept.
func (d *Document) Paragraph(text string) {
	d.write(text, face{size: bodySize, colour: ink}, margin, textWidth)
	d.space(3)
}

// KeyValue is a labelled value.
type KeyValue struct {
	Key   string
	Value string
}

// KeyValues writes labels with their values beside them.
func (d *Document) KeyValues(pairs ...KeyValue) {
	const keyWidth = 45.0
	label, value := face{size: bodySize, colour: muted}, face{size: bodySize, colour: ink}
	for _, pair := range pairs {
		keys := d.wrapIn(label, pair.Key, keyWidth-4)
		values := d.wrapIn(value, pair.Value, textWidth-keyWidth)
		d.room(float64(max(len(keys), min(len(values), 4))) * label.height())
		top, page := d.pdf.GetY(), d.pdf.PageNo()
		d.writeLines(keys, label, margin, keyWidth-4)
		bottom := d.pdf.GetY()
		d.pdf.SetY(top)
		d.writeLines(values, value, margin+keyWidth, textWidth-keyWidth)
		if d.pdf.PageNo() == page {
			d.pdf.SetY(max(bottom, d.pdf.GetY()))
		}
		d.space(1)
	}
	d.space(2)
}

func (d *Document) write(text string, f face, x, width float64) {
	d.writeLines(d.wrapIn(f, text, width), f, x, width)
}

func (d *Document) writeLines(lines []string, f face, x, width float64) {
	d.use(f)
	for _, text := range lines {
		d.room(f.height())
		d.use(f)
		d.drawLine(text, x, d.pdf.GetY()+f.height()*0.74, width)
		d.space(f.height())
	}
}

func (d *Document) wrapIn(f face, text string, width float64) []string {
	d.use(f)
	return d.wrap(text, width)
}

// wrap cuts the text into lines that fit, between words where that is possible.
func (d *Document) wrap(text string, width float64) []string {
	var lines []string
	for paragraph := range strings.Lines(text) {
		current := ""
		for _, word := range strings.Fields(paragraph) {
			joined := strings.TrimPrefix(current+" "+word, " ")
			if d.width(joined) <= width {
				current = joined
				continue
			}
			if current != "" {
				lines = append(lines, current)
			}
			var full []string
			full, current = d.breakWord(word, width)
			lines = append(lines, full...)
		}
		lines = append(lines, current)
	}
	return lines
}

// breakWord cuts a word that is wider than a line, such as a long address.
func (d *Document) breakWord(word string, width float64) (full []string, rest string) {
	for d.width(word) > width {
		letters := []rune(word)
		n := len(letters) - 1
		for n > 1 && d.width(string(letters[:n])) > width {
			n = n * 9 / 10
		}
		if n < 1 {
			break
		}
		full = append(full, string(letters[:n]))
		word = string(letters[n:])
	}
	return full, word
}
