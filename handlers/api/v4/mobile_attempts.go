package v4

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// mobileAttempt is the signed-in candidate's attempt at a section. The last four members are ours: an app needs them to
// run an exam.
type mobileAttempt struct {
	ID                  int64            `json:"id"`
	ExternalID          *string          `json:"external_id"`
	ParticipationID     int64            `json:"assessment_candidate_id"`
	TimeElapsed         int              `json:"timeElapsed"`
	IsComplete          bool             `json:"isComplete"`
	SectionID           int64            `json:"section_id"`
	AssessmentID        int64            `json:"assessment_id"`
	AssessmentSectionID int64            `json:"assessment_section_id"`
	C                   string           `json:"c"`
	PreTemplate         string           `json:"preTemplate"`
	VerificationCode    string           `json:"verification_code"`
	StartDate           *time.Time       `json:"start_date"`
	ExternalComplete    bool             `json:"externalComplete"`
	EndDate             *time.Time       `json:"end_date"`
	IsRegistered        bool             `json:"isRegistered"`
	Intro               *string          `json:"intro"`
	Conclusion          *string          `json:"conclusion"`
	HasBooked           bool             `json:"hasBooked"`
	Duration            string           `json:"duration"`
	StartedAt           *time.Time       `json:"started_at"`
	PostAssessmentURL   *string          `json:"postAssessmentUrl"`
	StatusID            int64            `json:"status_id"`
	CompletedAt         *time.Time       `json:"completed_at"`
	StatusReasonID      *int64           `json:"status_reason_id"`
	Status              *models.Status   `json:"status"`
	SimulationURL       string           `json:"simulationUrl"`
	LiveURL             *string          `json:"liveUrl"`
	Questions           []mobileQuestion `json:"questions"`
	DeadlineAt          *time.Time       `json:"deadline_at"`
	SecondsLeft         *int             `json:"seconds_left"`
	Position            int              `json:"position"`
	ConsentedAt         *time.Time       `json:"consented_at"`
	Links               links            `json:"_links"`
}

func (a API) attemptOperations() []operation {
	const path = "/mobile/assessment-section-candidate"
	return []operation{
		{method: http.MethodGet, path: path, grant: attends, do: a.mobileAttempts, status: http.StatusOK, gives: []mobileAttempt{},
			query: append([]parameter{idParameter, fieldsParameter}, pageParameters...),
			about: "The signed-in candidate's attempts, with the questions that are open to the candidate."},
		{method: http.MethodGet, path: path + "/{id}", grant: attends, do: a.mobileAttempt, status: http.StatusOK, gives: mobileAttempt{},
			query: []parameter{fieldsParameter}, about: "One attempt of the signed-in candidate, with the questions that are open to the candidate."},
		{method: http.MethodPost, path: path + "/{id}/start", grant: attends, do: a.startAttempt, status: http.StatusOK, gives: mobileAttempt{},
			query: []parameter{fieldsParameter},
			about: "Starts a section: its questions are drawn and its clock runs. Starting what was started changes nothing."},
		{method: http.MethodPost, path: path + "/{id}/submission", grant: attends, do: a.submitAttempt, status: http.StatusOK, gives: mobileAttempt{},
			query: []parameter{fieldsParameter}, about: "Ends a section. Nothing can be saved in it any more."},
	}
}

func (a API) mobileAttempts(c echo.Context) error {
	all, err := a.shownAttempts(c)
	if err != nil {
		return err
	}
	return showList(c, all, func(t mobileAttempt) int64 { return t.ID })
}

func (a API) mobileAttempt(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	return a.showAttempt(c, id)
}

func (a API) showAttempt(c echo.Context, id int64) error {
	all, err := a.shownAttempts(c)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.ID == id {
			return showOne(c, http.StatusOK, t)
		}
	}
	return database.Fault(errNoRow, "attempt")
}

// startAttempt starts a section by the action of the pages.
func (a API) startAttempt(c echo.Context) error {
	id, at, err := a.namedAttempt(c)
	if err != nil {
		return err
	}
	if err := at.needsConsent(); err != nil {
		return err
	}
	if err := web.Run(c, &actions.StartAttempt{AttemptID: id}); err != nil {
		return err
	}
	return a.showAttempt(c, id)
}

func (a API) submitAttempt(c echo.Context) error {
	id, _, err := a.namedAttempt(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.SubmitAttempt{AttemptID: id}); err != nil {
		return err
	}
	return a.showAttempt(c, id)
}

