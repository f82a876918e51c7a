package actions

import (
	"context"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// WritePart writes a row that is part of an assessment: a placed section, a slot, a parameter of a section. Parts change
// in drafts only; what belongs to a section that stands in no assessment may change always.
type WritePart struct {
	WriteRow
	Of string // the column that leads to the whole: "assessment_id", or "section_id"
}

// Perform implements Action.
func (a *WritePart) Perform(ctx context.Context, w *Work) error {
	assessments, err := a.assessments(w)
	if err != nil {
		return err
	}
	for _, id := range assessments {
		if _, err := lockDraft(w, id); err != nil {
			return renamedWhere(err, a.Verb == resource.Create && a.Of == "assessment_id", a.Of)
		}
	}
	if err := a.WriteRow.Perform(ctx, w); err != nil {
		return err
	}
	for _, id := range assessments {
		if err := touchAssessment(w, id); err != nil {
			return err
		}
	}
	return nil
}

func renamedWhere(err error, named bool, member string) error {
	if !named {
		return err
	}
	return renamed(err, member, nil)
}

// assessments are those that the row belongs to, and those that the body moves it to, in the order of their ids, so that
// two who write at once wait for each other.
func (a *WritePart) assessments(w *Work) ([]int64, error) {
	var wholes []int64
	if a.ID != 0 {
		if err := w.Own().Table(a.Resource.Table()).Where("id = ?", a.ID).Pluck(a.Of, &wholes).Error; err != nil {
			return nil, fmt.Errorf("find what the part belongs to: %w", err)
		}
	}
	if to, ok := a.Values[a.Of].(int64); ok {
		wholes = append(wholes, to)
	}
	if a.Of == "section_id" {
		var placed []int64
		err := w.Own().Model(&models.AssessmentSection{}).Where("section_id IN ?", wholes).Pluck("assessment_id", &placed).Error
		if err != nil {
			return nil, fmt.Errorf("find where the section stands: %w", err)
		}
		wholes = placed
	}
	slices.Sort(wholes)
	return slices.Compact(wholes), nil
}
