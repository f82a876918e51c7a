package layout

import "github.com/a-h/templ"

func themeAttribute(p Page) templ.Attributes {
	if p.theme() == "" {
		return nil
	}
	return templ.Attributes{"data-theme": p.theme()}
}

func currentAttribute(item NavItem) templ.Attributes {
	if !item.Current {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// everywhere are the keys that work on every screen.
func everywhere() []KeyHelp {
	return []KeyHelp{
		{"Ctrl K", "find anything"},
		{"/", "search this list"},
		{"F6", "to the latest message"},
		{"Esc", "close what is open"},
		{"?", "these keys"},
	}
}
