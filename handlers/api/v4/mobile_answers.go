package v4

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

var errNoRow = gorm.ErrRecordNotFound

// mobileAnswer is the signed-in candidate's answer to one question; the comment on answerMembers says what choice and
// text hold. The last members are ours. revision counts the saves: a writer that sends the one it knows is refused when
// another device saved since. question is null until the candidate came to it.
type mobileAnswer struct {
	ID             int64               `json:"id"`
	Question       *mobileQuestion     `json:"question"`
	Status         models.AnswerStatus `json:"status"`
	AnsweredAt     *time.Time          `json:"answered_at"`
	Choice         *int64              `json:"choice"`
	Text           *string             `json:"text"`
	QuestionID     int64               `json:"question_id"`
	MaxSequence    int                 `json:"max_sequence"`
	SubmittedFiles []submittedFile     `json:"submitted_files"`
	AttemptID      int64               `json:"assessment_section_candidate_id"`
	Revision       int64               `json:"revision"`
	IsMarked       bool                `json:"is_marked"`
	Links          links               `json:"_links"`
}

// attendAnswer is the answer as the web client has it: without the question and the files.
type attendAnswer struct {
	ID              int64               `json:"id"`
	Status          models.AnswerStatus `json:"status"`
	AnsweredAt      *time.Time          `json:"answered_at"`
	Choice          *int64              `json:"choice"`
	Text            *string             `json:"text"`
	QuestionID      int64               `json:"question_id"`
	SectionID       int64               `json:"assessment_section_id"`
	ParticipationID int64               `json:"assessment_candidate_id"`
	AttemptID       int64               `json:"assessment_section_candidate_id"`
	MaxSequence     int                 `json:"max_sequence"`
	CreatedAt       time.Time           `json:"created_at"`
	UpdatedAt       time.Time           `json:"updated_at"`
	Revision        int64               `json:"revision"`
	IsMarked        bool                `json:"is_marked"`
	Links           links               `json:"_links"`
}

// newAnswer is the body of a create. question repeats question_id in some programs and is passed over.
type newAnswer struct {
	QuestionID int64 `json:"question_id" needs:"yes"`
	changedAnswer
	Question json.RawMessage `json:"question"`
}

// changedAnswer is the body of an update; what is not sent stays. revision is the one that the writer knows.
type changedAnswer struct {
	Choice   *int64               `json:"choice"`
	Text     *string              `json:"text"`
	Status   *models.AnswerStatus `json:"status"`
	Revision *int64               `json:"revision"`
	IsMarked *bool                `json:"is_marked"`
}

// answerOperations are those of answers under a path, which decides how they are shown.
func (a API) answerOperations(path string) []operation {
	var one, list any = mobileAnswer{}, []mobileAnswer{}
	if path != "/mobile/answer" {
		one, list = attendAnswer{}, []attendAnswer{}
	}
	fields := []parameter{fieldsParameter}
	return []operation{
		{method: http.MethodGet, path: path, grant: attends, do: a.listAnswers, status: http.StatusOK, gives: list,
			query: append([]parameter{idParameter, fieldsParameter}, pageParameters...),
			about: "The signed-in candidate's answers: one for each question on the papers of started sections."},
		{method: http.MethodGet, path: path + "/{id}", grant: attends, do: a.viewAnswer, status: http.StatusOK, gives: one, query: fields,
			about: "One answer of the signed-in candidate."},
		{method: http.MethodPost, path: path, grant: attends, do: a.createAnswer, status: http.StatusCreated, takes: newAnswer{}, gives: one, query: fields,
			about: "Answers a question of the candidate's paper. A section that asks it is started if it was not, as far as its rules allow. " +
				"Status 3000 answers it, 1000 or none keeps a draft."},
		{method: http.MethodPut, path: path + "/{id}", grant: attends, do: a.updateAnswer, status: http.StatusOK, takes: changedAnswer{}, gives: one, query: fields,
			about: "Changes an answer: 409 when another device saved since the revision sent, 410 after the deadline."},
	}
}

// isMobile tells under which path an answer is asked for.
func isMobile(c echo.Context) bool {
	return len(c.Path()) > len(Prefix) && c.Path()[len(Prefix):][:2] == "/m"
}

func (a API) listAnswers(c echo.Context) error {
	sheet, err := a.answerSheet(c)
	if err != nil {
		return err
	}
	if isMobile(c) {
		return showList(c, mapped(sheet.answers, sheet.mobile), func(x mobileAnswer) int64 { return x.ID })
	}
	return showList(c, mapped(sheet.answers, sheet.attend), func(x attendAnswer) int64 { return x.ID })
}

func mapped[T, U any](all []T, f func(T) U) []U {
	found := make([]U, len(all))
	for i, v := range all {
		found[i] = f(v)
	}
	return found
}

func (a API) viewAnswer(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	return a.showAnswer(c, http.StatusOK, id)
}

func (a API) showAnswer(c echo.Context, status int, id int64) error {
	sheet, err := a.answerSheet(c)
	if err != nil {
		return err
	}
	x, ok := sheet.answer(id)
	switch {
	case !ok:
		return fault.Missing("answer")
	case isMobile(c):
		return showOne(c, status, sheet.mobile(x))
	}
	return showOne(c, status, sheet.attend(x))
}

