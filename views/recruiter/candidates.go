package recruiter

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Candidates is the list of an organization's candidates.
type Candidates struct {
	layout.Page
	Query    url.Values // what the address says, without the place in the list
	Q        string
	Sort     string
	Columns  []string
	Filtered bool
	Rows     []CandidateRow
	Total    int
	AtLeast  bool
	PrevHref string
	NextHref string
	Zone     *time.Location
	Now      time.Time

	Assessments []models.Assessment
	Fields      []models.CustomField
	Views       SavedViews
	ImportName  string // when the list shows one import

	MayCreate, MayImport, MayExport, MayDelete, MayInvite bool
}

// CandidateRow is one person of the list.
type CandidateRow struct {
	models.Candidate
	Picture   string
	HasResume bool
	Took      []Participation // the latest first
}

// Participation is a candidate's place in one assessment, as a list or a profile shows it.
type Participation struct {
	ID           int64
	CandidateID  int64
	AssessmentID int64
	StatusID     int64
	EndDate      *time.Time
	Title        string
}

// Status returns the participation's status.
func (p Participation) Status() models.StatusKey { return models.StatusOf(p.StatusID) }

// CandidateKeys are the keys of a list of people.
func CandidateKeys() []layout.KeyHelp {
	return []layout.KeyHelp{{Keys: "J", Does: "next row"}, {Keys: "K", Does: "row above"}, {Keys: "X", Does: "select the row"}, {Keys: "Enter", Does: "open the row"}, {Keys: "N", Does: "add a candidate"}}
}

// With returns the list's address with a parameter set, or taken away by an empty value.
func (p Candidates) With(name, value string) string {
	q := maps.Clone(p.Query)
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	return candidatesHref(q)
}

// At returns the list's address from a row on.
func (p Candidates) At(name string, id int64) string {
	return p.With(name, strconv.FormatInt(id, 10))
}

func candidatesHref(q url.Values) string {
	if len(q) == 0 {
		return "/candidates"
	}
	return "/candidates?" + q.Encode()
}

// toggled returns the address with a column shown or hidden.
func (p Candidates) toggled(column string) string {
	q := maps.Clone(p.Query)
	if slices.Contains(p.Columns, column) {
		q["col"] = slices.DeleteFunc(slices.Clone(p.Columns), func(c string) bool { return c == column })
	} else {
		q["col"] = append(slices.Clone(p.Columns), column)
	}
	if len(q["col"]) == 0 {
		q.Del("col")
	}
	return candidatesHref(q)
}

func (p Candidates) shows(column string) bool { return slices.Contains(p.Columns, column) }

// optionalColumns are those that can be added to the table.
func (p Candidates) optionalColumns() []ui.Option {
	columns := []ui.Option{{Value: "phone", Label: "Phone"}, {Value: "external_id", Label: "Your own id"}, {Value: "industry", Label: "Industry"}}
	for _, f := range p.Fields {
		columns = append(columns, ui.Option{Value: "cf." + f.Key, Label: f.Label})
	}
	return columns
}

func (p Candidates) headings() []ui.Column {
	name := ui.Column{Label: "Name", SortHref: p.With("sort", "name")}
	added := ui.Column{Label: "Added", SortHref: p.With("sort", "oldest"), Sort: ui.Descending, Class: "wide"}
	switch p.Sort {
	case "name":
		name.Sort, name.SortHref = ui.Ascending, p.With("sort", "")
		added.Sort, added.SortHref = ui.Unsorted, p.With("sort", "")
	case "oldest":
		added.Sort, added.SortHref = ui.Ascending, p.With("sort", "")
	}
	columns := []ui.Column{name, {Label: "Assessments"}, {Label: "Résumé", Middle: true}}
	for _, o := range p.optionalColumns() {
		if p.shows(o.Value) {
			columns = append(columns, ui.Column{Label: o.Label, Middle: true})
		}
	}
	return append(columns, added)
}

// cell is what an optional column shows of a row.
func (p Candidates) cell(r CandidateRow, column string) string {
	switch column {
	case "phone":
		return said(r.Phone)
	case "external_id":
		return said(r.ExternalID)
	case "industry":
		return said(r.Industry)
	}
	for _, f := range p.Fields {
		if "cf."+f.Key == column {
			return f.Words(r.CF[f.Key])
		}
	}
	return ""
}

func (p Candidates) added(r CandidateRow) string { return dayIn(r.CreatedAt, p.Now, p.Zone) }

// dayIn writes a day, with the time when it is today and the year when it is another.
func dayIn(at, now time.Time, zone *time.Location) string {
	at, now = at.In(zone), now.In(zone)
	switch {
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return "today, " + at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("Mon 2 Jan")
	}
	return at.Format("2 Jan 2006")
}

// momentIn writes a moment with its zone: what a deadline needs.
func momentIn(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("Mon 2 Jan 2006, 15:04 MST")
}

func said(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// filterMenu is one way to narrow the list.
type filterMenu struct {
	name, label string
	values      []ui.Option
}

// menus are the filters that are not set.
func (p Candidates) menus() []filterMenu {
	all := p.everyMenu()
	return slices.DeleteFunc(all, func(m filterMenu) bool { return p.Query.Get(m.name) != "" || len(m.values) == 0 })
}

func (p Candidates) everyMenu() []filterMenu {
	var invited, statuses []ui.Option
	for _, a := range p.Assessments {
		invited = append(invited, ui.Option{Value: strconv.FormatInt(a.ID, 10), Label: a.Title})
	}
	for _, s := range models.Statuses {
		statuses = append(statuses, ui.Option{Value: strconv.Itoa(int(s.SortKey)), Label: s.Label})
	}
	return []filterMenu{
		{"assessment", "Invited to", invited}, {"status", "Status", statuses},
		{"resume", "Résumé", []ui.Option{{Value: "yes", Label: "Has a résumé"}, {Value: "no", Label: "Has none"}}},
		{"added", "Added", []ui.Option{{Value: "1", Label: "since yesterday"}, {Value: "7", Label: "in the last 7 days"}, {Value: "30", Label: "in the last 30 days"}, {Value: "365", Label: "in the last year"}}},
	}
}

// chips are the filters that are set, each leading to the list without it.
func (p Candidates) chips() []ui.ChipProps {
	var chips []ui.ChipProps
	for _, m := range p.everyMenu() {
		given := p.Query.Get(m.name)
		if given == "" {
			continue
		}
		label := given
		for _, v := range m.values {
			if v.Value == given {
				label = v.Label
			}
		}
		chips = append(chips, ui.ChipProps{Label: m.label + ": " + label, Href: p.With(m.name, ""), On: true})
	}
	for _, f := range p.Fields {
		if given := p.Query.Get("cf." + f.Key); given != "" {
			chips = append(chips, ui.ChipProps{Label: f.Label + ": " + given, Href: p.With("cf."+f.Key, ""), On: true})
		}
	}
	if p.Query.Get("import") != "" {
		chips = append(chips, ui.ChipProps{Label: "Imported: " + p.ImportName, Href: p.With("import", ""), On: true})
	}
	return chips
}

// inviteAll leads to inviting everybody the list shows.
func (p Candidates) inviteAll() string {
	return "/invitations/new?" + url.Values{"list": {p.Query.Encode()}}.Encode()
}

func (p Candidates) export(format string) string {
	q := maps.Clone(p.Query)
	q.Set("format", format)
	return "/candidates/export?" + q.Encode()
}
