package recruiter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

const (
	listPage   = 50
	countBound = 10000 // totals are counted up to here
)

// Assessments lists the organization's assessments.
func (s Screens) Assessments(c echo.Context) error {
	a := web.Actor(c)
	p := views.AssessmentList{Zone: web.Zone(c), Now: s.DB.Clock.Now(), MayCreate: access.Can(a, "assessment.create"), MayOpen: access.Can(a, "assessment.open"),
		MayDelete: access.Can(a, "assessment.delete")}
	if err := web.Bind(c, &p.Filter); err != nil {
		return err
	}
	var err error
	if p.Page, err = web.Chrome(c, "Assessments"); err != nil {
		return err
	}
	p.Page.Wide = true
	if err := s.listChoices(c, &p); err != nil {
		return err
	}
	if err := s.listRows(c, &p); err != nil {
		return err
	}
	kept := p.Filter
	kept.After = ""
	if p.Views, err = s.savedViews(c, assessmentViews, "/assessments", kept.Values()); err != nil {
		return err
	}
	return web.Page(c, views.AssessmentListPage(p))
}

// filtered is the query of assessments that the filter leaves.
func (s Screens) filtered(c echo.Context, f views.AssessmentFilter) *gorm.DB {
	query := s.own(c, "assessments").Model(&models.Assessment{}).Where("NOT assessments.is_deleted")
	if len(f.IDs) > 0 {
		query = query.Where("assessments.id IN ?", f.IDs)
	}
	if f.Status != 0 {
		query = query.Where("status_id = ?", f.Status)
	}
	if f.Owner != 0 {
		query = query.Where("owned_by = ?", f.Owner)
	}
	if f.Category != 0 {
		query = query.Where("EXISTS (SELECT 1 FROM assessment_category_links l WHERE l.assessment_id = assessments.id AND l.category_id = ?)", f.Category)
	}
	for _, word := range textfold.Words(f.Query) {
		query = query.Where(`search_text LIKE ? ESCAPE '\'`, "%"+textfold.Like(word)+"%")
	}
	return query
}

func (s Screens) listRows(c echo.Context, p *views.AssessmentList) error {
	var total int64
	bounded := s.filtered(c, p.Filter).Select("assessments.id").Limit(countBound + 1)
	if err := s.DB.Read.WithContext(web.Context(c)).Table("(?) AS found", bounded).Count(&total).Error; err != nil {
		return fmt.Errorf("count assessments: %w", err)
	}
	p.Total, p.AtLeast = int(min(total, countBound)), total > countBound
	query, err := after(s.filtered(c, p.Filter), p.Filter)
	if err != nil {
		return err
	}
	var found []models.Assessment
	rows := web.PageRows(c)
	if err := query.Limit(rows + 1).Find(&found).Error; err != nil {
		return fmt.Errorf("list assessments: %w", err)
	}
	if len(found) > rows {
		found = found[:rows]
		p.Next = cursor(p.Filter.Sort, found[rows-1])
	}
	return s.fillRows(c, p, found)
}

// after puts the list into its order, from behind the cursor on.
func after(query *gorm.DB, f views.AssessmentFilter) (*gorm.DB, error) {
	id, value, err := readCursor(f.After)
	if err != nil {
		return nil, err
	}
	switch f.Sort {
	case "title":
		if f.After != "" {
			query = query.Where("(search_text, assessments.id) > (?, ?)", value, id)
		}
		return query.Order("search_text, assessments.id"), nil
	case "ends":
		// Assessments without an end come last.
		switch at, parseErr := time.Parse(time.RFC3339Nano, value); {
		case f.After == "":
		case parseErr != nil:
			query = query.Where("end_date IS NULL AND assessments.id > ?", id)
		default:
			query = query.Where("end_date > ? OR (end_date = ? AND assessments.id > ?) OR end_date IS NULL", at, at, id)
		}
		return query.Order("CASE WHEN end_date IS NULL THEN 1 ELSE 0 END, end_date, assessments.id"), nil
	}
	if f.After != "" {
		query = query.Where("assessments.id < ?", id)
	}
	return query.Order("assessments.id DESC"), nil
}

// cursor is where the next page begins: the last row's id, and its value in the order of the list.
func cursor(sort string, last models.Assessment) string {
	value := ""
	switch {
	case sort == "title":
		value = last.SearchText
	case sort == "ends" && last.EndDate != nil:
		value = last.EndDate.UTC().Format(time.RFC3339Nano)
	}
	return strconv.FormatInt(last.ID, 10) + "." + value
}

func readCursor(text string) (id int64, value string, err error) {
	if text == "" {
		return 0, "", nil
	}
	number, value, _ := strings.Cut(text, ".")
	if id, err = strconv.ParseInt(number, 10, 64); err != nil {
		return 0, "", fault.New(fault.Invalid, "This page of the list does not exist. Begin at the first.")
	}
	return id, value, nil
}

// fillRows adds owners and the counts of participations, each by one query.
func (s Screens) fillRows(c echo.Context, p *views.AssessmentList, found []models.Assessment) error {
	ids := make([]int64, len(found))
	for i, a := range found {
		ids[i] = a.ID
	}
	standings, err := review.Standings(s.DB.Read.WithContext(web.Context(c)), web.Actor(c), ids...)
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for _, u := range p.Owners {
		names[u.ID] = u.Name
	}
	for _, a := range found {
		row := views.AssessmentRow{Assessment: a, Counts: standings[a.ID].At}
		if a.OwnedBy != nil {
			row.Owner = names[*a.OwnedBy]
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// listChoices loads the values of the filters and the counts of the tabs.
func (s Screens) listChoices(c echo.Context, p *views.AssessmentList) error {
	var byStatus []struct {
		StatusID models.AssessmentStatus
		N        int
	}
	err := s.own(c).Model(&models.Assessment{}).Where("NOT is_deleted").Select("status_id, COUNT(*) AS n").Group("status_id").
		Scan(&byStatus).Error
	if err != nil {
		return fmt.Errorf("count assessments by status: %w", err)
	}
	p.ByStatus = map[models.AssessmentStatus]int{}
	for _, n := range byStatus {
		p.ByStatus[n.StatusID] = n.N
	}
	err = s.own(c).Where("id IN (?)", s.own(c).Model(&models.Assessment{}).Where("NOT is_deleted").Select("owned_by")).
		Order("name, id").Find(&p.Owners).Error
	if err != nil {
		return fmt.Errorf("load owners: %w", err)
	}
	err = s.own(c).Where("type = ? AND NOT is_deleted", models.BusinessCategory).Order("name, id").Limit(maxChoices).
		Find(&p.Categories).Error
	if err != nil {
		return fmt.Errorf("load categories: %w", err)
	}
	return nil
}
