package candidate

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// savedHeader tells the script that what it sent is durable, and under which revision. Without it nothing was saved.
const savedHeader = "Assay-Revision"

// SaveAnswer keeps an answer: for a script the saved line comes back, for a form the next question.
func (s Screens) SaveAnswer(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	value, err := answerForm(c)
	if err != nil {
		return err
	}
	a := actions.SaveAnswer{AnswerID: id, Value: value, Base: number(c, "base"), Revision: number(c, "revision"), Writer: c.FormValue("writer")}
	if err := web.Run(c, &a); err != nil {
		return s.notSaved(c, a, value, err)
	}
	c.Response().Header().Set(savedHeader, strconv.FormatInt(a.Answer.Revision, 10))
	if c.FormValue("beacon") != "" {
		return c.NoContent(http.StatusNoContent)
	}
	if !web.IsPart(c) {
		return s.goOn(c, a.Answer)
	}
	state, err := s.saveState(c, a.Answer)
	if err != nil {
		return err
	}
	return web.Part(c, views.SaveState(state))
}

func number(c echo.Context, name string) int64 {
	n, err := strconv.ParseInt(c.FormValue(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// notSaved says why an answer was not kept, and in a conflict offers both texts.
func (s Screens) notSaved(c echo.Context, a actions.SaveAnswer, mine models.AnswerValue, err error) error {
	switch fault.KindOf(err) {
	case fault.Gone:
		return web.Redirect(c, fmt.Sprintf("/attend/sections/%d/conclusion", a.Answer.AssessmentSectionCandidateID))
	case fault.Conflict:
		return s.conflict(c, a.Answer.ID, mine)
	case fault.Forbidden:
		if web.IsPart(c) || a.Answer.ID == 0 {
			return err
		}
		if flashErr := web.SetFlash(c, err.Error()); flashErr != nil {
			return flashErr
		}
		return s.goOn(c, a.Answer)
	default:
		return err
	}
}

func (s Screens) conflict(c echo.Context, answerID int64, mine models.AnswerValue) error {
	db := s.DB.Read.WithContext(web.Context(c))
	var stored models.Answer
	if err := db.First(&stored, answerID).Error; err != nil {
		return database.Fault(err, "question")
	}
	var version models.QuestionVersion
	if err := db.Omit("answer_key").First(&version, stored.QuestionVersionID).Error; err != nil {
		return fmt.Errorf("load question version: %w", err)
	}
	chrome, err := page(c, func(w views.Words) string { return w.Saved.ConflictTitle })
	if err != nil {
		return err
	}
	shown := views.Conflict{Page: chrome, Item: itemOf(part{}, stored, version.MapHTML(s.Actions.Files.SignImages), s.DB.Clock.Now()), Mine: mine, StoredAt: stored.UpdatedAt,
		Back: fmt.Sprintf("/attend/sections/%d/questions/%d", stored.AssessmentSectionCandidateID, stored.Position+1)}
	if web.IsPart(c) {
		return web.Part(c, views.ConflictState(shown))
	}
	return web.Form(c, views.ConflictPage(shown))
}

// goOn leads those without script where the button they pressed says.
func (s Screens) goOn(c echo.Context, answer models.Answer) error {
	section := fmt.Sprintf("/attend/sections/%d", answer.AssessmentSectionCandidateID)
	position := answer.Position
	switch c.FormValue("go") {
	case "next":
		position++
	case "before":
		position--
	case "review", "submit":
		return web.Redirect(c, section+"/review")
	}
	return web.Redirect(c, fmt.Sprintf("%s/questions/%d", section, max(0, position)+1))
}

// saveState loads what moves when an answer was saved or marked.
func (s Screens) saveState(c echo.Context, answer models.Answer) (views.Save, error) {
	db := s.DB.Read.WithContext(web.Context(c))
	var answers []models.Answer
	err := db.Select("id", "position", "status", "is_marked").
		Where("assessment_section_candidate_id = ?", answer.AssessmentSectionCandidateID).Order("position").Find(&answers).Error
	if err != nil {
		return views.Save{}, fmt.Errorf("load the paper: %w", err)
	}
	var placed models.AssessmentSection
	if err := db.First(&placed, answer.AssessmentSectionID).Error; err != nil {
		return views.Save{}, fmt.Errorf("load assessment section: %w", err)
	}
	chrome, err := page(c, titled(""))
	if err != nil {
		return views.Save{}, err
	}
	p := part{attempt: models.AssessmentSectionCandidate{Row: models.Row{ID: answer.AssessmentSectionCandidateID}}}
	return views.Save{Page: chrome, AnswerID: answer.ID, Revision: answer.Revision, SavedAt: s.DB.Clock.Now(),
		Paper: paperOf(p, answers, answer.Position), HasMap: placed.IsPlaylist && placed.IsFree()}, nil
}

// MarkQuestion sets or clears the candidate's mark on a question.
func (s Screens) MarkQuestion(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.MarkQuestion{AnswerID: id, Marked: c.FormValue("marked") != ""}
	if err := web.Run(c, &a); err != nil {
		if fault.KindOf(err) == fault.Gone {
			return web.Redirect(c, fmt.Sprintf("/attend/sections/%d/conclusion", a.Answer.AssessmentSectionCandidateID))
		}
		return err
	}
	if !web.IsPart(c) {
		return s.goOn(c, a.Answer)
	}
	state, err := s.saveState(c, a.Answer)
	if err != nil {
		return err
	}
	return web.Part(c, views.PaperState(state))
}
