package candidate

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Question is the exam: the question that the address names, and behind it all others where the section lets a candidate
// go anywhere.
func (s Screens) Question(c echo.Context) error {
	v, p, err := s.sitting(c)
	if err != nil {
		return err
	}
	if !p.attempt.IsStarted() {
		return web.Redirect(c, at(p, ""))
	}
	if !p.isRunning(v.now) {
		return web.Redirect(c, at(p, "/conclusion"))
	}
	number, err := web.ID(c, "n")
	if err != nil {
		return err
	}
	position := int(number) - 1
	if err := web.Run(c, &actions.ShowQuestion{AttemptID: p.attempt.ID, Position: position}); err != nil {
		return s.notThatQuestion(c, p, position, err)
	}
	answers, versions, err := s.paper(c, p)
	if err != nil {
		return err
	}
	shown, err := exam(c, v, p, position)
	if err != nil {
		return err
	}
	shown.Paper = paperOf(p, answers, position)
	for _, a := range answers {
		if shown.IsFree || a.Position == position {
			shown.Items = append(shown.Items, itemOf(p, a, versions[a.QuestionVersionID], v.now))
		}
	}
	s.limitToQuestion(&shown, p, answers[position], v.now)
	return web.Page(c, views.QuestionPage(shown))
}

// sitting loads the section that the address names. When its time is over it first gives the server the chance to
// credit a disconnection, so that nobody who comes back is sent away for a network that failed.
func (s Screens) sitting(c echo.Context) (visit, part, error) {
	v, err := s.visit(c)
	if err != nil {
		return v, part{}, err
	}
	p, err := v.part(c)
	if err != nil || !p.attempt.IsStarted() || p.attempt.IsClosed() || !p.isTimeUp(v.now) || p.attempt.HeardAt == nil {
		return v, p, err
	}
	beat := actions.Heartbeat{AttemptID: p.attempt.ID}
	if err := web.Run(c, &beat); err != nil {
		return v, p, err
	}
	p.attempt = beat.Attempt
	return v, p, nil
}

// notThatQuestion leads to the question that is due instead of one that the section's rules do not open.
func (s Screens) notThatQuestion(c echo.Context, p part, position int, err error) error {
	f, known := fault.As(err)
	switch {
	case known && f.Kind == fault.Gone:
		return web.Redirect(c, at(p, "/conclusion"))
	case known && f.Kind == fault.Conflict && position != p.attempt.Position:
		if err := web.SetFlash(c, f.Message); err != nil {
			return err
		}
		return web.Redirect(c, at(p, fmt.Sprintf("/questions/%d", p.attempt.Position+1)))
	default:
		return err
	}
}

func (s Screens) paper(c echo.Context, p part) ([]models.Answer, map[int64]models.QuestionVersion, error) {
	db := s.DB.Read.WithContext(web.Context(c))
	var answers []models.Answer
	if err := db.Where("assessment_section_candidate_id = ?", p.attempt.ID).Order("position").Find(&answers).Error; err != nil {
		return nil, nil, fmt.Errorf("load the paper: %w", err)
	}
	ids := make([]int64, len(answers))
	for i, a := range answers {
		ids[i] = a.QuestionVersionID
	}
	var found []models.QuestionVersion
	// The key stays in the database: nothing of it is wanted here.
	if err := db.Omit("answer_key").Where("id IN ?", ids).Find(&found).Error; err != nil {
		return nil, nil, fmt.Errorf("load questions: %w", err)
	}
	versions := make(map[int64]models.QuestionVersion, len(found))
	for _, q := range found {
		versions[q.ID] = s.Actions.ShowPictures(q)
	}
	return answers, versions, nil
}

func exam(c echo.Context, v visit, p part, position int) (views.Question, error) {
	chrome, err := page(c, titled(p.section.Title))
	if err != nil {
		return views.Question{}, err
	}
	left, timed := p.left(v.now)
	return views.Question{
		Page: chrome, Section: p.section.Title, AttemptID: p.attempt.ID, Current: position, HasMap: p.placed.IsPlaylist && p.placed.IsFree(),
		HasReview: p.placed.IsReview, IsFree: p.placed.IsFree(), CanGoBack: p.placed.IsRetake, Timed: timed, Left: left,
		CreditLeft: time.Duration(max(0, v.assessment.OutageCreditCap-p.attempt.CreditSeconds)) * time.Second,
		BeatEvery:  actions.HeartbeatEvery, IsProctored: p.placed.IsProctor,
	}, nil
}

// limitToQuestion shows the question's own clock where it runs out before the section's.
func (s Screens) limitToQuestion(shown *views.Question, p part, answer models.Answer, now time.Time) {
	until := actions.QuestionDeadline(p.placed, answer)
	if until == nil {
		return
	}
	left := max(0, until.Sub(now))
	if !shown.Timed || left < shown.Left {
		shown.Timed, shown.Left, shown.OwnClock = true, left, true
	}
}

func paperOf(p part, answers []models.Answer, position int) views.Paper {
	paper := views.Paper{AttemptID: p.attempt.ID, Marks: make([]views.PaperMark, len(answers)), Current: position}
	for i, a := range answers {
		paper.Marks[i] = views.PaperMark{Answered: a.Status == models.AnswerCompleted, Marked: a.IsMarked}
	}
	return paper
}
