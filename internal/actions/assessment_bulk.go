package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// SetAssessmentStatuses opens or closes several assessments. One that cannot be, such as a draft with an empty section,
// stays as it is and is named in Refused; the others change.
type SetAssessmentStatuses struct {
	IDs    []int64                 `form:"ids"`
	Status models.AssessmentStatus `form:"status"`

	Changed []models.Assessment `form:"-"`
	Refused []string            `form:"-"` // why, one sentence each
}

// Grant implements Action.
func (*SetAssessmentStatuses) Grant() access.Grant { return "assessment.open" }

// Validate implements Action.
func (a *SetAssessmentStatuses) Validate() error { return someAssessments(a.IDs) }

// Perform implements Action.
func (a *SetAssessmentStatuses) Perform(ctx context.Context, w *Work) error {
	for _, id := range distinct(a.IDs) {
		set := &SetAssessmentStatus{ID: id, Status: a.Status}
		err := w.unit(func() error { return w.Also(ctx, set) })
		f, known := fault.As(err)
		switch {
		case known && f.Kind == fault.Conflict:
			if err := a.refuse(w, id, f.Message); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			a.Changed = append(a.Changed, set.Assessment)
		}
	}
	return nil
}

func (a *SetAssessmentStatuses) refuse(w *Work, id int64, why string) error {
	var title []string
	if err := w.Own().Model(&models.Assessment{}).Where("id = ?", id).Pluck("title", &title).Error; err != nil {
		return err
	}
	a.Refused = append(a.Refused, title[0]+": "+why)
	return nil
}

// DeleteAssessments hides several assessments.
type DeleteAssessments struct {
	IDs []int64 `form:"ids"`

	Deleted []models.Assessment `form:"-"`
}

// Grant implements Action.
func (*DeleteAssessments) Grant() access.Grant { return "assessment.delete" }

// Validate implements Action.
func (a *DeleteAssessments) Validate() error { return someAssessments(a.IDs) }

// Perform implements Action.
func (a *DeleteAssessments) Perform(_ context.Context, w *Work) (err error) {
	a.Deleted, err = hideAssessments(w, a.IDs, true)
	return err
}

// RestoreAssessments takes back a DeleteAssessments.
type RestoreAssessments struct {
	IDs []int64 `form:"ids"`

	Restored []models.Assessment `form:"-"`
}

// Grant implements Action.
func (*RestoreAssessments) Grant() access.Grant { return "assessment.delete" }

// Validate implements Action.
func (a *RestoreAssessments) Validate() error { return someAssessments(a.IDs) }

// Perform implements Action.
func (a *RestoreAssessments) Perform(_ context.Context, w *Work) (err error) {
	a.Restored, err = hideAssessments(w, a.IDs, false)
	return err
}

const mostAssessmentsAtOnce = 200

func someAssessments(ids []int64) error {
	if len(ids) == 0 {
		return fault.Field("ids", "Choose at least one assessment.")
	}
	if len(ids) > mostAssessmentsAtOnce {
		return fault.Field("ids", "Choose at most %d assessments at once.", mostAssessmentsAtOnce)
	}
	return nil
}

func hideAssessments(w *Work, ids []int64, deleted bool) ([]models.Assessment, error) {
	var done []models.Assessment
	for _, id := range distinct(ids) {
		one, err := hideAssessment(w, id, deleted)
		if err != nil {
			return nil, err
		}
		done = append(done, one)
	}
	return done, nil
}
