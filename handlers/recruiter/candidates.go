package recruiter

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

const countedAtMost = 10_000

// Candidates lists the organization's candidates.
func (s Screens) Candidates(c echo.Context) error {
	page, err := s.loadCandidates(c)
	if err != nil {
		return err
	}
	return web.PageOr(c, views.CandidatesPage(page), views.CandidateList(page))
}

func (s Screens) loadCandidates(c echo.Context) (views.Candidates, error) {
	chrome, err := web.Chrome(c, "Candidates")
	if err != nil {
		return views.Candidates{}, err
	}
	chrome.Wide = true
	chrome.Keys = views.CandidateKeys()
	values := c.QueryParams()
	f := readCandidateFilter(values)
	p := views.Candidates{Page: chrome, Query: keptParameters(values), Zone: web.Zone(c), Filtered: f.filters(), Q: f.Q, Now: s.DB.Clock.Now(),
		Sort: f.Sort, Columns: f.Columns}
	a := web.Actor(c)
	p.MayCreate, p.MayImport = access.Can(a, "candidate.create"), access.Can(a, "candidate.import")
	p.MayExport, p.MayDelete, p.MayInvite = access.Can(a, "candidate.export"), access.Can(a, "candidate.delete"), access.Can(a, "participation.invite")
	if err := s.fillCandidates(c, f, &p); err != nil {
		return p, err
	}
	return p, s.fillCandidateFilters(c, f, &p)
}

// fillCandidates loads one page of people with what their rows show: five queries, however many there are.
func (s Screens) fillCandidates(c echo.Context, f candidateFilter, p *views.Candidates) error {
	db, a := s.DB.Read.WithContext(web.Context(c)), web.Actor(c)
	most := web.PageRows(c)
	wanted := f.where(db, a, s.DB.Clock.Now()).Session(&gorm.Session{}) // two queries begin with it
	var rows []models.Candidate
	err := f.ordered(wanted, a, most+1).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list candidates: %w", err)
	}
	more := len(rows) > most
	if more {
		rows = rows[:most]
	}
	if f.Before > 0 {
		slices.Reverse(rows)
	}
	if n := len(rows); n > 0 {
		if more || f.Before > 0 {
			p.NextHref = p.At("after", rows[n-1].ID)
		}
		if f.After > 0 || (f.Before > 0 && more) {
			p.PrevHref = p.At("before", rows[0].ID)
		}
	}
	var total int64
	counted := wanted.Select("1").Limit(countedAtMost + 1)
	if err := db.Table("(?) AS counted", counted).Count(&total).Error; err != nil {
		return fmt.Errorf("count candidates: %w", err)
	}
	p.Total, p.AtLeast = int(min(total, countedAtMost)), total > countedAtMost
	return s.fillCandidateRows(c, rows, p)
}

func (s Screens) fillCandidateRows(c echo.Context, rows []models.Candidate, p *views.Candidates) error {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var took []views.Participation
	err := s.DB.Read.WithContext(web.Context(c)).Table("assessment_candidates ac").Scopes(access.Own(web.Actor(c), "ac")).
		Select("ac.id, ac.candidate_id, ac.assessment_id, ac.status_id, ac.end_date, assessments.title").
		Joins("JOIN assessments ON assessments.id = ac.assessment_id").
		Where("ac.candidate_id IN ?", ids).Order("ac.id DESC").Scan(&took).Error
	if err != nil {
		return fmt.Errorf("load participations: %w", err)
	}
	var resumes []int64
	err = s.DB.Read.WithContext(web.Context(c)).Table("candidate_files cf").Joins("JOIN files f ON f.id = cf.file_id").
		Where("cf.candidate_id IN ? AND f.file_type_id = ?", ids, models.FileTypeResume).Distinct().Pluck("cf.candidate_id", &resumes).Error
	if err != nil {
		return fmt.Errorf("load résumés: %w", err)
	}
	for _, r := range rows {
		row := views.CandidateRow{Candidate: r, HasResume: slices.Contains(resumes, r.ID)}
		for _, t := range took {
			if t.CandidateID == r.ID {
				row.Took = append(row.Took, t)
			}
		}
		if r.PictureKey != nil {
			if row.Picture, err = s.fileLink(*r.PictureKey, ""); err != nil {
				return err
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// fillCandidateFilters loads what the list can be narrowed by.
func (s Screens) fillCandidateFilters(c echo.Context, f candidateFilter, p *views.Candidates) (err error) {
	if p.Assessments, err = s.assessmentChoices(c, false); err != nil {
		return err
	}
	if p.Fields, err = s.customFields(c); err != nil {
		return err
	}
	if p.Views, err = s.savedViews(c, candidateViews, "/candidates", p.Query); err != nil {
		return err
	}
	if f.Import > 0 {
		var name []string
		err = s.DB.Read.WithContext(web.Context(c)).Model(&models.Import{}).Scopes(access.Own(web.Actor(c))).
			Where("id = ?", f.Import).Limit(1).Pluck("file_name", &name).Error
		if len(name) > 0 {
			p.ImportName = name[0]
		}
	}
	return err
}

const mostChoices = 200

// assessmentChoices lists assessments to choose from, the newest first.
func (s Screens) assessmentChoices(c echo.Context, openOnly bool) ([]models.Assessment, error) {
	db := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("NOT is_deleted")
	if openOnly {
		db = db.Where("status_id = ?", models.AssessmentOpen)
	} else {
		db = db.Where("status_id <> ?", models.AssessmentDraft)
	}
	var found []models.Assessment
	if err := db.Select("id, title, status_id, end_date").Order("id DESC").Limit(mostChoices).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("list assessments: %w", err)
	}
	return found, nil
}

// customFields returns the organization's own fields of candidates that are shown.
func (s Screens) customFields(c echo.Context) ([]models.CustomField, error) {
	var fields []models.CustomField
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).
		Where("type = ? AND NOT is_deleted AND NOT is_hidden", models.CandidateField).Order("sort_order, id").Find(&fields).Error
	if err != nil {
		return nil, fmt.Errorf("load custom fields: %w", err)
	}
	return fields, nil
}

// DeleteCandidates hides the selected candidates and offers the way back.
func (s Screens) DeleteCandidates(c echo.Context) error {
	form, err := selectedIDs(c)
	if err != nil {
		return err
	}
	a := actions.DeleteCandidates{IDs: form}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	names := a.Deleted[0].Name()
	if n := len(a.Deleted) - 1; n > 0 {
		names += fmt.Sprintf(" and %d more", n)
	}
	undo := url.Values{}
	for _, d := range a.Deleted {
		undo.Add("ids", strconv.FormatInt(d.ID, 10))
	}
	if err := web.SetFlashUndo(c, "Deleted "+names+".", "/candidates/restorations?"+undo.Encode()); err != nil {
		return err
	}
	return web.Redirect(c, "/candidates")
}

// RestoreCandidates brings deleted candidates back.
func (s Screens) RestoreCandidates(c echo.Context) error {
	ids, err := selectedIDs(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.RestoreCandidates{IDs: ids}); err != nil {
		return err
	}
	if err := web.SetFlash(c, "They are back."); err != nil {
		return err
	}
	return web.Redirect(c, "/candidates")
}

// selectedIDs returns the ids that a list's form or an address names.
func selectedIDs(c echo.Context) ([]int64, error) {
	values, err := c.FormParams()
	if err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	var ids []int64
	for _, text := range values["ids"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
