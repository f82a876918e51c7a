package candidate

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// visit is a candidate's participation with all its sections.
type visit struct {
	participation models.AssessmentCandidate
	assessment    models.Assessment
	organization  models.Organization
	parts         []part
	now           time.Time
}

// part is one visible section of the assessment and the candidate's attempt at it.
type part struct {
	attempt   models.AssessmentSectionCandidate
	placed    models.AssessmentSection
	section   models.Section
	questions int
}

// visit loads the participation of the candidate who asks.
func (s Screens) visit(c echo.Context) (visit, error) {
	return s.load(web.Context(c), web.Actor(c).AssessmentCandidateID)
}

func (s Screens) load(ctx context.Context, participationID int64) (visit, error) {
	db := s.DB.Read.WithContext(ctx)
	v := visit{now: s.DB.Clock.Now()}
	if err := db.First(&v.participation, participationID).Error; err != nil {
		return v, database.Fault(err, "invitation")
	}
	if err := db.First(&v.assessment, v.participation.AssessmentID).Error; err != nil {
		return v, fmt.Errorf("load assessment: %w", err)
	}
	if err := db.First(&v.organization, v.participation.OrganizationID).Error; err != nil {
		return v, fmt.Errorf("load organization: %w", err)
	}
	return v, v.loadParts(db)
}

func (v *visit) loadParts(db *gorm.DB) error {
	var attempts []models.AssessmentSectionCandidate
	if err := db.Where("assessment_candidate_id = ?", v.participation.ID).Find(&attempts).Error; err != nil {
		return fmt.Errorf("load attempts: %w", err)
	}
	var placed []models.AssessmentSection
	err := db.Where("assessment_id = ? AND is_visible", v.assessment.ID).Order("sort_order, id").Find(&placed).Error
	if err != nil {
		return fmt.Errorf("load assessment sections: %w", err)
	}
	ids := make([]int64, len(placed))
	for i, p := range placed {
		ids[i] = p.SectionID
	}
	var sections []models.Section
	if err := db.Where("id IN ?", ids).Find(&sections).Error; err != nil {
		return fmt.Errorf("load sections: %w", err)
	}
	var slots []models.SectionSlot
	if err := db.Where("section_id IN ?", ids).Find(&slots).Error; err != nil {
		return fmt.Errorf("load slots: %w", err)
	}
	v.parts = assemble(attempts, placed, sections, slots)
	return nil
}

func assemble(attempts []models.AssessmentSectionCandidate, placed []models.AssessmentSection, sections []models.Section, slots []models.SectionSlot) []part {
	byPlace := map[int64]models.AssessmentSectionCandidate{}
	for _, a := range attempts {
		byPlace[a.AssessmentSectionID] = a
	}
	byID := map[int64]models.Section{}
	for _, s := range sections {
		byID[s.ID] = s
	}
	questions := map[int64]int{}
	for _, slot := range slots {
		questions[slot.SectionID] += slot.Questions()
	}
	var parts []part
	for _, p := range placed {
		if attempt, invited := byPlace[p.ID]; invited {
			parts = append(parts, part{attempt: attempt, placed: p, section: byID[p.SectionID], questions: questions[p.SectionID]})
		}
	}
	return parts
}

// part returns the section whose attempt the address names; NotFound for another candidate's.
func (v visit) part(c echo.Context) (part, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return part{}, err
	}
	for _, p := range v.parts {
		if p.attempt.ID == id {
			return p, nil
		}
	}
	return part{}, fault.Missing("section")
}

// window returns from when until when a section may be started.
func (v visit) window(p part) (from, until *time.Time) {
	return actions.Window(v.assessment, p.placed, v.participation, p.attempt)
}

// mayStart returns nil, or why the section cannot be started now.
func (v visit) mayStart(p part) error {
	return actions.MayStart(v.assessment, p.placed, v.participation, p.attempt, v.now)
}

// isReadable tells whether a section is only read, not answered.
func (p part) isReadable() bool { return p.questions == 0 && !p.isElsewhere() && !p.isWritten() }

func (p part) isWritten() bool {
	return p.section.SectionTypeID == models.ObjectiveSection || p.section.SectionTypeID == models.EssaySection
}

// isElsewhere tells whether a section takes place on screens of its own.
func (p part) isElsewhere() bool {
	switch p.section.SectionTypeID {
	case models.InterviewSection, models.LiveSection, models.TypingSection:
		return true
	default:
		return false
	}
}

// isRunning tells whether the section was started and still has time.
func (p part) isRunning(now time.Time) bool {
	return p.attempt.IsStarted() && !p.attempt.IsClosed() && !p.isTimeUp(now)
}

func (p part) isTimeUp(now time.Time) bool {
	return p.attempt.DeadlineAt != nil && !now.Before(*p.attempt.DeadlineAt)
}

// left returns the time left of a section with a clock.
func (p part) left(now time.Time) (left time.Duration, timed bool) {
	if p.attempt.DeadlineAt == nil {
		return 0, false
	}
	return max(0, p.attempt.DeadlineAt.Sub(now)), p.hasClock()
}

// hasClock tells whether the time left is worth counting down: not where only the last day of the invitation ends it.
func (p part) hasClock() bool {
	return p.attempt.DeadlineAt != nil && (seconds(p.placed.MaxSectionTime) > 0 || p.attempt.DeadlineAt.Sub(*p.attempt.StartedAt) < 24*time.Hour)
}

func seconds(n *int) time.Duration {
	if n == nil {
		return 0
	}
	return time.Duration(*n) * time.Second
}

// isProctored tells whether any section is.
func (v visit) isProctored() bool {
	for _, p := range v.parts {
		if p.placed.IsProctor {
			return true
		}
	}
	return false
}

// until returns the latest moment at which any section may be started.
func (v visit) until() *time.Time {
	var last *time.Time
	for _, p := range v.parts {
		_, until := v.window(p)
		if until == nil {
			return nil
		}
		if last == nil || until.After(*last) {
			last = until
		}
	}
	return last
}
