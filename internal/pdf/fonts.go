package pdf

import (
	_ "embed" // the fonts
	"slices"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

var (
	//go:embed fonts/NotoSans-Regular.ttf
	latinRegular []byte
	//go:embed fonts/NotoSans-Bold.ttf
	latinBold []byte
	//go:embed fonts/NotoSansArabic-Regular.ttf
	arabicRegular []byte
	//go:embed fonts/NotoSansDevanagari-Regular.ttf
	devanagariRegular []byte
)

type face struct {
	size   float64
	bold   bool
	colour colour
}

func (f face) height() float64 { return f.size * lineFactor }

// fontFiles are by family and style, as the writer names them.
var fontFiles = map[[2]string][]byte{
	{"latin", ""}: latinRegular, {"latin", "B"}: latinBold, {"arabic", ""}: arabicRegular, {"devanagari", ""}: devanagariRegular,
}

func (d *Document) use(f face) {
	d.face = f
	d.pdf.SetTextColor(f.colour.r, f.colour.g, f.colour.b)
}

// piece is text in one font.
type piece struct {
	text   string
	family string
}

// pieces cuts shaped text, already in visual order, by font. Digits, spaces and signs stay with what precedes them.
func pieces(text string) []piece {
	var all []piece
	for _, r := range text {
		family := familyOf(r)
		switch {
		case r > 0xFFFF || family == "":
			r, family = unicode.ReplacementChar, "latin"
		case family == "any" && len(all) > 0:
			family = all[len(all)-1].family
			if family != "latin" && r != ' ' {
				family = "latin"
			}
		case family == "any":
			family = "latin"
		}
		if len(all) == 0 || all[len(all)-1].family != family {
			all = append(all, piece{family: family})
		}
		all[len(all)-1].text += string(r)
	}
	return all
}

// Writes tells whether there is type for every letter of a text. Others are set as a mark for what is missing.
func Writes(text string) bool {
	for _, r := range text {
		if r > 0xFFFF || familyOf(r) == "" {
			return false
		}
	}
	return true
}

func familyOf(r rune) string {
	switch {
	case unicode.Is(unicode.Arabic, r), r >= 0x0600 && r <= 0x06FF:
		return "arabic"
	case unicode.Is(unicode.Devanagari, r), r >= 0x0900 && r <= 0x097F:
		return "devanagari"
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic):
		return "latin"
	case unicode.In(r, unicode.Common, unicode.Inherited) && r < 0x2C00:
		return "any"
	}
	return ""
}

// visual returns a line's runs in the order they stand on paper, each shaped, with those from right to left reversed. The
// second result says that the line as a whole runs from right to left.
func visual(text string) (string, bool) {
	var paragraph bidi.Paragraph
	if _, err := paragraph.SetString(text); err != nil {
		return text, false
	}
	order, err := paragraph.Order()
	if err != nil {
		return text, false
	}
	rightToLeft := !paragraph.IsLeftToRight()
	runs := make([]string, order.NumRuns())
	for i := range runs {
		run := order.Run(i)
		runs[i] = joinArabic(run.String())
		if run.Direction() == bidi.RightToLeft {
			runs[i] = bidi.ReverseString(runs[i])
		}
	}
	if rightToLeft {
		slices.Reverse(runs)
	}
	out := ""
	for _, run := range runs {
		out += run
	}
	return out, rightToLeft
}

func (d *Document) setFont(family string) {
	style := ""
	if d.face.bold && family == "latin" {
		style = "B"
	}
	if font := [2]string{family, style}; !d.loaded[font] {
		// The writer may work in place, and the embedded bytes are shared by all documents.
		d.pdf.AddUTF8FontFromBytes(family, style, slices.Clone(fontFiles[font]))
		d.loaded[font] = true
	}
	d.pdf.SetFont(family, style, d.face.size)
}

func (d *Document) width(text string) float64 {
	shaped, _ := visual(text)
	total := 0.0
	for _, p := range pieces(shaped) {
		d.setFont(p.family)
		total += d.pdf.GetStringWidth(p.text)
	}
	return total
}

// drawLine sets one line with its baseline at y, within width from x: at the right end when it runs from right to left.
func (d *Document) drawLine(text string, x, y, width float64) {
	shaped, rightToLeft := visual(text)
	if rightToLeft {
		x += width - d.width(text)
	}
	for _, p := range pieces(shaped) {
		d.setFont(p.family)
		d.pdf.Text(x, y, p.text)
		x += d.pdf.GetStringWidth(p.text)
	}
}
