package recruiter

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/datatypes"
)

// exampleOf bounds the questions of a skill among which an example draw chooses.
const exampleOf = 1000

// PreviewAssessment shows a section as a candidate would see it, with an example of what is drawn. It writes nothing.
func (s Screens) PreviewAssessment(c echo.Context) error {
	p := views.Preview{Zone: web.Zone(c), At: -1, Seed: 1}
	assessment, err := s.assessment(c)
	if err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, "Preview of "+assessment.Title); err != nil {
		return err
	}
	p.Page.Read = true
	if p.Plan, err = actions.LoadPlan(s.DB.Read.WithContext(web.Context(c)), assessment); err != nil {
		return err
	}
	if len(p.Plan.Sections) == 0 {
		return fault.New(fault.NotFound, "There is no section to preview yet.")
	}
	section, _ := strconv.ParseInt(c.QueryParam("section"), 10, 64)
	if found, at := p.Plan.Find(section); at >= 0 {
		p.Section = found
	} else {
		p.Section = p.Plan.Sections[0]
	}
	for _, html := range []**string{&p.Section.Placed.Intro, &p.Section.Placed.Conclusion} {
		if *html != nil {
			signed := s.signPictures(**html)
			*html = &signed
		}
	}
	if seed, err := strconv.ParseInt(c.QueryParam("seed"), 10, 64); err == nil {
		p.Seed = seed
	}
	if p.Paper, err = s.examplePaper(c, p.Section, p.Seed); err != nil {
		return err
	}
	if at, err := strconv.Atoi(c.QueryParam("at")); err == nil {
		p.At = min(max(at, -1), len(p.Paper))
	}
	return web.Page(c, views.PreviewPage(p))
}

// examplePaper puts questions onto a paper the way a candidate could get it: the same for the same seed.
func (s Screens) examplePaper(c echo.Context, p models.PlannedSection, seed int64) ([]views.PreviewQuestion, error) {
	chance := rand.New(rand.NewPCG(uint64(seed), uint64(p.Placed.ID)))
	var paper []views.PreviewQuestion
	given := map[int64]bool{}
	for _, slot := range p.Slots {
		questions, err := s.exampleOf(c, p, slot, given, chance)
		if err != nil {
			return nil, err
		}
		for _, q := range questions {
			given[q.ID] = true
			q.Content = s.signPictures(q.Content)
			if q.Hint != nil {
				hint := s.signPictures(*q.Hint)
				q.Hint = &hint
			}
			q.Body = datatypes.NewJSONType(q.Body.Data().MapHTML(s.signPictures))
			paper = append(paper, previewed(p, slot, q, chance))
		}
	}
	if p.Placed.ShuffleQuestions {
		chance.Shuffle(len(paper), func(i, j int) { paper[i], paper[j] = paper[j], paper[i] })
	}
	return paper, nil
}

// exampleOf returns the questions of one slot, without those given already.
func (s Screens) exampleOf(c echo.Context, p models.PlannedSection, slot models.SectionSlot, given map[int64]bool, chance *rand.Rand) ([]models.Question, error) {
	if !slot.IsDrawn() {
		q := p.Questions[*slot.QuestionID]
		if q.ID == 0 || q.IsDeleted {
			return nil, nil
		}
		return []models.Question{q}, nil
	}
	query := actions.DrawableFrom(s.own(c, "questions"), p, []int64{*slot.SkillID})
	if slot.Difficulty != "" {
		query = query.Where("questions.difficulty = ?", slot.Difficulty)
	}
	var ids []int64
	if err := query.Order("questions.id").Limit(exampleOf).Pluck("questions.id", &ids).Error; err != nil {
		return nil, fmt.Errorf("find questions for an example draw: %w", err)
	}
	ids = slices.DeleteFunc(ids, func(id int64) bool { return given[id] })
	chance.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	ids = ids[:min(slot.Questions(), len(ids))]
	var questions []models.Question
	if err := s.own(c).Find(&questions, "id IN ?", ids).Error; err != nil {
		return nil, database.Fault(err, "question")
	}
	return questions, nil
}

// previewed is a question as it stands on the example paper.
func previewed(p models.PlannedSection, slot models.SectionSlot, q models.Question, chance *rand.Rand) views.PreviewQuestion {
	on := views.PreviewQuestion{Question: q, Positive: p.Placed.PositiveMark, Negative: p.Placed.NegativeMark, Drawn: slot.IsDrawn()}
	if q.PositiveMark != nil {
		on.Positive = *q.PositiveMark
	}
	if q.NegativeMark != nil {
		on.Negative = *q.NegativeMark
	}
	body := q.Body.Data()
	if p.Placed.ShuffleChoices || q.RandomizeChoice {
		choices := slices.Clone(body.Choices)
		chance.Shuffle(len(choices), func(i, j int) { choices[i], choices[j] = choices[j], choices[i] })
		body.Choices = choices
	}
	for _, right := range body.Right {
		on.Rights = append(on.Rights, questionbank.PlainText(right.HTML))
	}
	slices.Sort(on.Rights)
	on.Body = datatypes.NewJSONType(body)
	return on
}
