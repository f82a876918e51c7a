package account

import (
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Home is the page everyone starts from.
type Home struct {
	layout.Page
	Now        time.Time // in the viewer's zone
	Name, Role string
	Steps      []Step // as long as nobody was ever invited
	Groups     []WaitGroup
	Going      []Going
	GoingCount int
	Open       []Mini
	Chain      *Chain
	Doors      []layout.NavItem
}

// WaitGroup is a few things of one kind that wait.
type WaitGroup struct {
	ID, Title         string
	Count             int // 100 means at least that many
	EndLabel, EndHref string
	IsCandidates      bool // a candidate waits for each of them
	Waits             []Wait
}

// Wait is one thing to do.
type Wait struct {
	Person string // whose initials stand before it,
	Icon   ui.IconName
	Title  string
	Href   string
	Sub    string
	Age    string
	Act    string
	Key    bool // the one to begin with
}

// Step is one of the first things to do in a new organization.
type Step struct {
	Icon                  ui.IconName
	Title, Sub, Act, Href string
	Done                  bool
}

// isNext tells whether a step is the first that is left.
func (p Home) isNext(i int) bool {
	for _, s := range p.Steps[:i] {
		if !s.Done {
			return false
		}
	}
	return !p.Steps[i].Done
}

// Going is somebody who sits a section now.
type Going struct{ Name, Href, Left, Offline string }

// Mini is an open assessment in one line.
type Mini struct {
	Title, Href, Until string
	Counts             map[models.StatusKey]int
}

// Chain is the state of the organization's ledger.
type Chain struct {
	Entries int64
	Head    string
	Waiting int
}

const countBound = 100

var numbers = []string{"Nothing", "One thing", "Two things", "Three things", "Four things", "Five things", "Six things", "Seven things",
	"Eight things", "Nine things", "Ten things", "Eleven things", "Twelve things"}

func (p Home) total() (all, candidates int, bounded bool) {
	for _, g := range p.Groups {
		all += g.Count
		bounded = bounded || g.Count >= countBound
		if g.IsCandidates {
			candidates += g.Count
		}
	}
	return all, candidates, bounded
}

// lead says in a sentence how much waits.
func (p Home) lead() string {
	all, _, bounded := p.total()
	switch {
	case len(p.Steps) > 0:
		return "Welcome to Assay."
	case bounded:
		return fmt.Sprintf("More than %s things wait for you.", ui.Number(all-1))
	case all >= len(numbers):
		return fmt.Sprintf("%s things wait for you.", ui.Number(all))
	case all <= 1:
		return numbers[all] + " waits for you."
	}
	return numbers[all] + " wait for you."
}

// soft adds for how many of them a candidate waits.
func (p Home) soft() string {
	all, candidates, bounded := p.total()
	switch {
	case len(p.Steps) > 0:
		return "A few steps to your first candidate."
	case all == 0, bounded, candidates == 0:
		return ""
	case candidates == all && all == 1:
		return "It keeps a candidate waiting."
	case candidates == all:
		return "Each of them keeps a candidate waiting."
	case candidates == 1:
		return "One of them keeps a candidate waiting."
	case candidates < len(numbers):
		return strings.TrimSuffix(numbers[candidates], " things") + " of them keep a candidate waiting."
	}
	return fmt.Sprintf("%d of them keep a candidate waiting.", candidates)
}

func (p Home) eyebrow() string {
	zone := p.Now.Location().String()
	city := strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
	name := p.Now.Format("MST")
	if city == name {
		return p.Now.Format("Monday 2 January · 15:04 MST")
	}
	return p.Now.Format("Monday 2 January · ") + city + p.Now.Format(", 15:04 MST")
}

func (g WaitGroup) count() string {
	if g.Count >= countBound {
		return fmt.Sprintf("%d+", countBound)
	}
	return fmt.Sprint(g.Count)
}

// rest says how many wait that are not listed.
func (g WaitGroup) rest() string {
	switch n := g.Count - len(g.Waits); {
	case g.Count >= countBound:
		return "Here are those that wait longest."
	case n == 1:
		return "One more follows."
	case n > 1:
		return fmt.Sprintf("%d more follow; these wait longest.", n)
	}
	return ""
}

// stations are the statuses of a mini in their order, with the words of its legend.
var stations = []struct {
	label string
	keys  []models.StatusKey
}{
	{"Invited", []models.StatusKey{models.Invited, models.Mailed}},
	{"Attending", []models.StatusKey{models.Attending}},
	{"Completed", []models.StatusKey{models.Completed}},
	{"Evaluated", []models.StatusKey{models.Evaluated}},
	{"Selected", []models.StatusKey{models.Selected}},
}

func (m Mini) parts() []ui.Part {
	parts := make([]ui.Part, len(stations))
	for i, s := range stations {
		parts[i].Label = s.label
		for _, k := range s.keys {
			parts[i].Count += m.Counts[k]
		}
	}
	return parts
}

func (m Mini) note() string {
	n := 0
	for _, count := range m.Counts {
		n += count
	}
	note := Counted(n, "candidate", "candidates")
	if m.Until != "" {
		note += " · to " + m.Until
	}
	return note
}

// Counted writes a number with its noun: "1 evaluation", "5 evaluations", "100+ evaluations".
func Counted(n int, one, many string) string {
	switch {
	case n == 1:
		return "1 " + one
	case n >= countBound:
		return fmt.Sprintf("%d+ %s", countBound, many)
	}
	return ui.Number(n) + " " + many
}

// Ago writes how long ago something was, in one unit.
func Ago(at, now time.Time) string {
	switch passed := now.Sub(at); {
	case passed < time.Minute:
		return "just now"
	case passed < time.Hour:
		return Counted(int(passed/time.Minute), "minute", "minutes")
	case passed < 24*time.Hour:
		return Counted(int(passed/time.Hour), "hour", "hours")
	default:
		days := int(passed / (24 * time.Hour))
		if days == 1 {
			return "1 day"
		}
		return ui.Number(days) + " days"
	}
}

// Due writes until when something is wanted.
func Due(at *time.Time, now time.Time, zone *time.Location) string {
	switch {
	case at == nil:
		return ""
	case at.Before(now):
		return "overdue " + Ago(*at, now)
	}
	return "due " + at.In(zone).Format("Mon 2 Jan")
}

// Left writes the time left of a section, "" without a limit.
func Left(deadline *time.Time, now time.Time) string {
	if deadline == nil {
		return ""
	}
	left := max(0, deadline.Sub(now))
	return fmt.Sprintf("%d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
}

const quiet = time.Minute

// Offline says since when nothing was heard of a candidate's browser, "" while it is heard.
func Offline(heard *time.Time, now time.Time) string {
	if heard == nil || now.Sub(*heard) < quiet {
		return ""
	}
	return fmt.Sprintf("Offline %d min", int(now.Sub(*heard).Minutes()))
}
