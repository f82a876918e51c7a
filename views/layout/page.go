package layout

import (
	"encoding/json"

	"github.com/assay-hire/assay/views/ui"
)

// Page is what every shell needs to know. The handler's rendering fills it from the request; a screen adds Title and the rest.
type Page struct {
	Title string
	Lang  string // "en" unless given
	Dir   string // "ltr" unless "rtl"
	Theme string // "light" or "dark" as chosen; empty follows the system
	Nonce string // of this answer's Content-Security-Policy

	Compact bool   // rows of lists stand close
	Accent  string // #rrggbb for the main buttons, on pages of candidates; "" for ours

	Home         string // where the wordmark leads
	User         User
	Organization string
	Nav          []NavGroup
	Tabs         []NavItem // the phone's tab bar: up to four, the rest is found under More
	Flash        []Flash

	PaletteURL string // GET with q=, answered by ui.PaletteGroup; without it there is no palette
	SignOutURL string // POST
	ProfileURL string
	SwitchURL  string // choose another role or organization

	Languages   []ui.Option // offered on pages for people who are not signed in; Href leads to the page in that language
	PrivacyHref string
	TermsHref   string    // the organization's terms, for candidates
	Keys        []KeyHelp // the keys of this screen, shown by "?"

	Wide  bool // full width: boards, tables, calendar
	Board bool // as high as the window, scrolls inside; implies Wide
	Read  bool // people are read here: their typeface is fetched early
}

// User is the signed-in person as shown.
type User struct {
	Name      string
	Email     string
	Role      string
	AvatarURL string
}

// NavGroup is a part of the navigation. The first group needs no label; Foot puts it at the end.
type NavGroup struct {
	Label string
	Items []NavItem
	Foot  bool
}

// NavItem is a way to a place.
type NavItem struct {
	Label   string
	Short   string // on the phone's tab bar; the label unless given
	Href    string
	Icon    ui.IconName
	Status  ui.StatusKey // instead of an icon: a pinned assessment's state
	Count   string       // what waits there
	Current bool
}

func (i NavItem) short() string {
	if i.Short != "" {
		return i.Short
	}
	return i.Label
}

// Flash is a message about what was just done, shown once.
type Flash struct {
	Text    string
	UndoURL string
	Alert   bool // it failed
}

// KeyHelp is a key and what it does: "J", "next row".
type KeyHelp struct {
	Keys string
	Does string
}

func (p Page) lang() string {
	if p.Lang == "" {
		return "en"
	}
	return p.Lang
}

func (p Page) dir() string {
	if p.Dir == "rtl" {
		return "rtl"
	}
	return "ltr"
}

func (p Page) theme() string {
	if p.Theme == "light" || p.Theme == "dark" {
		return p.Theme
	}
	return ""
}

func (p Page) mainClass() string {
	switch {
	case p.Board:
		return "page page-wide page-board"
	case p.Wide:
		return "page page-wide"
	}
	return "page"
}

// side are the groups above the foot, foot those in it.
func (p Page) side() []NavGroup { return p.groups(false) }
func (p Page) foot() []NavGroup { return p.groups(true) }

func (p Page) groups(foot bool) []NavGroup {
	var found []NavGroup
	for _, g := range p.Nav {
		if g.Foot == foot {
			found = append(found, g)
		}
	}
	return found
}

// htmxConfig is the one place where htmx is told how to behave: a refused form (422) is swapped in, nothing is evaluated,
// no style is injected, pages are not kept in the browser's storage because they hold people's data.
func (p Page) htmxConfig() string {
	config := map[string]any{
		"inlineScriptNonce":      p.Nonce,
		"inlineStyleNonce":       p.Nonce,
		"includeIndicatorStyles": false,
		"allowEval":              false,
		"allowScriptTags":        false,
		"selfRequestsOnly":       true,
		"historyCacheSize":       0,
		"refreshOnHistoryMiss":   true,
		"scrollBehavior":         "instant",
		"responseHandling": []map[string]any{
			{"code": "204", "swap": false},
			{"code": "[23]..", "swap": true},
			{"code": "422", "swap": true},
			{"code": "[45]..", "swap": false, "error": true},
		},
	}
	// Strings, numbers and booleans always encode.
	text, _ := json.Marshal(config)
	return string(text)
}

// printed is the page as put on paper: always light, without news.
func printed(p Page) Page {
	p.Theme, p.Flash = "light", nil
	return p
}
