package recruiter

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// pipelineFilter is which participations of an assessment are shown, as its address says. What cannot be read narrows
// nothing.
type pipelineFilter struct {
	values url.Values
}

// pipelineFilters are the parameters of the address that narrow the list.
var pipelineFilters = []string{"q", "status", "min", "max", "section", "cut", "evaluator", "rec", "days", "field", "value"}

func filterOf(c echo.Context) pipelineFilter {
	kept := url.Values{}
	for name, values := range c.QueryParams() {
		if slices.Contains(pipelineFilters, name) && values[0] != "" {
			kept[name] = values
		}
	}
	return pipelineFilter{kept}
}

func (f pipelineFilter) get(name string) string { return strings.TrimSpace(f.values.Get(name)) }

func (f pipelineFilter) number(name string) (float64, bool) {
	n, err := strconv.ParseFloat(f.get(name), 64)
	return n, err == nil
}

func (f pipelineFilter) id(name string) (int64, bool) {
	n, err := strconv.ParseInt(f.get(name), 10, 64)
	return n, err == nil && n > 0
}

// statuses returns the statuses asked for; none means all.
func (f pipelineFilter) statuses() []models.StatusKey {
	var keys []models.StatusKey
	for _, text := range f.values["status"] {
		if n, err := strconv.Atoi(text); err == nil && models.StatusKey(n).ID() != 0 && !slices.Contains(keys, models.StatusKey(n)) {
			keys = append(keys, models.StatusKey(n))
		}
	}
	return keys
}

// query returns the address's query with changes: pairs of names and values, "" taking a filter away.
func (f pipelineFilter) query(changes ...string) string {
	next := url.Values{}
	for name, values := range f.values {
		next[name] = values
	}
	for i := 0; i+1 < len(changes); i += 2 {
		if changes[i+1] == "" {
			next.Del(changes[i])
		} else {
			next.Set(changes[i], changes[i+1])
		}
	}
	if len(next) == 0 {
		return ""
	}
	return "?" + next.Encode()
}

// narrow adds the filter to a query over assessment_candidates ac joined with candidates c.
// A filter finds nobody by what the reader must not see yet: a name behind a veil, or how others recommend.
func (f pipelineFilter) narrow(d database.Dialect, reader access.Actor, now time.Time) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if keys := f.statuses(); len(keys) > 0 {
			db = db.Where("ac.status_id IN ?", statusIDs(keys))
		}
		if f.get("q") != "" { // the search itself is added by the loader; it finds nobody by a hidden name
			db = db.Where(review.Named("ac.id"), reader.ID)
		}
		if n, ok := f.number("min"); ok {
			db = db.Where("ac.score >= ?", n)
		}
		if n, ok := f.number("max"); ok {
			db = db.Where("ac.score <= ?", n)
		}
		if n, ok := f.number("days"); ok {
			db = db.Where("ac.status_since <= ?", now.Add(-time.Duration(n*24)*time.Hour))
		}
		if key, value := f.get("field"), f.get("value"); key != "" && value != "" {
			expression, path := d.JSONText("c.cf", key)
			db = db.Where("LOWER("+expression+") = LOWER(?)", path, value).Where(review.Named("ac.id"), reader.ID)
		}
		return f.narrowByEvaluation(f.narrowByCutOff(db), reader)
	}
}

func (f pipelineFilter) narrowByCutOff(db *gorm.DB) *gorm.DB {
	section, ok := f.id("section")
	if !ok {
		return db
	}
	sign := ">="
	if f.get("cut") == "below" {
		sign = "<"
	}
	return db.Where("EXISTS (SELECT 1 FROM assessment_section_candidates t JOIN assessment_sections s ON s.id = t.assessment_section_id "+
		"WHERE t.assessment_candidate_id = ac.id AND s.id = ? AND t.max_score > 0 AND "+
		"t.score * 100.0 / t.max_score "+sign+" COALESCE(s.cut_off, 0))", section)
}

func (f pipelineFilter) narrowByEvaluation(db *gorm.DB, reader access.Actor) *gorm.DB {
	if user, ok := f.id("evaluator"); ok {
		db = db.Where("EXISTS (SELECT 1 FROM panel_candidates pc JOIN panels p ON p.id = pc.panel_id "+
			"WHERE pc.assessment_candidate_id = ac.id AND p.user_id = ?)", user)
	}
	if r := models.Recommendation(f.get("rec")); r.Valid() {
		db = db.Where("EXISTS (SELECT 1 FROM evaluations e WHERE e.assessment_candidate_id = ac.id AND e.evaluated_at IS NOT NULL "+
			"AND e.recommendation = ? AND "+review.Shown("e")+")", r, reader.ID, reader.ID)
	}
	return db
}

func statusIDs(keys []models.StatusKey) []int64 {
	ids := make([]int64, len(keys))
	for i, k := range keys {
		ids[i] = k.ID()
	}
	return ids
}

// ids returns the rows chosen in a form or an address.
func ids(c echo.Context) ([]int64, error) {
	var form struct {
		IDs []int64 `form:"ids" query:"ids"`
	}
	if err := web.Bind(c, &form); err != nil {
		return nil, err
	}
	return form.IDs, nil
}
