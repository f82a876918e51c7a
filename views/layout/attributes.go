package layout

import (
	"github.com/a-h/templ"

	"github.com/assay-hire/assay/views/ui"
)

func themeAttribute(p Page) templ.Attributes {
	attributes := templ.Attributes{}
	if p.theme() != "" {
		attributes["data-theme"] = p.theme()
	}
	if p.Compact {
		attributes["data-density"] = "compact"
	}
	return attributes
}

func currentAttribute(item NavItem) templ.Attributes {
	if !item.Current {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// troubleAttributes hand the words for failed requests to the script that says them.
func troubleAttributes(words ui.TroubleWords) templ.Attributes {
	return templ.Attributes{
		"data-say-offline": words.Offline, "data-say-403": words.Forbidden, "data-say-404": words.NotFound, "data-say-409": words.Conflict,
		"data-say-413": words.TooLarge, "data-say-429": words.TooMany, "data-say-other": words.Other,
	}
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
