// Package pdf writes simple documents: headings, paragraphs, labelled values, tables and scores, on A4, with the page's
// number below.
//
// Latin, Greek and Cyrillic text is set as it should be. Arabic text (and Persian) is joined and runs from right to left,
// but its vowel points are placed roughly. Hebrew has no glyphs here. Devanagari text shows its letters one by one:
// conjuncts are not formed and the short i stands after its consonant. Emoji, Chinese, Japanese, Korean and other
// scripts show as a replacement mark. Documents that must be exact in those scripts are better printed from the browser.
package pdf

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Millimetres and points of the page.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	margin     = 20.0
	textWidth  = pageWidth - 2*margin
	bodySize   = 10.0
	smallSize  = 8.5
	lineFactor = 0.52 // line height in millimetres per point of type
)

type colour struct{ r, g, b int }

var (
	ink    = colour{20, 26, 23}
	muted  = colour{88, 98, 92}
	line   = colour{220, 226, 217}
	petrol = colour{10, 94, 108}
	clay   = colour{176, 92, 62}
	track  = colour{226, 231, 223}
	grey   = colour{142, 153, 146}
)

// Info is what the file says about itself. Language is a BCP 47 tag. Created is stamped into the file; the same contents
// and Info give the same bytes.
type Info struct {
	Title    string
	Author   string
	Language string
	Created  time.Time
}

// Document is a document being written from top to bottom. Pages break by themselves. Its methods cannot fail; WriteTo
// reports what went wrong on the way.
type Document struct {
	pdf    *fpdf.Fpdf
	face   face
	loaded map[[2]string]bool
}

// New returns a document with one empty page.
func New(info Info) *Document {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetTitle(info.Title, true)
	f.SetAuthor(info.Author, true)
	f.SetCreator("Assay", true)
	f.SetProducer("Assay", true)
	f.SetLang(info.Language)
	f.SetCreationDate(info.Created.UTC())
	f.SetModificationDate(info.Created.UTC())
	f.SetCatalogSort(true)
	f.SetMargins(margin, margin, margin)
	f.SetAutoPageBreak(false, 0)
	f.SetCellMargin(0)
	d := &Document{pdf: f, loaded: map[[2]string]bool{}}
	f.AliasNbPages("")
	f.SetFooterFunc(func() { d.footer(info.Title) })
	f.AddPage()
	return d
}

// WriteTo finishes the document and writes it. The document cannot be used afterwards.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	counted := &counter{w: w}
	if err := d.pdf.Output(counted); err != nil {
		return counted.n, fmt.Errorf("write PDF: %w", err)
	}
	return counted.n, nil
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// footer writes the page's number as "2 / 5", which needs no translation.
func (d *Document) footer(title string) {
	before := d.face
	defer d.use(before)
	d.use(face{size: smallSize, colour: muted})
	if lines := d.wrap(title, textWidth-30); len(lines) > 0 {
		d.drawLine(lines[0], margin, pageHeight-12, textWidth-30)
	}
	d.setFont("latin")
	d.pdf.SetXY(margin+textWidth-12, pageHeight-15)
	d.pdf.CellFormat(12, 4, fmt.Sprintf("%d / {nb}", d.pdf.PageNo()), "", 0, "L", false, 0, "")
}

// room starts a new page when fewer than height millimetres are left on this one, and reports whether it did.
func (d *Document) room(height float64) bool {
	if d.pdf.GetY()+height <= pageHeight-margin-4 {
		return false
	}
	d.pdf.AddPage()
	return true
}

func (d *Document) space(height float64) {
	d.pdf.SetY(d.pdf.GetY() + height)
}
