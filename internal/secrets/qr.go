package secrets

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// quietZone is the empty border readers need, in modules.
const quietZone = 4

// QR is a QR code.
type QR struct {
	code barcode.Barcode
}

// NewQR returns the QR code of the text. It returns an error when the text is too long for one.
func NewQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, fmt.Errorf("draw QR code: %w", err)
	}
	return QR{code: code}, nil
}

// Size is the width and height in modules, border included: an SVG's viewBox is "0 0 Size Size".
func (q QR) Size() int {
	return q.code.Bounds().Dx() + 2*quietZone
}

// Path is the dark part as the data of an SVG path, made of numbers and the letters M, h, v and z only.
func (q QR) Path() string {
	var path strings.Builder
	side := q.code.Bounds().Dx()
	for y := range side {
		for x := 0; x < side; x++ {
			start := x
			for x < side && q.dark(x, y) {
				x++
			}
			if x > start {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", start+quietZone, y+quietZone, x-start, x-start)
			}
		}
	}
	return path.String()
}

// PNG is the code as a square image whose modules are scale pixels wide, border included.
func (q QR) PNG(scale int) ([]byte, error) {
	side := q.code.Bounds().Dx() * scale
	scaled, err := barcode.Scale(q.code, side+2*quietZone*scale, side+2*quietZone*scale)
	if err != nil {
		return nil, fmt.Errorf("scale QR code: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, scaled); err != nil {
		return nil, fmt.Errorf("encode QR code: %w", err)
	}
	return out.Bytes(), nil
}

func (q QR) dark(x, y int) bool {
	return color.GrayModel.Convert(q.code.At(x, y)).(color.Gray).Y < 128
}
