package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// WriteAssessment writes an assessment from the documented members, by the rules of creating, changing and opening one.
// What is not named stays as it is.
type WriteAssessment struct {
	ID     int64 // 0 for a new one; afterwards the assessment's
	Values resource.Values
}

// Grant implements Action.
func (a *WriteAssessment) Grant() access.Grant {
	if a.ID == 0 {
		return "assessment.create"
	}
	return "assessment.update"
}

// Validate implements Action.
func (a *WriteAssessment) Validate() error { return nil } // the input is complete only beside the assessment as it is

// Perform implements Action.
func (a *WriteAssessment) Perform(ctx context.Context, w *Work) error {
	status, err := a.status()
	if err != nil {
		return err
	}
	if a.ID == 0 {
		return a.create(ctx, w, status)
	}
	now, err := lockAssessment(w, a.ID)
	if err != nil {
		return err
	}
	step, err := a.changed(now)
	if err != nil {
		return err
	}
	if err := w.Also(ctx, step); err != nil {
		return renamed(err, "owned_by", nil)
	}
	if status == 0 || status == now.StatusID {
		return nil
	}
	return renamed(w.Also(ctx, &SetAssessmentStatus{ID: a.ID, Status: status}), "", map[string]string{"status": "status_id"})
}

func (a *WriteAssessment) create(ctx context.Context, w *Work, status models.AssessmentStatus) error {
	step := &CreateAssessment{Status: status}
	a.put(&step.Title, &step.Description, &step.ExternalID, &step.StartDate, &step.EndDate, &step.OwnedBy)
	var err error
	if step.CF, err = a.custom(); err != nil {
		return err
	}
	if err := w.Also(ctx, step); err != nil {
		return renamed(err, "owned_by", map[string]string{"assessmentStatus": "status_id"})
	}
	a.ID = step.Assessment.ID
	return nil
}

// changed is the change that the members make of the assessment as it is.
func (a *WriteAssessment) changed(now models.Assessment) (*UpdateAssessment, error) {
	step := &UpdateAssessment{ID: now.ID, Title: now.Title, Description: now.Description, ExternalID: textOf(now.ExternalID),
		StartDate: now.StartDate, EndDate: now.EndDate}
	a.put(&step.Title, &step.Description, &step.ExternalID, &step.StartDate, &step.EndDate, &step.OwnedBy)
	var err error
	step.CF, err = a.custom()
	return step, err
}

func (a *WriteAssessment) put(title, description, externalID *string, start, end **time.Time, owner **int64) {
	lay(a.Values, "title", title)
	lay(a.Values, "description", description)
	lay(a.Values, "external_id", externalID)
	layPointer(a.Values, "start_date", start)
	layPointer(a.Values, "end_date", end)
	layPointer(a.Values, "owned_by", owner)
}

// custom reads the custom values by their keys.
func (a *WriteAssessment) custom() (map[string]any, error) {
	raw, ok := a.Values["cf"].(json.RawMessage)
	if !ok {
		return nil, nil
	}
	var values map[string]any
	if err := json.Unmarshal(raw, &values); err != nil {
		return nil, fault.Field("cf", "This must be an object.")
	}
	return values, nil
}

// status is the state that the body asks for, by number or by name; 0 for none.
func (a *WriteAssessment) status() (models.AssessmentStatus, error) {
	for _, name := range []string{"status_id", "status"} {
		if a.Values[name] == nil {
			continue
		}
		status, ok := models.ParseAssessmentStatus(fmt.Sprint(a.Values[name]))
		if !ok {
			return 0, fault.Field(name, "Choose 1 (draft), 2 (closed), 3 (open) or 4 (filled).")
		}
		return status, nil
	}
	return 0, nil
}
