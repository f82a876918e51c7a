package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// SaveEducation adds an education entry to a candidate, or changes the one with the id.
type SaveEducation struct {
	ID           int64  `json:"-" form:"-"` // 0 adds
	CandidateID  int64  `json:"candidate_id" form:"-"`
	School       string `json:"school" form:"school"`
	Degree       string `json:"degree" form:"degree"`
	FieldOfStudy string `json:"field_of_study" form:"field_of_study"`
	Grade        string `json:"grade" form:"grade"`
	Description  string `json:"description" form:"description"`
	StartedAt    string `json:"-" form:"started_at"` // 2027-02-28, or empty
	CompletedAt  string `json:"-" form:"completed_at"`

	from, until *time.Time
}

// Grant implements Action.
func (*SaveEducation) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (a *SaveEducation) Validate() (err error) {
	bad := fault.Fields{}
	if a.School = strings.TrimSpace(a.School); a.School == "" {
		bad["school"] = "Name the school."
	}
	a.from, a.until = period(bad, a.StartedAt, a.CompletedAt)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveEducation) Perform(_ context.Context, w *Work) error {
	if _, err := ownCandidate(w, a.CandidateID); err != nil {
		return err
	}
	row := models.CandidateEducation{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), CandidateID: a.CandidateID}
	if a.ID != 0 {
		if err := locked(w.Own()).Where("candidate_id = ?", a.CandidateID).First(&row, a.ID).Error; err != nil {
			return database.Fault(err, "education entry")
		}
	}
	row.School, row.Degree, row.FieldOfStudy, row.Grade = a.School, optional(a.Degree), optional(a.FieldOfStudy), optional(a.Grade)
	row.Description, row.StartedAt, row.CompletedAt, row.UpdatedBy = optional(a.Description), a.from, a.until, w.Actor.UserID()
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("save education: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-education", SubjectType: "candidate", SubjectID: a.CandidateID, After: row})
}

// SaveExperience adds an employment to a candidate, or changes the one with the id.
type SaveExperience struct {
	ID          int64  `json:"-" form:"-"` // 0 adds
	CandidateID int64  `json:"candidate_id" form:"-"`
	Employer    string `json:"organization" form:"employer"`
	Title       string `json:"title" form:"title"`
	Location    string `json:"location" form:"location"`
	Description string `json:"description" form:"description"`
	IsCurrent   bool   `json:"is_current" form:"is_current"`
	StartedAt   string `json:"-" form:"started_at"` // 2027-02-28, or empty
	CompletedAt string `json:"-" form:"completed_at"`

	from, until *time.Time
}

// Grant implements Action.
func (*SaveExperience) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (a *SaveExperience) Validate() error {
	bad := fault.Fields{}
	if a.Employer = strings.TrimSpace(a.Employer); a.Employer == "" {
		bad["employer"] = "Name the employer."
	}
	if a.Title = strings.TrimSpace(a.Title); a.Title == "" {
		bad["title"] = "Name the position."
	}
	a.from, a.until = period(bad, a.StartedAt, a.CompletedAt)
	if a.IsCurrent && a.until != nil {
		bad["completed_at"] = "A current position has no end."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveExperience) Perform(_ context.Context, w *Work) error {
	if _, err := ownCandidate(w, a.CandidateID); err != nil {
		return err
	}
	row := models.CandidateExperience{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), CandidateID: a.CandidateID}
	if a.ID != 0 {
		if err := locked(w.Own()).Where("candidate_id = ?", a.CandidateID).First(&row, a.ID).Error; err != nil {
			return database.Fault(err, "experience entry")
		}
	}
	row.Employer, row.Title, row.Location, row.Description = a.Employer, a.Title, optional(a.Location), optional(a.Description)
	row.IsCurrent, row.StartedAt, row.CompletedAt, row.UpdatedBy = a.IsCurrent, dateOf(a.from), dateOf(a.until), w.Actor.UserID()
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("save experience: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-experience", SubjectType: "candidate", SubjectID: a.CandidateID, After: row})
}

// RemoveHistory removes an education or experience entry of a candidate. Exactly one of the ids is set.
type RemoveHistory struct {
	CandidateID, EducationID, ExperienceID int64
}

// Grant implements Action.
func (*RemoveHistory) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (*RemoveHistory) Validate() error { return nil }

// Perform implements Action.
func (a *RemoveHistory) Perform(_ context.Context, w *Work) error {
	var row any = &models.CandidateEducation{}
	id, verb := a.EducationID, "remove-education"
	if a.ExperienceID != 0 {
		row, id, verb = &models.CandidateExperience{}, a.ExperienceID, "remove-experience"
	}
	removed := w.Own().Where("candidate_id = ? AND id = ?", a.CandidateID, id).Delete(row)
	if removed.Error != nil {
		return fmt.Errorf("%s: %w", verb, removed.Error)
	}
	if removed.RowsAffected == 0 {
		return fault.Missing("entry")
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "candidate", SubjectID: a.CandidateID})
}

// period reads the first and last day of something; both may be empty.
func period(bad fault.Fields, from, until string) (*time.Time, *time.Time) {
	first, last := day(bad, "started_at", from), day(bad, "completed_at", until)
	if first != nil && last != nil && last.Before(*first) {
		bad["completed_at"] = "The end comes before the start."
	}
	return first, last
}

func day(bad fault.Fields, field, text string) *time.Time {
	if text == "" {
		return nil
	}
	d, err := models.ReadDay(text, time.UTC)
	if f, refused := fault.As(err); refused {
		bad[field] = f.Message
		return nil
	}
	return &d
}

func dateOf(t *time.Time) *datatypes.Date {
	if t == nil {
		return nil
	}
	d := datatypes.Date(*t)
	return &d
}
