package placeholder

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/colornames"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The bounds of a picture, in pixels, and of its text, in letters.
const (
	Largest     = 1024
	LongestText = 100
)

// Picture is what to draw.
type Picture struct {
	Text          string
	Fill, Ground  color.Color
	Width, Height int  // in pixels, from 1 to Largest
	X, Y          *int // where the text's base line begins, from the upper left corner; nil to put the text in the middle
	FontSize      int  // in pixels, from 1 to Largest
}

var face = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(gomonobold.TTF) })

// PNG draws the picture in a bold monospaced face.
func (p Picture) PNG() ([]byte, error) {
	parsed, err := face()
	if err != nil {
		return nil, fmt.Errorf("read the face: %w", err)
	}
	letters, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(p.FontSize), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("size the face: %w", err)
	}
	canvas := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(p.Ground), image.Point{}, draw.Src)
	pen := font.Drawer{Dst: canvas, Src: image.NewUniform(p.Fill), Face: letters}
	pen.Dot = p.start(pen.MeasureString(p.Text), letters.Metrics().CapHeight)
	pen.DrawString(p.Text)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, canvas); err != nil {
		return nil, fmt.Errorf("encode the picture: %w", err)
	}
	return out.Bytes(), nil
}

// start is where the base line of a text of some width and height begins.
func (p Picture) start(width, height fixed.Int26_6) fixed.Point26_6 {
	at := fixed.Point26_6{X: (fixed.I(p.Width) - width) / 2, Y: (fixed.I(p.Height) + height) / 2}
	if p.X != nil {
		at.X = fixed.I(*p.X)
	}
	if p.Y != nil {
		at.Y = fixed.I(*p.Y)
	}
	return at
}

// ParseColor reads a colour: three or six hexadecimal digits, with or without # before them, or its name in SVG.
func ParseColor(text string) (c color.RGBA, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if named, known := colornames.Map[text]; known {
		return named, true
	}
	digits := strings.TrimPrefix(text, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	number, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 6 {
		return c, false
	}
	return color.RGBA{R: uint8(number >> 16), G: uint8(number >> 8), B: uint8(number), A: 255}, true
}
