package recruiter

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// AssessmentFilter is what the list's address says.
type AssessmentFilter struct {
	Query    string                  `query:"q"`
	Status   models.AssessmentStatus `query:"status"`
	Owner    int64                   `query:"owner"`
	Category int64                   `query:"category"`
	Sort     string                  `query:"sort"` // "", "title", "ends"
	After    string                  `query:"after"`
	IDs      []int64                 `query:"ids"` // the chosen ones of an export
}

// AssessmentList is the list of assessments.
type AssessmentList struct {
	layout.Page
	Filter     AssessmentFilter
	Rows       []AssessmentRow
	Next       string // the cursor of the next page
	Total      int    // that the filter leaves
	AtLeast    bool   // Total is a bound
	ByStatus   map[models.AssessmentStatus]int
	Owners     []models.User
	Categories []models.Category
	Zone       *time.Location
	Now        time.Time
	Views      SavedViews
	MayCreate  bool
	MayOpen    bool
	MayDelete  bool
}

// AssessmentRow is an assessment with its participations by status.
type AssessmentRow struct {
	models.Assessment
	Owner  string
	Counts map[models.StatusKey]int
}

// Href is the list's address with other filters.
func (p AssessmentList) Href(change func(*AssessmentFilter)) string {
	f := p.Filter
	f.After = ""
	change(&f)
	return "/assessments" + f.query()
}

func (f AssessmentFilter) query() string {
	if q := f.Values(); len(q) > 0 {
		return "?" + q.Encode()
	}
	return ""
}

// Values are the filters as an address holds them.
func (f AssessmentFilter) Values() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			q.Set(name, value)
		}
	}
	set("q", f.Query)
	set("status", strconv.Itoa(int(f.Status)))
	set("owner", id(f.Owner))
	set("category", id(f.Category))
	set("sort", f.Sort)
	set("after", f.After)
	return q
}

// none tells whether the organization has no assessment at all.
func (p AssessmentList) none() bool { return len(p.ByStatus) == 0 }

func (p AssessmentList) statusTabs() []ui.Tab {
	all := 0
	for _, n := range p.ByStatus {
		all += n
	}
	tabs := []ui.Tab{{Label: "All", Count: ui.Number(all), Current: p.Filter.Status == 0,
		Href: p.Href(func(f *AssessmentFilter) { f.Status = 0 })}}
	for _, s := range []models.AssessmentStatus{models.AssessmentDraft, models.AssessmentOpen, models.AssessmentClosed, models.AssessmentFilled} {
		tabs = append(tabs, ui.Tab{Label: s.Label(), Count: ui.Number(p.ByStatus[s]), Current: p.Filter.Status == s,
			Href: p.Href(func(f *AssessmentFilter) { f.Status = s })})
	}
	return tabs
}

func (p AssessmentList) columns() []ui.Column {
	by := func(sort string, direction ui.Sort, label string, middle bool) ui.Column {
		c := ui.Column{Label: label, SortHref: p.Href(func(f *AssessmentFilter) { f.Sort = sort }), Middle: middle}
		if p.Filter.Sort == sort {
			c.Sort = direction
		}
		return c
	}
	return []ui.Column{by("title", ui.Ascending, "Assessment", false), {Label: "Status"}, {Label: "Candidates"},
		{Label: "Owner", Middle: true}, by("", ui.Descending, "Created", true), by("ends", ui.Ascending, "Closes", false)}
}

func (p AssessmentList) owners() []ui.Option {
	options := make([]ui.Option, len(p.Owners))
	for i, u := range p.Owners {
		options[i] = ui.Option{Value: id(u.ID), Label: u.Name}
	}
	return options
}

func (p AssessmentList) categories() []ui.Option {
	options := make([]ui.Option, len(p.Categories))
	for i, c := range p.Categories {
		options[i] = ui.Option{Value: id(c.ID), Label: c.Name}
	}
	return options
}

func (p AssessmentList) pager() ui.PagerProps {
	props := ui.PagerProps{Label: "Assessments", Total: p.Total, AtLeast: p.AtLeast, Noun: "assessments"}
	if p.Total == 1 {
		props.Noun = "assessment"
	}
	if p.Filter.After != "" {
		props.PrevHref = p.Href(func(*AssessmentFilter) {})
	}
	if p.Next != "" {
		props.NextHref = p.Href(func(f *AssessmentFilter) { f.After = p.Next })
	}
	return props
}

func (p AssessmentList) day(t time.Time) string { return t.In(p.Zone).Format("2 Jan 2006") }

func (p AssessmentList) ends(r AssessmentRow) string {
	if r.EndDate == nil {
		return "No date"
	}
	end := r.EndDate.In(p.Zone)
	if end.Year() == p.Now.Year() {
		return end.Format("2 Jan, 15:04 MST")
	}
	return end.Format("2 Jan 2006, 15:04 MST")
}

// stage is a participation status with how many are in it.
type stage struct {
	Key   ui.StatusKey
	Label string
	Count int
}

func (r AssessmentRow) stages() []stage {
	var found []stage
	for i, key := range ui.Statuses() {
		status := models.Statuses[i]
		if n := r.Counts[status.SortKey]; n > 0 {
			found = append(found, stage{key, status.Label, n})
		}
	}
	return found
}

func (r AssessmentRow) href() string { return fmt.Sprintf("/assessments/%d", r.ID) }

// AssessmentStart is the form that begins an assessment.
type AssessmentStart struct {
	layout.Page
	Title     string
	From      string // "", "template:ID" or "copy:ID"
	Templates []models.Section
	Existing  []models.Assessment
	Error     string
}

func (p AssessmentStart) origins() []ui.Option {
	options := []ui.Option{{Value: "", Label: "An empty page"}}
	for _, t := range p.Templates {
		options = append(options, ui.Option{Value: "template:" + id(t.ID), Label: t.Title + " · " + t.SectionTypeID.Label(), Group: "A section template"})
	}
	for _, a := range p.Existing {
		options = append(options, ui.Option{Value: "copy:" + id(a.ID), Label: a.Title, Group: "A copy of"})
	}
	return options
}

func exportQuery(f AssessmentFilter, format string) string {
	f.After = ""
	if q := f.query(); q != "" {
		return q + "&format=" + format
	}
	return "?format=" + format
}

func badgeClass(s models.AssessmentStatus) string {
	if tone := assessmentTone(s); tone != ui.Neutral {
		return "badge-" + string(tone)
	}
	return ""
}

// nobody is said of an assessment without candidates.
func nobody(s models.AssessmentStatus) string {
	if s == models.AssessmentDraft {
		return "Not open yet"
	}
	return "Nobody invited"
}
