package placeholder_test

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"github.com/assay-hire/assay/internal/placeholder"
)

// ink counts the pixels that are not ground in the left and in the right half.
func ink(t *testing.T, p placeholder.Picture) (left, right int) {
	t.Helper()
	content, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for x := range p.Width {
		for y := range p.Height {
			if r, _, _, _ := drawn.At(x, y).RGBA(); r > 0 {
				if x < p.Width/2 {
					left++
				} else {
					right++
				}
			}
		}
	}
	return left, right
}

func TestTextStandsInTheMiddleUnlessSaid(t *testing.T) {
	t.Parallel()
	p := placeholder.Picture{Text: "HH", Fill: color.White, Ground: color.Black, Width: 100, Height: 100, FontSize: 40}
	if left, right := ink(t, p); left < 100 || left-right > left/5 || right-left > left/5 {
		t.Errorf("%d pixels to the left, %d to the right", left, right)
	}
	far, low := 60, 90
	p.X, p.Y = &far, &low
	if left, right := ink(t, p); left != 0 || right < 100 {
		t.Errorf("from %d on: %d pixels to the left, %d to the right", far, left, right)
	}
}

func TestParseColor(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]color.RGBA{"#0f0": {G: 255, A: 255}, "102030": {R: 16, G: 32, B: 48, A: 255}, " Navy ": {B: 128, A: 255}} {
		if got, ok := placeholder.ParseColor(text); !ok || got != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "#12", "#12345", "plaid", "-1-1-1", "#1234567"} {
		if _, ok := placeholder.ParseColor(text); ok {
			t.Errorf("%q is taken", text)
		}
	}
}
