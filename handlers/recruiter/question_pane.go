package recruiter

import (
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// QuestionPreview answers with a question as it stands beside the list.
func (s Screens) QuestionPreview(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	pane, err := s.questionPane(c, id)
	if err != nil {
		return err
	}
	if !web.IsPart(c) {
		return web.Redirect(c, fmt.Sprintf("/questions/%d", id))
	}
	return web.Part(c, views.QuestionPanePart(*pane))
}

func (s Screens) ownQuestion(c echo.Context, id int64) (models.Question, error) {
	var question models.Question
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("NOT is_deleted").First(&question, id).Error
	return question, database.Fault(err, "question")
}

func (s Screens) questionPane(c echo.Context, id int64) (*views.QuestionPane, error) {
	question, err := s.ownQuestion(c, id)
	if err != nil {
		return nil, err
	}
	tags, err := actions.QuestionTagsOf(s.DB.Read.WithContext(web.Context(c)), question.OrganizationID, []int64{id})
	if err != nil {
		return nil, err
	}
	facts, err := s.questionFacts(c, question)
	if err != nil {
		return nil, err
	}
	return &views.QuestionPane{ID: id, Title: question.Title, Preview: shownQuestion(actions.InputOf(question), s.signPictures), Difficulty: question.Difficulty,
		Skills: tags[id].Skills, Categories: tags[id].Categories, Facts: facts, MayChange: access.Can(web.Actor(c), "question.update")}, nil
}

// signPictures returns HTML whose pictures the browser can fetch. Texts of the bank were refused with a picture of another
// organization.
func (s Screens) signPictures(sanitized string) string { return s.Actions.Files.SignImages(sanitized) }

// questionFacts are what the bank knows about a question beside what it says.
func (s Screens) questionFacts(c echo.Context, q models.Question) ([]ui.Entry, error) {
	facts := []ui.Entry{{Term: "Number", Text: strconv.FormatInt(q.ID, 10)}}
	add := func(term, text string) {
		if text != "" {
			facts = append(facts, ui.Entry{Term: term, Text: text})
		}
	}
	add("Marks", marksWords(q))
	uses, err := s.countUses(c, []int64{q.ID})
	if err != nil {
		return nil, err
	}
	switch n := uses[q.ID]; n {
	case 0:
		add("Asked in", "no assessment by name")
	case 1:
		add("Asked in", "1 assessment")
	default:
		add("Asked in", ui.Number(n)+" assessments")
	}
	zone := web.Zone(c)
	author, err := s.userNames(c, q.CreatedBy)
	if err != nil {
		return nil, err
	}
	written := q.CreatedAt.In(zone).Format("2 Jan 2006")
	if q.CreatedBy != nil {
		written = author[*q.CreatedBy] + ", " + written
	}
	add("Written", written)
	if q.Version > 1 {
		facts = append(facts, ui.Entry{Term: "Changed", Text: fmt.Sprintf("%s, version %d", q.UpdatedAt.In(zone).Format("2 Jan 2006"), q.Version),
			Href: fmt.Sprintf("/questions/%d/versions", q.ID)})
	}
	add("Source", q.Source)
	return facts, nil
}

func marksWords(q models.Question) string {
	if q.PositiveMark == nil && q.NegativeMark == nil {
		return "as the section says"
	}
	words := "as the section says"
	if q.PositiveMark != nil {
		words = markText(q.PositiveMark)
	}
	if q.NegativeMark != nil && *q.NegativeMark > 0 {
		words += ", wrong −" + markText(q.NegativeMark)
	}
	return words
}

func markText(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

// userNames loads the names of users of the actor's organization.
func (s Screens) userNames(c echo.Context, ids ...*int64) (map[int64]string, error) {
	var wanted []int64
	for _, id := range ids {
		if id != nil {
			wanted = append(wanted, *id)
		}
	}
	names := map[int64]string{}
	if len(wanted) == 0 {
		return names, nil
	}
	var users []named
	err := s.DB.Read.WithContext(web.Context(c)).Model(&models.User{}).Scopes(access.Own(web.Actor(c))).Where("id IN ?", wanted).Find(&users).Error
	if err != nil {
		return nil, fmt.Errorf("load names: %w", err)
	}
	for _, user := range users {
		names[user.ID] = user.Name
	}
	return names, nil
}
