package recruiter

import (
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SetAssessmentStatus opens, closes, fills or reopens an assessment. What keeps it from being opened is told in the
// builder.
func (s Screens) SetAssessmentStatus(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	status, _ := strconv.Atoi(c.FormValue("status"))
	set := &actions.SetAssessmentStatus{ID: id, Status: models.AssessmentStatus(status)}
	err = web.Run(c, set)
	f, known := fault.As(err)
	switch {
	case known && f.Kind == fault.Conflict:
		err = web.SetFlash(c, f.Message)
	case err == nil:
		err = web.SetFlash(c, statusWords(set.Assessment))
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/assessments/%d/build", id))
}

func statusWords(a models.Assessment) string {
	switch a.StatusID {
	case models.AssessmentOpen:
		return a.Title + " is open. Invite candidates next."
	case models.AssessmentClosed:
		return "Closed " + a.Title + "."
	}
	return "Marked " + a.Title + " as filled."
}

// DuplicateAssessment makes a draft like an assessment and leads to it.
func (s Screens) DuplicateAssessment(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	duplicate := &actions.DuplicateAssessment{ID: id}
	if err := web.Run(c, duplicate); err != nil {
		return err
	}
	if err := web.SetFlash(c, "This is the copy, a draft of your own."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/assessments/%d/build", duplicate.Assessment.ID))
}

// DeleteAssessment hides an assessment; the message on the list takes it back.
func (s Screens) DeleteAssessment(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	remove := &actions.DeleteAssessment{ID: id}
	if err := web.Run(c, remove); err != nil {
		return err
	}
	err = web.SetFlashUndo(c, "Deleted "+remove.Assessment.Title+".", fmt.Sprintf("/assessments/%d/restoration", id))
	if err != nil {
		return err
	}
	return web.Redirect(c, "/assessments")
}

// RestoreAssessment takes a deletion back.
func (s Screens) RestoreAssessment(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	restore := &actions.RestoreAssessment{ID: id}
	if err := web.Run(c, restore); err != nil {
		return err
	}
	if err := web.SetFlash(c, restore.Assessment.Title+" is back."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/assessments/%d/build", id))
}
