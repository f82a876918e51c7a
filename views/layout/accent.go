package layout

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/a-h/templ"
)

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// accentStyle puts an organization's colour on the main buttons. The style carries the nonce; anything but a colour is
// nothing.
func accentStyle(p Page) templ.Component {
	if !hexColour.MatchString(p.Accent) {
		return templ.NopComponent
	}
	return templ.Raw(fmt.Sprintf(`<style nonce="%s">:root:root:root{--key:%s;--on-key:%s;--key-hover:color-mix(in srgb,%[2]s 86%%,%[3]s)}</style>`,
		p.Nonce, p.Accent, inkOn(p.Accent)))
}

// inkOn returns black or white, whichever is easier to read on a colour: one of them has a contrast of 4.5 or more.
func inkOn(colour string) string {
	n, err := strconv.ParseUint(colour[1:], 16, 32)
	if err != nil {
		return "#ffffff"
	}
	light := func(shift int) float64 {
		v := float64(n>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	const asFarFromBoth = 0.179 // luminance whose contrast to black equals that to white
	if 0.2126*light(16)+0.7152*light(8)+0.0722*light(0) > asFarFromBoth {
		return "#000000"
	}
	return "#ffffff"
}
