package ui

import "github.com/a-h/templ"

// Tone is what a colour means. A word or glyph always says the same.
type Tone string

// The tones. Here marks here and now, never good or bad.
const (
	Neutral Tone = ""
	Accent  Tone = "accent"
	Good    Tone = "good"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
	Here    Tone = "streak"
)

func (t Tone) class(prefix string) string {
	return when(t != Neutral, prefix+"-"+string(t))
}

// icon is the glyph that says what the tone says.
func (t Tone) icon() IconName {
	switch t {
	case Warn, Bad:
		return IconWarn
	case Good:
		return IconCheck
	}
	return IconInfo
}

// ChipProps describes a filter: lit with a cross when on, an outline when it can be added.
type ChipProps struct {
	Label string
	Href  string // the list with this filter added or taken away
	On    bool
	Count string
	Opens bool // opens a choice of values
	Attrs templ.Attributes
}
