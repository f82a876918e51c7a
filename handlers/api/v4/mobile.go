package v4

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// attends is the grant of what a candidate does in the own participation.
const attends = "participation.attend"

// mobileOperations are what a candidate's own program calls: the same exam as the pages, by the same actions.
func (a API) mobileOperations() []operation {
	return slices.Concat(a.attemptOperations(), a.presenceOperations(), a.sectionOperations(), a.questionOperations(), a.answerOperations("/mobile/answer"),
		a.answerFileOperations(), a.candidateFormOperations(), a.optionOperations(), a.liveOperations(), a.registerOperations())
}

// attendance is a candidate's participation as it stands, with the visible sections in their order.
type attendance struct {
	participation models.AssessmentCandidate
	candidate     models.Candidate
	assessment    models.Assessment
	organization  models.Organization
	sittings      []sitting
	now           time.Time
}

// sitting is one section and the candidate's attempt at it.
type sitting struct {
	attempt   models.AssessmentSectionCandidate
	placed    models.AssessmentSection
	section   models.Section
	questions int
}

// attendance loads the participation of the candidate who asks.
func (a API) attendance(c echo.Context) (attendance, error) {
	return a.attendanceOf(web.Context(c), web.Actor(c).AssessmentCandidateID)
}

func (a API) attendanceOf(ctx context.Context, participationID int64) (attendance, error) {
	db, at := a.DB.Read.WithContext(ctx), attendance{now: a.DB.Clock.Now()}
	if err := db.First(&at.participation, participationID).Error; err != nil {
		return at, database.Fault(err, "participation")
	}
	if err := db.First(&at.candidate, at.participation.CandidateID).Error; err != nil {
		return at, fmt.Errorf("load the candidate: %w", err)
	}
	if err := db.First(&at.assessment, at.participation.AssessmentID).Error; err != nil {
		return at, fmt.Errorf("load the assessment: %w", err)
	}
	if err := db.First(&at.organization, at.participation.OrganizationID).Error; err != nil {
		return at, fmt.Errorf("load the organization: %w", err)
	}
	return at, at.loadSittings(db)
}

func (at *attendance) loadSittings(db *gorm.DB) error {
	var placed []models.AssessmentSection
	err := db.Where("assessment_id = ? AND is_visible", at.assessment.ID).Order("sort_order, id").Find(&placed).Error
	if err != nil {
		return fmt.Errorf("load the assessment's sections: %w", err)
	}
	var attempts []models.AssessmentSectionCandidate
	if err := db.Where("assessment_candidate_id = ?", at.participation.ID).Find(&attempts).Error; err != nil {
		return fmt.Errorf("load the attempts: %w", err)
	}
	sections, questions, err := loadSections(db, placed)
	if err != nil {
		return err
	}
	for _, p := range placed {
		i := slices.IndexFunc(attempts, func(t models.AssessmentSectionCandidate) bool { return t.AssessmentSectionID == p.ID })
		if i >= 0 {
			at.sittings = append(at.sittings, sitting{attempts[i], p, sections[p.SectionID], questions[p.SectionID]})
		}
	}
	return nil
}

// loadSections returns what placed sections consist of, and how many questions they ask, by section.
func loadSections(db *gorm.DB, placed []models.AssessmentSection) (map[int64]models.Section, map[int64]int, error) {
	ids := make([]int64, len(placed))
	for i, p := range placed {
		ids[i] = p.SectionID
	}
	var sections []models.Section
	if err := db.Where("id IN ?", ids).Find(&sections).Error; err != nil {
		return nil, nil, fmt.Errorf("load sections: %w", err)
	}
	var slots []models.SectionSlot
	if err := db.Where("section_id IN ?", ids).Find(&slots).Error; err != nil {
		return nil, nil, fmt.Errorf("load slots: %w", err)
	}
	byID, questions := make(map[int64]models.Section, len(sections)), map[int64]int{}
	for _, s := range sections {
		byID[s.ID] = s
	}
	for _, slot := range slots {
		questions[slot.SectionID] += slot.Questions()
	}
	return byID, questions, nil
}

// sitting returns the section whose attempt has the key; NotFound for another candidate's.
func (at attendance) sitting(attemptID int64) (sitting, error) {
	for _, s := range at.sittings {
		if s.attempt.ID == attemptID {
			return s, nil
		}
	}
	return sitting{}, fault.Missing("attempt")
}

// needsConsent refuses to begin anything that is recorded before the candidate agreed.
func (at attendance) needsConsent() error {
	if at.participation.ConsentedAt != nil {
		return nil
	}
	return fault.New(fault.Forbidden, `The candidate did not agree yet to what is recorded. Show it, then POST {"consent": true} to %s/attend/consent.`, Prefix)
}
