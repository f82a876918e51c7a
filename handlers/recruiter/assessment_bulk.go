package recruiter

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SetAssessmentStatuses opens or closes the chosen assessments, and says which stay as they are and why.
func (s Screens) SetAssessmentStatuses(c echo.Context) error {
	set := &actions.SetAssessmentStatuses{}
	if err := web.Bind(c, set); err != nil {
		return err
	}
	if err := web.Run(c, set); err != nil {
		return backToList(c, err)
	}
	var said []string
	if n := len(set.Changed); n > 0 {
		word := "Closed "
		if set.Status == models.AssessmentOpen {
			word = "Opened "
		}
		said = append(said, word+theAssessments(set.Changed)+".")
	}
	if err := web.SetFlash(c, strings.Join(append(said, set.Refused...), " ")); err != nil {
		return err
	}
	return web.Back(c, "/assessments")
}

// DeleteAssessments hides the chosen assessments; the message takes it back.
func (s Screens) DeleteAssessments(c echo.Context) error {
	remove := &actions.DeleteAssessments{}
	if err := web.Bind(c, remove); err != nil {
		return err
	}
	if err := web.Run(c, remove); err != nil {
		return backToList(c, err)
	}
	undo := url.Values{}
	for _, a := range remove.Deleted {
		undo.Add("ids", strconv.FormatInt(a.ID, 10))
	}
	if err := web.SetFlashUndo(c, "Deleted "+theAssessments(remove.Deleted)+".", "/assessments/restorations?"+undo.Encode()); err != nil {
		return err
	}
	return web.Redirect(c, "/assessments")
}

// RestoreAssessments takes a deletion back.
func (s Screens) RestoreAssessments(c echo.Context) error {
	ids, err := selectedIDs(c)
	if err != nil {
		return err
	}
	restore := &actions.RestoreAssessments{IDs: ids}
	if err := web.Run(c, restore); err != nil {
		return backToList(c, err)
	}
	if err := web.SetFlash(c, "Brought back "+theAssessments(restore.Restored)+"."); err != nil {
		return err
	}
	return web.Redirect(c, "/assessments")
}

// backToList shows a refused choice as a message over the list, which still stands.
func backToList(c echo.Context, cause error) error {
	fields, refused := web.Refused(cause)
	if !refused {
		return cause
	}
	for _, message := range fields {
		if err := web.SetFlash(c, message); err != nil {
			return err
		}
	}
	return web.Back(c, "/assessments")
}

// theAssessments names one assessment, and counts several.
func theAssessments(found []models.Assessment) string {
	if len(found) == 1 {
		return found[0].Title
	}
	return fmt.Sprintf("%d assessments", len(found))
}
