package v4

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// mobileQuestion is a question as one candidate sees it: options in the order that was drawn for the candidate, and
// nothing of its solution. matchMap and testCase are always null, for they would tell it. Options are numbered from 1, as
// they stand; those of matching questions are numbered on each side. choices holds all of them, also beyond the fifth, and
// gaps what is offered for each gap.
type mobileQuestion struct {
	ID         int64               `json:"id"`
	Type       models.QuestionType `json:"type"`
	Title      string              `json:"title"`
	Content    questionContent     `json:"content"`
	ContentRaw string              `json:"contentRaw"`
	Hint       *string             `json:"hint"`
	Choice1    *string             `json:"choice_1"`
	Choice2    *string             `json:"choice_2"`
	Choice3    *string             `json:"choice_3"`
	Choice4    *string             `json:"choice_4"`
	Choice5    *string             `json:"choice_5"`
	LeftList   any                 `json:"leftList"`
	RightList  any                 `json:"rightList"`
	MatchMap   *string             `json:"matchMap"`
	TagData    *string             `json:"tagData"`
	TestCase   *string             `json:"testCase"`
	UpdatedAt  time.Time           `json:"updated_at"`
	Choices    []string            `json:"choices"`
	Gaps       []models.BlankSpec  `json:"gaps"`
	AttemptID  int64               `json:"assessment_section_candidate_id"`
}

type questionContent struct {
	HTML  string `json:"text/html"`
	Plain string `json:"text/plain"`
}

// numbered is one side of a matching question: what is chosen by its number.
type numbered struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

func (a API) questionOperations() []operation {
	list := append([]parameter{idParameter, fieldsParameter}, pageParameters...)
	var all []operation
	for _, path := range []string{"/mobile/question", "/attend/question"} {
		all = append(all,
			operation{method: http.MethodGet, path: path, grant: attends, do: a.mobileQuestions, status: http.StatusOK, query: list,
				gives: []mobileQuestion{}, about: "The questions that are open to the signed-in candidate, without their solutions."},
			operation{method: http.MethodGet, path: path + "/{id}", grant: attends, do: a.mobileQuestion, status: http.StatusOK,
				query: []parameter{fieldsParameter}, gives: mobileQuestion{},
				about: "A question of the signed-in candidate. Where a section shows one question after the other, reading one begins it."})
	}
	return all
}

// paper is what stands on the papers of a participation, without any key.
type paper struct {
	api      API
	answers  []models.Answer
	versions map[int64]models.QuestionVersion
}

// paperOf loads the papers of all started attempts. The keys stay in the database: nothing of them is wanted here.
func (a API) paperOf(ctx context.Context, at attendance) (paper, error) {
	db, p := a.DB.Read.WithContext(ctx), paper{api: a, versions: map[int64]models.QuestionVersion{}}
	err := db.Where("assessment_candidate_id = ?", at.participation.ID).Order("assessment_section_candidate_id, position").Find(&p.answers).Error
	if err != nil {
		return p, fmt.Errorf("load the paper: %w", err)
	}
	p.answers = slices.DeleteFunc(p.answers, func(x models.Answer) bool {
		_, err := at.sitting(x.AssessmentSectionCandidateID)
		return err != nil // the section is hidden
	})
	ids := make([]int64, len(p.answers))
	for i, x := range p.answers {
		ids[i] = x.QuestionVersionID
	}
	var found []models.QuestionVersion
	if err := db.Omit("answer_key").Where("id IN ?", ids).Find(&found).Error; err != nil {
		return p, fmt.Errorf("load questions: %w", err)
	}
	for _, q := range found {
		p.versions[q.ID] = q
	}
	return p, nil
}

// isShown tells whether the candidate came to a question: in a section that is free to walk through, to all of them.
func (s sitting) isShown(x models.Answer) bool { return s.placed.IsFree() || x.StartedAt != nil }

// questions are those of a section that are open to the candidate.
func (p paper) questions(s sitting) []mobileQuestion {
	var all []mobileQuestion
	for _, x := range p.answers {
		if x.AssessmentSectionCandidateID == s.attempt.ID && s.isShown(x) {
			all = append(all, p.question(x))
		}
	}
	return all
}

func (p paper) question(x models.Answer) mobileQuestion {
	raw := p.versions[x.QuestionVersionID]
	q := raw.MapHTML(p.api.Actions.Files.SignImages)
	body := q.Body.Data()
	o := mobileQuestion{
		ID: x.QuestionID, Type: q.Type, Title: q.Title, Content: questionContent{q.Content, richtext.Plain(raw.Content)}, ContentRaw: raw.Content,
		Hint: q.Hint, UpdatedAt: q.UpdatedAt, Gaps: body.Gaps, AttemptID: x.AssessmentSectionCandidateID,
		LeftList: numberedOf(body.Left), RightList: numberedOf(x.InOrder(body.Right)),
	}
	for _, option := range x.InOrder(body.Choices) {
		o.Choices = append(o.Choices, option.HTML)
	}
	if q.Type == models.TrueOrFalse {
		o.Choices = []string{"True", "False"}
	}
	for i, place := range []**string{&o.Choice1, &o.Choice2, &o.Choice3, &o.Choice4, &o.Choice5} {
		if i < len(o.Choices) {
			*place = &o.Choices[i]
		}
	}
	return o
}

// numberedOf numbers options as they stand: their own ids stay inside, where they may be those of the pairs.
func numberedOf(options []models.Option) any {
	if len(options) == 0 {
		return nil
	}
	list := make([]numbered, len(options))
	for i, o := range options {
		list[i] = numbered{strconv.Itoa(i + 1), o.HTML}
	}
	return list
}

func (a API) mobileQuestions(c echo.Context) error {
	at, p, err := a.papers(c)
	if err != nil {
		return err
	}
	var all []mobileQuestion
	for _, s := range at.sittings {
		all = append(all, p.questions(s)...)
	}
	return showList(c, all, func(q mobileQuestion) int64 { return q.ID })
}

func (a API) papers(c echo.Context) (attendance, paper, error) {
	at, err := a.attendance(c)
	if err != nil {
		return at, paper{}, err
	}
	p, err := a.paperOf(web.Context(c), at)
	return at, p, err
}

// mobileQuestion shows a question. One that the candidate did not come to yet is begun by the action of the pages, which
// knows whether it may be.
func (a API) mobileQuestion(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	at, p, err := a.papers(c)
	if err != nil {
		return err
	}
	s, x, ok := p.answerTo(at, id)
	if !ok {
		return fault.Missing("question")
	}
	if !s.isShown(x) {
		if err := web.Run(c, &actions.ShowQuestion{AttemptID: s.attempt.ID, Position: x.Position}); err != nil {
			return err
		}
	}
	return showOne(c, http.StatusOK, p.question(x))
}

// answerTo returns the answer to a question: the one of a running attempt where the question stands on several papers.
func (p paper) answerTo(at attendance, questionID int64) (s sitting, found models.Answer, ok bool) {
	for _, x := range p.answers {
		if x.QuestionID != questionID || ok && !s.attempt.IsClosed() {
			continue
		}
		if of, err := at.sitting(x.AssessmentSectionCandidateID); err == nil {
			s, found, ok = of, x, true
		}
	}
	return s, found, ok
}
