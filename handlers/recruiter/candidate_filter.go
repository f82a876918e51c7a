package recruiter

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// candidateFilter is what the address of the list of candidates says.
type candidateFilter struct {
	Q          string
	Assessment int64            // invited to it
	Status     models.StatusKey // of a participation
	Resume     string           // "yes" or "no"
	Added      int              // within so many days
	Import     int64
	Custom     map[string]string // by key of the field
	Sort       string            // "added", the default, "oldest" or "name"
	Columns    []string          // keys of further columns
	After      int64             // the page begins behind this row
	Before     int64             // or ends before it
}

// candidateParameters are the names that filter; custom fields are "cf." and their key.
var candidateParameters = []string{"q", "assessment", "status", "resume", "added", "import", "sort"}

// mostCustom bounds the custom fields that one address filters by: each costs a look into every row.
const mostCustom = 20

func readCandidateFilter(values url.Values) candidateFilter {
	number := func(name string) int64 {
		n, err := strconv.ParseInt(values.Get(name), 10, 64)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	f := candidateFilter{
		Q: strings.TrimSpace(values.Get("q")), Assessment: number("assessment"), Status: models.StatusKey(number("status")),
		Resume: values.Get("resume"), Added: int(number("added")), Import: number("import"), Sort: values.Get("sort"),
		Columns: values["col"], After: number("after"), Before: number("before"), Custom: map[string]string{},
	}
	for name := range values {
		if key, is := strings.CutPrefix(name, "cf."); is && values.Get(name) != "" && len(f.Custom) < mostCustom {
			f.Custom[key] = values.Get(name)
		}
	}
	return f
}

// kept returns the parameters that describe the list, without the place in it.
func keptParameters(values url.Values) url.Values {
	kept := url.Values{}
	for name, given := range values {
		if (slices.Contains(candidateParameters, name) || name == "col" || strings.HasPrefix(name, "cf.")) && given[0] != "" {
			kept[name] = given
		}
	}
	return kept
}

// filters tells whether anything narrows the list.
func (f candidateFilter) filters() bool {
	return f.Q != "" || f.Assessment > 0 || f.Status > 0 || f.Resume != "" || f.Added > 0 || f.Import > 0 || len(f.Custom) > 0
}

// where narrows a query on candidates to what the filter says. The query it returns carries the error, if there is one.
func (f candidateFilter) where(db *gorm.DB, a access.Actor, now time.Time) *gorm.DB {
	search, err := database.SearchCandidates(db, a.OrganizationID, f.Q)
	db = search.In("candidates")(db.Model(&models.Candidate{}).Scopes(access.Own(a, "candidates")).Where("NOT candidates.is_deleted"))
	if db.AddError(err) != nil {
		return db
	}
	if f.Assessment > 0 || f.Status > 0 {
		db = db.Where("EXISTS (?)", f.participations(db, a))
	}
	const resumes = "EXISTS (SELECT 1 FROM candidate_files cf JOIN files f ON f.id = cf.file_id WHERE cf.candidate_id = candidates.id AND f.file_type_id = ?)"
	switch f.Resume {
	case "yes":
		db = db.Where(resumes, models.FileTypeResume)
	case "no":
		db = db.Where("NOT "+resumes, models.FileTypeResume)
	}
	if f.Added > 0 {
		db = db.Where("candidates.created_at >= ?", now.AddDate(0, 0, -f.Added))
	}
	if f.Import > 0 {
		db = db.Where("candidates.import_id = ?", f.Import)
	}
	for key, value := range f.Custom {
		db = db.Where(customText(db), customPath(db, key), "%"+strings.ToLower(textEscape(value))+"%")
	}
	return db
}

func (f candidateFilter) participations(db *gorm.DB, a access.Actor) *gorm.DB {
	sub := db.Session(&gorm.Session{NewDB: true}).Table("assessment_candidates ac").Select("1").
		Where("ac.candidate_id = candidates.id AND ac.organization_id = ?", a.OrganizationID)
	if f.Assessment > 0 {
		sub = sub.Where("ac.assessment_id = ?", f.Assessment)
	}
	if f.Status > 0 {
		sub = sub.Where("ac.status_id = ?", f.Status.ID())
	}
	return sub
}

// customText compares one custom value as text, whatever its type.
func customText(db *gorm.DB) string {
	if db.Name() == "postgres" {
		return `lower(candidates.cf ->> ?) LIKE ? ESCAPE '\'`
	}
	return `lower(CAST(json_extract(candidates.cf, ?) AS TEXT)) LIKE ? ESCAPE '\'`
}

func customPath(db *gorm.DB, key string) string {
	if db.Name() == "postgres" {
		return key
	}
	return `$."` + strings.ReplaceAll(key, `"`, "") + `"`
}

func textEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}

// ordered puts the rows into the list's order from the page's place on, one more than a page to see whether it goes on.
func (f candidateFilter) ordered(db *gorm.DB, a access.Actor, limit int) *gorm.DB {
	backwards := f.Before > 0
	place := f.After
	if backwards {
		place = f.Before
	}
	descending := f.Sort != "name" && f.Sort != "oldest"
	direction, compare := "ASC", ">"
	if descending != backwards {
		direction, compare = "DESC", "<"
	}
	if f.Sort == "name" {
		if place > 0 {
			db = db.Where("(candidates.search_text, candidates.id) "+compare+" ((SELECT p.search_text FROM candidates p WHERE p.id = ? AND p.organization_id = ?), ?)",
				place, a.OrganizationID, place)
		}
		return db.Order("candidates.search_text " + direction + ", candidates.id " + direction).Limit(limit)
	}
	if place > 0 {
		db = db.Where("candidates.id "+compare+" ?", place)
	}
	return db.Order("candidates.id " + direction).Limit(limit)
}
