package static_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ground are the surfaces that text and controls stand on.
var ground = []string{"canvas", "surface", "raised", "sunken", "hover"}

// promise is a pair of colours and the contrast it keeps.
type promise struct {
	front, back string
	least       float64
}

func promises() []promise {
	var all []promise
	for _, back := range ground {
		for _, front := range []string{"ink", "ink-2", "muted", "accent", "good", "warn", "bad", "streak-ink"} {
			all = append(all, promise{front, back, 4.5})
		}
		all = append(all, promise{"focus", back, 3})
	}
	for _, tone := range []string{"accent", "streak", "good", "warn", "bad"} {
		all = append(all, promise{tone + "-ink", tone + "-soft", 4.5}, promise{"ink", tone + "-soft", 4.5}, promise{"ink-2", tone + "-soft", 4.5})
	}
	for i := 1; i <= 6; i++ {
		tint := fmt.Sprintf("tint-%d", i)
		all = append(all, promise{tint + "-ink", tint, 4.5})
	}
	for _, shape := range []string{"line-strong", "streak", "chart-1", "chart-2", "chart-3", "chart-4", "chart-5"} {
		all = append(all, promise{shape, "canvas", 3}, promise{shape, "surface", 3}, promise{shape, "raised", 3})
	}
	return append(all, promise{"on-key", "key", 4.5}, promise{"on-key", "key-hover", 4.5}, promise{"on-accent", "accent", 4.5}, promise{"on-accent", "accent-hover", 4.5},
		promise{"on-bad", "bad", 4.5}, promise{"ink", "press", 4.5}, promise{"ink-2", "press", 4.5})
}

func TestColoursKeepTheirContrast(t *testing.T) {
	t.Parallel()
	light, dark, _ := schemes(t)
	for name, colours := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, p := range promises() {
			got := contrast(luminance(t, colours[p.front]), luminance(t, colours[p.back]))
			if got < p.least {
				t.Errorf("%s: %s on %s has %.2f:1, promised %.1f:1", name, p.front, p.back, got, p.least)
			}
		}
	}
}

func TestChosenDarkIsTheSystemsDark(t *testing.T) {
	t.Parallel()
	_, system, chosen := schemes(t)
	for name, value := range system {
		if chosen[name] != value {
			t.Errorf("--%s is %s when the system is dark and %q when dark is chosen", name, value, chosen[name])
		}
	}
	if len(system) != len(chosen) {
		t.Errorf("the system's dark has %d values, the chosen one %d", len(system), len(chosen))
	}
}

// schemes reads the three blocks of colours from tokens.css.
func schemes(t *testing.T) (light, system, chosen map[string]string) {
	t.Helper()
	source, err := os.ReadFile("css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(source), " color-scheme:")
	if len(blocks) != 4 {
		t.Fatalf("tokens.css has %d blocks of colours, want 3", len(blocks)-1)
	}
	return values(blocks[1]), values(blocks[2]), values(blocks[3])
}

var declaration = regexp.MustCompile(`--([a-z0-9-]+):\s*(#[0-9a-f]{6});`)

func values(block string) map[string]string {
	block, _, _ = strings.Cut(block, "\n}")
	found := map[string]string{}
	for _, match := range declaration.FindAllStringSubmatch(block, -1) {
		found[match[1]] = match[2]
	}
	return found
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	number, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", colour, err)
	}
	var sum float64
	for i, weight := range []float64{.2126, .7152, .0722} {
		channel := float64(number>>(16-8*i)&0xff) / 255
		if channel <= .04045 {
			sum += weight * channel / 12.92
		} else {
			sum += weight * math.Pow((channel+.055)/1.055, 2.4)
		}
	}
	return sum
}

func contrast(a, b float64) float64 {
	pair := []float64{a, b}
	slices.Sort(pair)
	return (pair[1] + .05) / (pair[0] + .05)
}
