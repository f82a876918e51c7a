package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Candidate shows one candidate.
func (s Screens) Candidate(c echo.Context) error {
	page, err := s.loadCandidate(c)
	if err != nil {
		return err
	}
	return web.Page(c, views.CandidatePage(page))
}

// ownCandidate returns the candidate that the address names.
func (s Screens) ownCandidate(c echo.Context) (models.Candidate, error) {
	var found models.Candidate
	id, err := web.ID(c, "id")
	if err != nil {
		return found, err
	}
	err = s.own(c).Where("NOT is_deleted").First(&found, id).Error
	return found, database.Fault(err, "candidate")
}

func (s Screens) loadCandidate(c echo.Context) (views.Candidate, error) {
	candidate, err := s.ownCandidate(c)
	if err != nil {
		return views.Candidate{}, err
	}
	chrome, err := web.Chrome(c, candidate.Name())
	if err != nil {
		return views.Candidate{}, err
	}
	a := web.Actor(c)
	p := views.Candidate{Page: chrome, Candidate: candidate, Tab: c.QueryParam("tab"), Zone: web.Zone(c), Now: s.DB.Clock.Now(),
		MayUpdate: access.Can(a, "candidate.update"), MayDelete: access.Can(a, "candidate.delete"),
		MayInvite: access.Can(a, "participation.invite"), MayRemind: access.Can(a, "participation.remind"),
		MayExtend: access.Can(a, "participation.extend"), MayEnd: access.Can(a, "attempt.end"), MaySeePipeline: access.Can(a, "pipeline.view")}
	for _, load := range []func(echo.Context, *views.Candidate) error{
		s.fillParticipations, s.fillHistory, s.fillFiles, s.fillMessages, s.fillLedger,
	} {
		if err := load(c, &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// fillParticipations loads what the candidate took part in, with how much of each section is answered.
func (s Screens) fillParticipations(c echo.Context, p *views.Candidate) error {
	err := s.own(c, "ac").Table("assessment_candidates ac").Joins("JOIN assessments ON assessments.id = ac.assessment_id").
		Select("ac.id, ac.assessment_id, ac.status_id, ac.end_date, ac.invited_at, ac.attended_at, ac.reminded_at, ac.status_since, ac.score, assessments.title").
		Where("ac.candidate_id = ?", p.Candidate.ID).Order("ac.id DESC").Scan(&p.Took).Error
	if err != nil {
		return fmt.Errorf("load participations: %w", err)
	}
	ids := make([]int64, len(p.Took))
	for i, t := range p.Took {
		ids[i] = t.ID
	}
	var attempts []views.SectionProgress
	err = s.own(c, "a").Table("assessment_section_candidates a").Joins("JOIN sections ON sections.id = a.section_id").
		Joins("JOIN assessment_sections s ON s.id = a.assessment_section_id").Joins("JOIN assessments ON assessments.id = a.assessment_id").
		Select(`a.id AS attempt_id, a.assessment_candidate_id, a.assessment_section_id, sections.title, sections.section_type_id AS type, a.started_at, a.completed_at, a.score, a.max_score,
			a.deadline_at, a.evaluated_at, COALESCE(a.closed_by, '') AS closed_by, a.extra_seconds, a.credit_seconds, assessments.outage_credit_cap AS credit_cap,
			(SELECT COUNT(*) FROM answers WHERE answers.assessment_section_candidate_id = a.id) AS questions,
			(SELECT COUNT(*) FROM answers WHERE answers.assessment_section_candidate_id = a.id AND answers.answered_at IS NOT NULL) AS answered,
			EXISTS (SELECT 1 FROM evaluations e WHERE e.assessment_section_candidate_id = a.id AND e.evaluated_at IS NOT NULL) AS is_evaluated`).
		Where("a.assessment_candidate_id IN ?", ids).Order("s.sort_order, s.id").Scan(&attempts).Error
	if err != nil {
		return fmt.Errorf("load attempts: %w", err)
	}
	if err := s.fillCredits(c, attempts); err != nil {
		return err
	}
	for i := range p.Took {
		for _, a := range attempts {
			if a.AssessmentCandidateID == p.Took[i].ID {
				p.Took[i].Sections = append(p.Took[i].Sections, a)
			}
		}
	}
	return nil
}

func (s Screens) fillHistory(c echo.Context, p *views.Candidate) (err error) {
	if err := s.own(c).Where("candidate_id = ?", p.Candidate.ID).Order("started_at DESC, id DESC").Find(&p.Educations).Error; err != nil {
		return fmt.Errorf("load education: %w", err)
	}
	err = s.own(c).Where("candidate_id = ?", p.Candidate.ID).Order("is_current DESC, started_at DESC, id DESC").Find(&p.Experiences).Error
	if err != nil {
		return fmt.Errorf("load experience: %w", err)
	}
	p.Fields, err = s.customFields(c)
	return err
}

func (s Screens) fillFiles(c echo.Context, p *views.Candidate) error {
	var files []models.File
	err := s.own(c, "files").Joins("JOIN candidate_files cf ON cf.file_id = files.id").
		Where("cf.candidate_id = ? AND NOT files.is_deleted", p.Candidate.ID).Order("files.id DESC").Find(&files).Error
	if err != nil {
		return fmt.Errorf("load files: %w", err)
	}
	for _, f := range files {
		link, err := s.fileLink(f.Key, f.Name)
		if err != nil {
			return err
		}
		p.Files = append(p.Files, views.CandidateFile{File: f, Href: link})
	}
	if p.Candidate.PictureKey != nil {
		p.Picture, err = s.fileLink(*p.Candidate.PictureKey, "")
	}
	return err
}

const mostEvents = 100

func (s Screens) fillMessages(c echo.Context, p *views.Candidate) error {
	var messages []models.Notification
	err := s.own(c).Where("candidate_id = ?", p.Candidate.ID).Omit("content").Order("id DESC").Limit(mostEvents).Find(&messages).Error
	if err != nil {
		return fmt.Errorf("load messages: %w", err)
	}
	for _, m := range messages {
		kind, _ := notify.TypeWithID(m.TypeID)
		p.Messages = append(p.Messages, views.Message{Notification: m, Kind: kind.Label})
	}
	return nil
}

// fillLedger loads what was noted about the candidate and the participations.
func (s Screens) fillLedger(c echo.Context, p *views.Candidate) error {
	ids, attempts := []int64{}, []int64{}
	for _, t := range p.Took {
		ids = append(ids, t.ID)
		for _, section := range t.Sections {
			attempts = append(attempts, section.AttemptID)
		}
	}
	err := s.own(c).Where("(subject_type = 'candidate' AND subject_id = ?) OR (subject_type = 'assessment_candidate' AND subject_id IN ?) OR (subject_type = 'assessment_section_candidate' AND subject_id IN ?)",
		p.Candidate.ID, ids, attempts).Order("id DESC").Limit(mostEvents).Find(&p.Ledger).Error
	if err != nil {
		return fmt.Errorf("load the ledger: %w", err)
	}
	return nil
}