// namedAttempt returns the attempt that the path names and what it belongs to; NotFound for another candidate's.
func (a API) namedAttempt(c echo.Context) (int64, attendance, error) {
	id, err := keyParam(c, "id")
	if err != nil {
		return 0, attendance{}, err
	}
	at, err := a.attendance(c)
	if err == nil {
		_, err = at.sitting(id)
	}
	return id, at, err
}

func (a API) shownAttempts(c echo.Context) ([]mobileAttempt, error) {
	at, err := a.attendance(c)
	if err != nil {
		return nil, err
	}
	p, err := a.paperOf(web.Context(c), at)
	if err != nil {
		return nil, err
	}
	booked, err := a.booked(web.Context(c), at)
	if err != nil {
		return nil, err
	}
	all := make([]mobileAttempt, len(at.sittings))
	for i, s := range at.sittings {
		all[i] = a.attemptOf(at, s, p)
		all[i].HasBooked = booked[s.attempt.ID]
	}
	return all, nil
}

// booked returns the attempts for which a live session stands.
func (a API) booked(ctx context.Context, at attendance) (map[int64]bool, error) {
	var ids []int64
	err := a.DB.Read.WithContext(ctx).Model(&models.LiveSession{}).Where("assessment_candidate_id = ? AND status <> ? AND assessment_section_candidate_id IS NOT NULL",
		at.participation.ID, models.LiveCancelled).Pluck("assessment_section_candidate_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("find live sessions: %w", err)
	}
	found := make(map[int64]bool, len(ids))
	for _, id := range ids {
		found[id] = true
	}
	return found, nil
}

func (a API) attemptOf(at attendance, s sitting, p paper) mobileAttempt {
	t := s.attempt
	o := mobileAttempt{
		ID: t.ID, ExternalID: t.ExternalID, ParticipationID: t.AssessmentCandidateID, IsComplete: t.IsClosed(), SectionID: t.SectionID,
		AssessmentID: t.AssessmentID, AssessmentSectionID: t.AssessmentSectionID, C: a.Actions.Links.Code(t.ID, at.participation.LinkEpoch, at.now),
		VerificationCode: at.participation.VerifyCode, ExternalComplete: t.ExternalComplete, IsRegistered: at.candidate.IsRegistered,
		Intro: a.html(s.placed.Intro), Conclusion: a.html(s.placed.Conclusion), Duration: lasting(s), StartedAt: t.StartedAt,
		PostAssessmentURL: at.assessment.PostURL, StatusID: t.StatusID, CompletedAt: t.CompletedAt, StatusReasonID: t.StatusReasonID,
		DeadlineAt: t.DeadlineAt, Position: t.Position, ConsentedAt: at.participation.ConsentedAt,
		Questions: p.questions(s), Links: attemptLinks(t),
	}
	o.StartDate, o.EndDate = actions.Window(at.assessment, s.placed, at.participation, t)
	if t.StartedAt != nil {
		end := models.Earliest(t.CompletedAt, t.DeadlineAt, &at.now)
		o.TimeElapsed = max(0, int(end.Sub(*t.StartedAt)/time.Second))
	}
	o.SecondsLeft = secondsLeft(t, at.now)
	for _, status := range models.Statuses {
		if status.ID == t.StatusID {
			o.Status = &status
		}
	}
	return o
}

func attemptLinks(t models.AssessmentSectionCandidate) links {
	of := func(path string) string { return fmt.Sprintf(path, t.ID) }
	return linksTo(map[string]string{
		"self":                      of("/models/assessment-section-candidate?id=%d"),
		"answers":                   of("/models/answer?assessment_section_candidate_id=%d"),
		"formInstances":             of("/models/form-instance?assessment_section_candidate_id=%d"),
		"preFormInstances":          of("/models/form-instance?assessment_section_candidate_id=%d&type%%5B0%%5D=3&type%%5B1%%5D=17&type%%5B2%%5D=18"),
		"evaluationFormInstances":   of("/models/form-instance?assessment_section_candidate_id=%d&type=2"),
		"evaluations":               of("/models/evaluation?assessment_section_candidate_id=%d"),
		"panelCandidates":           of("/models/panel-candidate?assessment_section_candidate_id=%d"),
		"status":                    fmt.Sprintf("/status?id=%d", t.StatusID),
		"index":                     "/models/assessment-section-candidate",
		"reports":                   of("/models/file?assessment_section_candidate_id=%d&file_type_id%%5B0%%5D=31&file_type_id%%5B1%%5D=40"),
		"liveSessions":              of("/models/live-session?assessment_section_candidate_id=%d"),
		"liveSessionsWithRecording": of("/models/live-session?assessment_section_candidate_id=%d&expand=recordings"),
	})
}
