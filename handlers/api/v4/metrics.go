package v4

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// metricsOperations are the pages that links of users and assessments name. The document says nothing of what they hold.
func (a API) metricsOperations() []operation {
	return []operation{
		{
			method: http.MethodGet, path: "/user/metrics/{id}", about: "How much a user did: the own one, or any for who may see users.",
			gives: userMetrics{}, status: http.StatusOK, do: a.userMetrics,
		}, {
			method: http.MethodGet, path: "/reports/assessment-time/{id}", about: "How long candidates took for an assessment, in minutes from the start of a section to its end.",
			grant: "report.view", gives: assessmentTime{}, status: http.StatusOK, do: a.assessmentTime,
		}, {
			method: http.MethodGet, path: "/assessment/{id}", about: "How many candidates of an assessment stand where.",
			grant: "pipeline.view", gives: assessmentSummary{}, status: http.StatusOK, do: a.assessmentSummary,
		},
	}
}

type userMetrics struct {
	UserID             int64 `json:"user_id"`
	AssessmentsCreated int64 `json:"assessments_created"`
	CandidatesInvited  int64 `json:"candidates_invited"`
	EvaluationsGiven   int64 `json:"evaluations_given"`
	EvaluationsWaiting int64 `json:"evaluations_waiting"`
}

func (a API) userMetrics(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	actor := web.Actor(c)
	if own := actor.UserID(); own == nil || *own != id {
		if err := access.Check(actor, "user.view"); err != nil {
			return err
		}
	}
	db := a.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(actor)).Session(&gorm.Session{})
	if err := database.Fault(db.Where("NOT is_deleted").First(&models.User{}, id).Error, "user"); err != nil {
		return err
	}
	m := userMetrics{UserID: id}
	for _, count := range []struct {
		of    any
		where string
		into  *int64
	}{
		{&models.Assessment{}, "created_by = ? AND NOT is_deleted", &m.AssessmentsCreated},
		{&models.AssessmentCandidate{}, "invited_by = ?", &m.CandidatesInvited},
		{&models.Evaluation{}, "evaluated_by = ? AND evaluated_at IS NOT NULL", &m.EvaluationsGiven},
		{&models.PanelCandidate{}, "NOT is_evaluated AND panel_id IN (SELECT id FROM panels WHERE user_id = ?)", &m.EvaluationsWaiting},
	} {
		if err := db.Model(count.of).Where(count.where, id).Count(count.into).Error; err != nil {
			return fmt.Errorf("count what a user did: %w", err)
		}
	}
	return reply(c, http.StatusOK, m)
}

// ownAssessment returns the key in the path of an assessment that the actor's organization has.
func (a API) ownAssessment(c echo.Context) (int64, error) {
	id, err := keyParam(c, "id")
	if err != nil {
		return 0, err
	}
	err = a.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("NOT is_deleted").First(&models.Assessment{}, id).Error
	return id, database.Fault(err, "assessment")
}

type assessmentTime struct {
	AssessmentID    int64   `json:"assessment_id"`
	Completed       int     `json:"completed"` // sections that candidates completed
	AverageMinutes  float64 `json:"average_minutes"`
	ShortestMinutes float64 `json:"shortest_minutes"`
	LongestMinutes  float64 `json:"longest_minutes"`
}

// mostTimed bounds how many attempts a report reads.
const mostTimed = 10_000

func (a API) assessmentTime(c echo.Context) error {
	id, err := a.ownAssessment(c)
	if err != nil {
		return err
	}
	var attempts []models.AssessmentSectionCandidate
	err = a.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Select("started_at", "completed_at").
		Where("started_at IS NOT NULL AND completed_at IS NOT NULL AND assessment_section_id IN (SELECT id FROM assessment_sections WHERE assessment_id = ?)", id).
		Order("id DESC").Limit(mostTimed).Find(&attempts).Error
	if err != nil {
		return fmt.Errorf("load attempts: %w", err)
	}
	took := assessmentTime{AssessmentID: id, Completed: len(attempts)}
	var all time.Duration
	for i, at := range attempts {
		d := at.CompletedAt.Sub(*at.StartedAt)
		all += d
		if i == 0 || d.Minutes() < took.ShortestMinutes {
			took.ShortestMinutes = d.Minutes()
		}
		took.LongestMinutes = max(took.LongestMinutes, d.Minutes())
	}
	if len(attempts) > 0 {
		took.AverageMinutes = all.Minutes() / float64(len(attempts))
	}
	return reply(c, http.StatusOK, took)
}

type assessmentSummary struct {
	ID       int64         `json:"id"`
	Total    int64         `json:"total"`
	Statuses []statusCount `json:"statuses"`
}

type statusCount struct {
	StatusID int64  `json:"status_id"`
	Label    string `json:"label"`
	Count    int64  `json:"count"`
}

func (a API) assessmentSummary(c echo.Context) error {
	id, err := a.ownAssessment(c)
	if err != nil {
		return err
	}
	standings, err := review.Standings(a.DB.Read.WithContext(web.Context(c)), web.Actor(c), id)
	if err != nil {
		return err
	}
	summary := assessmentSummary{ID: id, Total: int64(standings[id].Total), Statuses: []statusCount{}}
	for _, status := range models.Statuses {
		if n := standings[id].At[status.SortKey]; n > 0 {
			summary.Statuses = append(summary.Statuses, statusCount{StatusID: status.ID, Label: status.Label, Count: int64(n)})
		}
	}
	return reply(c, http.StatusOK, summary)
}
