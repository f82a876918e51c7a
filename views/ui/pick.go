package ui

import "github.com/a-h/templ"

// ComboboxProps describes a choice out of many, found by typing. Without script it is a text field that sends Name+"_text".
type ComboboxProps struct {
	Field
	Value       string // the chosen value, sent as Name
	Text        string // its words
	Source      string // GET with what was typed as Name+"_text", answered by ComboboxOptions
	Placeholder string
	Options     []Option // the first choices, shown before typing
	Attrs       templ.Attributes
}

func (p ComboboxProps) listID() string { return p.ControlID() + "-list" }

func (p ComboboxProps) attributes() templ.Attributes {
	joined := p.Field.attributes(p.Attrs, "aria-controls", p.listID(), "placeholder", p.Placeholder)
	joined["name"] = p.Name + "_text"
	if p.Source != "" {
		joined["hx-get"], joined["hx-trigger"] = p.Source, "input changed delay:150ms"
		joined["hx-target"] = "#" + p.listID()
	}
	return joined
}

// DateTimeProps describes an appointment: a day, a time and the zone it is meant in. It sends Name+"_date", "_time" and "_zone".
type DateTimeProps struct {
	Field
	Date  string // 2026-11-25
	Time  string // 14:30
	Zone  string // IANA name
	Zones []Option
	Other string // the other side's time: "16:30 in Accra"
	Min   string // earliest day
}

// FileDropProps describes a place to drop or choose files.
type FileDropProps struct {
	Field
	Accept   string // ".csv,.xlsx"
	Multiple bool
	Words    string // "Drop a CSV or Excel file here"; shown large
	Attrs    templ.Attributes
}

// SearchProps describes the search of a list. It answers as one types when Attrs say with what.
type SearchProps struct {
	Name        string // "q" unless given
	Value       string
	Label       string // "Find people"
	Placeholder string
	Attrs       templ.Attributes
}

func (p SearchProps) name() string {
	if p.Name == "" {
		return "q"
	}
	return p.Name
}
