package v4

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// presence is what an app says of itself while a section runs.
type presence struct {
	Leaving bool `json:"leaving"` // it is put away: the silence that follows is the candidate's own choice
}

// clock is how an attempt stands in time, by the server's facts.
type clock struct {
	ID            int64      `json:"id"`
	IsComplete    bool       `json:"isComplete"`
	DeadlineAt    *time.Time `json:"deadline_at"`
	SecondsLeft   *int       `json:"seconds_left"`
	CreditSeconds int        `json:"credit_seconds"` // given back for disconnections so far
}

func (a API) presenceOperations() []operation {
	return []operation{{
		method: http.MethodPost, path: "/mobile/assessment-section-candidate/{id}/heartbeat", grant: attends, takes: presence{}, gives: clock{},
		status: http.StatusOK, do: a.heartbeat,
		about: "A sign of life of an app, every 15 seconds while a section runs. From the first one on, a silence of more than 45 seconds is a " +
			"measured disconnection and is given back up to the assessment's cap; every other request of the candidate's counts as a sign too.",
	}}
}

func (a API) heartbeat(c echo.Context) error {
	var in presence
	if _, err := takeBody(c, &in); err != nil {
		return err
	}
	id, _, err := a.namedAttempt(c)
	if err != nil {
		return err
	}
	beat := actions.Heartbeat{AttemptID: id, Leaving: in.Leaving}
	if err := web.Run(c, &beat); err != nil {
		return err
	}
	t := beat.Attempt
	return showOne(c, http.StatusOK, clock{ID: t.ID, IsComplete: t.IsClosed(), DeadlineAt: t.DeadlineAt,
		SecondsLeft: secondsLeft(t, a.DB.Clock.Now()), CreditSeconds: t.CreditSeconds})
}

// secondsLeft is the time until the deadline of an attempt; nil where there is none.
func secondsLeft(t models.AssessmentSectionCandidate, now time.Time) *int {
	if t.DeadlineAt == nil || t.IsClosed() {
		return nil
	}
	left := max(0, int(t.DeadlineAt.Sub(now)/time.Second))
	return &left
}

// alive takes a candidate's request for a sign of life of the sections that send heartbeats. One that never sent any is
// not measured: to think for ten minutes between two saves is no disconnection.
func (a API) alive(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var silent []int64
		err := a.DB.Read.WithContext(web.Context(c)).Model(&models.AssessmentSectionCandidate{}).
			Where("assessment_candidate_id = ? AND started_at IS NOT NULL AND completed_at IS NULL AND heard_at < ?",
				web.Actor(c).AssessmentCandidateID, a.DB.Clock.Now().Add(-actions.HeartbeatEvery)).Pluck("id", &silent).Error
		if err != nil {
			return fmt.Errorf("look for sections that run: %w", err)
		}
		for _, id := range silent {
			if err := web.Run(c, &actions.Heartbeat{AttemptID: id}); err != nil {
				return err
			}
		}
		return next(c)
	}
}
