package recruiter

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// What saved views are of, as their rows name it.
const (
	assessmentViews = "a"
	pipelineViews   = "ac"
	candidateViews  = "c"
	questionViews   = "q"
)

const mostViews = 50

// savedViews loads the views of a list that the actor may use, and offers to keep the filters that are on.
func (s Screens) savedViews(c echo.Context, kind, path string, query url.Values) (views.SavedViews, error) {
	shown := views.SavedViews{Query: query.Encode(), Action: path + "/views"}
	a := web.Actor(c)
	var found []models.SavedFilter
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(a)).
		Where("object_type = ? AND NOT is_deleted AND (is_shared OR created_by = ?)", kind, a.ID).
		Order("name, id").Limit(mostViews).Find(&found).Error
	if err != nil {
		return shown, fmt.Errorf("load saved views: %w", err)
	}
	for _, f := range found {
		var values url.Values
		if err := json.Unmarshal(f.Filter, &values); err != nil {
			continue // a view that another system wrote in its own form
		}
		shown.Views = append(shown.Views, views.SavedView{ID: f.ID, Name: f.Name, Href: path + "?" + values.Encode(),
			Mine: f.CreatedBy != nil && *f.CreatedBy == a.ID})
	}
	return shown, nil
}

// saveView keeps the filters that a form sends under a name, and leads to the list they show.
func (s Screens) saveView(c echo.Context, kind, path string) error {
	form := actions.SaveView{ObjectType: kind}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	form.Query = strings.TrimPrefix(form.Query, "?")
	if err := web.Run(c, &form); err != nil {
		refused, again := web.Refused(err)
		if !again {
			return err
		}
		for _, why := range refused {
			if err := web.SetFlash(c, why); err != nil {
				return err
			}
		}
		return web.Redirect(c, path+"?"+form.Query)
	}
	if err := web.SetFlash(c, "Saved the view "+form.Name+"."); err != nil {
		return err
	}
	return web.Redirect(c, path+"?"+form.Query)
}

// SaveAssessmentView keeps the filters of the list of assessments.
func (s Screens) SaveAssessmentView(c echo.Context) error {
	return s.saveView(c, assessmentViews, "/assessments")
}

// SaveCandidateView keeps the filters of the list of candidates.
func (s Screens) SaveCandidateView(c echo.Context) error {
	return s.saveView(c, candidateViews, "/candidates")
}

// SaveQuestionView keeps the filters of the question bank.
func (s Screens) SaveQuestionView(c echo.Context) error {
	return s.saveView(c, questionViews, "/questions")
}

// SavePipelineView keeps the filters of a pipeline, for every pipeline.
func (s Screens) SavePipelineView(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	return s.saveView(c, pipelineViews, fmt.Sprintf("/assessments/%d/pipeline", p.assessment.ID))
}

// DeleteView takes a saved view away; the message takes it back.
func (s Screens) DeleteView(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	remove := &actions.DeleteView{ID: id}
	if err := web.Run(c, remove); err != nil {
		return err
	}
	if err := web.SetFlashUndo(c, "Deleted the view "+remove.View.Name+".", fmt.Sprintf("/views/%d/restoration", id)); err != nil {
		return err
	}
	return web.Back(c, "/")
}

// RestoreView brings a deleted view back.
func (s Screens) RestoreView(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	restore := &actions.RestoreView{ID: id}
	if err := web.Run(c, restore); err != nil {
		return err
	}
	if err := web.SetFlash(c, "The view "+restore.View.Name+" is back."); err != nil {
		return err
	}
	return web.Back(c, "/")
}