func (p paper) answer(id int64) (models.Answer, bool) {
	i := slices.IndexFunc(p.answers, func(x models.Answer) bool { return x.ID == id })
	if i < 0 {
		return models.Answer{}, false
	}
	return p.answers[i], true
}

func (a API) createAnswer(c echo.Context) error {
	var in newAnswer
	b, err := takeBody(c, &in)
	if err != nil {
		return err
	}
	if in.QuestionID < 1 {
		return fault.Field("question_id", "Say which question this answers.")
	}
	sheet, x, err := a.answerFor(c, in.QuestionID)
	if err != nil {
		return err
	}
	if in.Status == nil {
		created := models.AnswerCreated
		in.Status = &created
	}
	base := int64(0) // a create knows of nothing that was saved before
	if in.Revision == nil {
		in.Revision = &base
	}
	if err := a.saveAnswer(c, sheet, x, in.changedAnswer, b); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/%d", c.Request().URL.Path, x.ID))
	return a.showAnswer(c, http.StatusCreated, x.ID)
}

// answerFor returns the place of a question on the candidate's paper. Where it stands on none yet, the section that asks
// it is started, by the action of the pages.
func (a API) answerFor(c echo.Context, questionID int64) (answerSheet, models.Answer, error) {
	at, p, err := a.papers(c)
	sheet := answerSheet{attendance: at, paper: p}
	if err != nil {
		return sheet, models.Answer{}, err
	}
	if _, x, ok := p.answerTo(at, questionID); ok {
		return sheet, x, nil
	}
	s, err := a.sectionAsking(web.Context(c), at, questionID)
	if err == nil {
		err = at.needsConsent()
	}
	if err == nil {
		err = web.Run(c, &actions.StartAttempt{AttemptID: s.attempt.ID})
	}
	if err == nil {
		sheet.attendance, sheet.paper, err = a.papers(c)
	}
	if err != nil {
		return sheet, models.Answer{}, err
	}
	if _, x, ok := sheet.answerTo(sheet.attendance, questionID); ok {
		return sheet, x, nil
	}
	return sheet, models.Answer{}, fault.Missing("question")
}

// sectionAsking returns the section, not yet started, that was set up to ask a question.
func (a API) sectionAsking(ctx context.Context, at attendance, questionID int64) (sitting, error) {
	var sections []int64
	err := a.DB.Read.WithContext(ctx).Model(&models.SectionSlot{}).Where("question_id = ? AND organization_id = ?", questionID, at.organization.ID).
		Pluck("section_id", &sections).Error
	if err != nil {
		return sitting{}, fmt.Errorf("find who asks the question: %w", err)
	}
	for _, s := range at.sittings {
		if slices.Contains(sections, s.section.ID) && !s.attempt.IsStarted() {
			return s, nil
		}
	}
	return sitting{}, fault.Missing("question")
}

func (a API) updateAnswer(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	at, p, err := a.papers(c)
	if err != nil {
		return err
	}
	x, ok := p.answer(id)
	if !ok {
		return fault.Missing("answer")
	}
	var in changedAnswer
	b, err := takeBody(c, &in)
	if err != nil {
		return err
	}
	if in.Status == nil && x.Revision > 0 {
		in.Status = &x.Status
	}
	if err := a.saveAnswer(c, answerSheet{attendance: at, paper: p}, x, in, b); err != nil {
		return err
	}
	return a.showAnswer(c, http.StatusOK, x.ID)
}

// saveAnswer keeps what was sent by the action of the pages. What a value may be would tell of a question that the
// candidate did not come to, so that is looked at first.
func (a API) saveAnswer(c echo.Context, sheet answerSheet, x models.Answer, in changedAnswer, b body) error {
	if !sheet.isShown(x) {
		return fault.New(fault.NotFound, "The candidate did not come to this question yet. Read the question first.")
	}
	_, hasChoice := b.fields["choice"]
	_, hasText := b.fields["text"]
	value, err := valueOf(sheet.versions[x.QuestionVersionID], x, answerMembers{in.Choice, in.Text}, hasChoice, hasText)
	of, missing := sheet.sitting(x.AssessmentSectionCandidateID)
	if missing != nil {
		return missing
	}
	if err != nil && !of.attempt.IsClosed() { // where it is closed, the action says so, whatever was sent
		return err
	}
	save := actions.SaveAnswer{AnswerID: x.ID, Value: value, Base: x.Revision}
	if in.Revision != nil {
		save.Base = *in.Revision
	}
	if in.Status != nil {
		if save.Status = *in.Status; save.Status == 0 {
			return fault.Field("status", "This must be %d or %d.", models.AnswerCreated, models.AnswerCompleted)
		}
	}
	if err := web.Run(c, &save); err != nil {
		return err
	}
	if in.IsMarked == nil || *in.IsMarked == x.IsMarked {
		return nil
	}
	return web.Run(c, &actions.MarkQuestion{AnswerID: x.ID, Marked: *in.IsMarked})
}
