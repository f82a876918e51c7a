// Package settings shows the settings of the catalogue, to be chosen: an organization's and a user's look the same.
package settings

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// Sheet is every setting with what was chosen here, and what holds without.
type Sheet struct {
	Action   string // address that the choices are sent to
	Lines    []Line
	Own      bool // one user's: what only an organization chooses is left out
	Disabled bool
	Refused  fault.Fields
}

// Line is one setting.
type Line struct {
	Setting   models.Setting
	Allowed   []models.SettingsAllowedValue
	Chosen    string // id of the allowed value, or the value; "" when nothing was chosen here
	Inherited string // what holds without a choice here, in words
	From      string // where that is from: "the default"
}

// Lines returns a line for each setting. Here is what counts with the choices of this level, above what counts without
// them; isHere tells whether a choice was made at this level, from names the level above.
func Lines(here, above []models.SettingInForce, allowed []models.SettingsAllowedValue, isHere func(models.SettingsDatum) bool, from string) []Line {
	var lines []Line
	for i, s := range here {
		if s.Setting.IsElsewhere() {
			continue
		}
		line := Line{Setting: s.Setting, Inherited: words(above[i]), From: "the default"}
		if above[i].Datum != nil {
			line.From = from
		}
		for _, a := range allowed {
			if a.SettingsID == s.Setting.ID {
				line.Allowed = append(line.Allowed, a)
			}
		}
		if s.Datum != nil && isHere(*s.Datum) {
			line.Chosen = s.Value
			if s.Allowed != nil {
				line.Chosen = fmt.Sprint(s.Allowed.ID)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// obeyed are the lines of what Assay goes by.
func (s Sheet) obeyed() []Line { return s.lines(false) }

// kept are the lines of what is kept for other programs.
func (s Sheet) kept() []Line { return s.lines(true) }

func (s Sheet) lines(isKept bool) []Line {
	var lines []Line
	for _, l := range s.Lines {
		if l.Setting.IsKept() == isKept && !(s.Own && l.Setting.IsOrganizations()) {
			lines = append(lines, l)
		}
	}
	return lines
}

func words(s models.SettingInForce) string {
	switch {
	case s.Allowed != nil:
		return s.Allowed.Caption
	case s.Value == "":
		return "none"
	}
	return s.Value
}

func (s Sheet) field(l Line) ui.Field {
	name := fmt.Sprintf("setting-%d", l.Setting.ID)
	f := ui.Field{Name: name, Label: l.Setting.Name, Error: s.Refused[name]}
	if !l.Setting.Constrained {
		f.Hint = fmt.Sprintf("Empty: %s, from %s.", l.Inherited, strings.TrimSuffix(l.From, "."))
	}
	return f
}

func (l Line) blank() string { return l.Inherited + ", from " + l.From }

func (l Line) options() []ui.Option {
	options := make([]ui.Option, len(l.Allowed))
	for i, a := range l.Allowed {
		options[i] = ui.Option{Value: fmt.Sprint(a.ID), Label: a.Caption}
	}
	return options
}

func (s Sheet) input(l Line) ui.InputProps {
	p := ui.InputProps{Field: s.field(l), Value: l.Chosen, Disabled: s.Disabled, Autocomplete: "off"}
	if l.Setting.ID == models.SettingAccentColour {
		p.Placeholder, p.Dir = "#1d6b70", "ltr"
	}
	if l.Setting.DataType != nil && *l.Setting.DataType == models.SettingInteger {
		p.Type, p.InputMode, p.Min, p.Max = "number", "numeric", string(l.Setting.MinValue), string(l.Setting.MaxValue)
	}
	return p
}

func (l Line) about() string {
	text := ""
	if l.Setting.Description != nil {
		text = *l.Setting.Description
	}
	if len(l.Setting.MinValue) > 0 && len(l.Setting.MaxValue) > 0 && !l.Setting.Constrained {
		text += fmt.Sprintf(", %s to %s", l.Setting.MinValue, l.Setting.MaxValue)
	}
	return text
}
