package recruiter

import (
	"encoding/json"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// QuestionVersions shows what a question was before, and which assessments ask it.
func (s Screens) QuestionVersions(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	question, err := s.ownQuestion(c, id)
	if err != nil {
		return err
	}
	page := views.QuestionVersions{Tabs: questionTabs(c, question, "versions"), Type: question.Type.Label()}
	if page.Versions, err = s.questionVersions(c, question); err != nil {
		return err
	}
	if page.Uses, err = s.questionUses(c, id); err != nil {
		return err
	}
	if page.Page, err = web.Chrome(c, question.Title); err != nil {
		return err
	}
	page.Page.Read = true
	return web.Page(c, views.QuestionVersionsPage(page))
}

func (s Screens) questionVersions(c echo.Context, q models.Question) ([]views.QuestionVersion, error) {
	db := s.DB.Read.WithContext(web.Context(c))
	var rows []models.QuestionVersion
	if err := db.Scopes(access.Own(web.Actor(c))).Where("question_id = ?", q.ID).Order("version DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load versions: %w", err)
	}
	var papers []struct {
		QuestionVersionID int64
		Answers           int
	}
	err := db.Model(&models.Answer{}).Select("question_version_id, COUNT(*) AS answers").Where("question_id = ?", q.ID).
		Group("question_version_id").Scan(&papers).Error
	if err != nil {
		return nil, fmt.Errorf("count papers: %w", err)
	}
	answers, by := map[int64]int{}, []*int64{}
	for _, p := range papers {
		answers[p.QuestionVersionID] = p.Answers
	}
	for _, row := range rows {
		by = append(by, row.CreatedBy)
	}
	who, err := s.userNames(c, by...)
	if err != nil {
		return nil, err
	}
	list := make([]views.QuestionVersion, len(rows))
	for i, row := range rows {
		list[i] = views.QuestionVersion{Number: row.Version, Current: row.Version == q.Version, Answers: answers[row.ID],
			When: row.CreatedAt.In(web.Zone(c)).Format("2 Jan 2006, 15:04"), Preview: shownQuestion(inputOfVersion(row), s.signPictures)}
		if row.CreatedBy != nil {
			list[i].By = who[*row.CreatedBy]
		}
		if i+1 < len(rows) {
			list[i].Changes = changes(rows[i+1], row)
		}
	}
	return list, nil
}

func inputOfVersion(v models.QuestionVersion) actions.QuestionInput {
	in := actions.QuestionInput{Type: v.Type, Title: v.Title, Content: v.Content, Body: v.Body.Data(), Key: v.Key.Data()}
	if v.Hint != nil {
		in.Hint = *v.Hint
	}
	return in
}

// changes names what differs between two versions.
func changes(before, after models.QuestionVersion) []string {
	var list []string
	say := func(what string, one, other any) {
		a, errA := json.Marshal(one)
		b, errB := json.Marshal(other)
		if errA != nil || errB != nil || string(a) != string(b) {
			list = append(list, what)
		}
	}
	one, other := before.Body.Data(), after.Body.Data()
	say("title", before.Title, after.Title)
	say("wording", before.Content, after.Content)
	say("choices", one.Choices, other.Choices)
	say("pairs", []any{one.Left, one.Right}, []any{other.Left, other.Right})
	say("gaps", one.Gaps, other.Gaps)
	say("key", before.Key.Data(), after.Key.Data())
	say("hint", before.Hint, after.Hint)
	say("order of choices", before.RandomizeChoice, after.RandomizeChoice)
	say("marks", []*float64{before.PositiveMark, before.NegativeMark}, []*float64{after.PositiveMark, after.NegativeMark})
	return list
}

func (s Screens) questionUses(c echo.Context, id int64) ([]views.QuestionUse, error) {
	var rows []struct {
		ID       int64
		Title    string
		StatusID models.AssessmentStatus
		Section  string
	}
	err := s.DB.Read.WithContext(web.Context(c)).Table("section_slots sl").Select("DISTINCT a.id, a.title, a.status_id, s.title AS section").
		Joins("JOIN sections s ON s.id = sl.section_id").Joins("JOIN assessment_sections p ON p.section_id = s.id").
		Joins("JOIN assessments a ON a.id = p.assessment_id AND NOT a.is_deleted").
		Where("sl.organization_id = ? AND sl.question_id = ?", web.Actor(c).OrganizationID, id).Order("a.id DESC").Limit(200).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load uses: %w", err)
	}
	var uses []views.QuestionUse
	for _, row := range rows {
		uses = append(uses, views.QuestionUse{AssessmentID: row.ID, Title: row.Title, Section: row.Section, Status: row.StatusID.Label()})
	}
	return uses, nil
}
