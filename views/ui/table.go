package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Sort says how a column is sorted now.
type Sort string

// A column without SortHref cannot be sorted, whatever its Sort.
const (
	Unsorted   Sort = "none"
	Ascending  Sort = "ascending"
	Descending Sort = "descending"
)

// Column is a heading of a table.
type Column struct {
	Label    string
	SortHref string // the list sorted by this column
	Sort     Sort
	End      bool // numbers and actions stand at the end of the cell
	Middle   bool // left out between phone and desk
	HideName bool // the heading is for screen readers only
	Class    string
}

func (c Column) sort() string {
	if c.SortHref == "" {
		return ""
	}
	if c.Sort == "" {
		return string(Unsorted)
	}
	return string(c.Sort)
}

// TableProps describes a table. Its rows are its children.
type TableProps struct {
	ID         string // the tbody gets "<id>-rows", to be swapped with the pager
	Caption    string // read aloud, not shown
	Columns    []Column
	Selectable bool // a first column of checkboxes; every row then begins with a RowBox
	Plain      bool // stays a table on phones and scrolls, instead of becoming two-line cards
	Class      string
	Attrs      templ.Attributes
}

// scroll makes a table that scrolls sideways reachable by keyboard.
func (p TableProps) scroll() templ.Attributes {
	if !p.Plain {
		return nil
	}
	return templ.Attributes{"tabindex": "0", "role": "region", "aria-label": p.Caption}
}

// RowProps describes a row of a table.
type RowProps struct {
	ID       string
	Current  bool // here: the row whose drawer is open
	Selected bool
	Attrs    templ.Attributes
}

// PagerProps describes the end of a list. Empty addresses mean that there is nothing that way.
type PagerProps struct {
	Label    string // "People"; names the navigation
	From     int    // 1-based; 0 when the position is not known (keyset)
	To       int
	Total    int    // -1 when not counted
	AtLeast  bool   // Total is a bound: shown as "10,000+"
	Noun     string // "candidates"
	PrevHref string
	NextHref string
	Pages    []PageLink
	Attrs    templ.Attributes // on both links: hx-get comes from hx-boost="true" with a target here
}

// PageLink is a numbered page; a Number of 0 is a gap.
type PageLink struct {
	Number  int
	Href    string
	Current bool
}

// PageLinks returns the first, the last and the pages around the current one, with gaps.
func PageLinks(current, last int, href func(page int) string) []PageLink {
	var links []PageLink
	for page := 1; page <= last; page++ {
		if page == 1 || page == last || (page >= current-1 && page <= current+1) {
			links = append(links, PageLink{page, href(page), page == current})
		} else if links[len(links)-1].Number != 0 {
			links = append(links, PageLink{})
		}
	}
	return links
}

// position says where in the list we are: "1–50 of 10,000+ candidates".
func (p PagerProps) position() string {
	total := Number(p.Total)
	if p.AtLeast {
		total += "+"
	}
	noun := when(p.Noun != "", " "+p.Noun)
	switch {
	case p.From == 0 && p.Total < 0:
		return ""
	case p.From == 0:
		return total + noun
	case p.Total < 0:
		return Number(p.From) + "–" + Number(p.To) + noun
	}
	return Number(p.From) + "–" + Number(p.To) + " of " + total + noun
}

// Number writes a whole number with commas between thousands.
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
