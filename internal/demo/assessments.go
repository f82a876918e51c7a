package demo

import (
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

const day = 24 * time.Hour

// buildAssessments makes assessments in every state: the dispatcher's is the one the story is told about.
func (b *builder) buildAssessments() {
	b.dispatcher()
	b.analyst()
	b.plain("Backend developer", models.AssessmentDraft, draw{"Programming", 6}, draw{"SQL", 3})
	b.plain("Customer care, spring intake", models.AssessmentClosed, draw{"Customer care", 2})
	b.plain("Yard safety refresher", models.AssessmentFilled, draw{"Safety", 4})
}

// draw is how many questions of a skill a section draws.
type draw struct {
	skill string
	count int
}

const dispatcherTitle = "Dispatcher, Porto depot"

func (b *builder) dispatcher() {
	a := actions.CreateAssessment{
		Title: dispatcherTitle, OwnedBy: &b.sample.Users.MasterRecruiter.ID,
		Description: "<p>For people who keep forty trucks moving without raising their voice. Two parts: what you know, and how you would handle what happens.</p>",
		EndDate:     at(b.now.Add(20 * day)),
		Sections: []actions.SectionInput{
			{Title: "Knowledge", Type: models.ObjectiveSection, MaxSectionTime: minutes(25), NegativeMark: mark(0.25), CutOff: mark(60),
				MultipleAnswer: models.PartialScoring,
				Intro:          "<p>Ten questions in 25 minutes. A wrong answer costs a quarter of a mark, an open one nothing.</p>",
				Combined:       b.drawn(draw{"Route planning", 3}, draw{"Safety", 3}, draw{"Reading figures", 4})},
			{Title: "In your words", Type: models.EssaySection, MaxSectionTime: minutes(40),
				Intro:      "<p>Two questions, in any language you write well. There is no right length.</p>",
				Conclusion: "<p>Thank you. Duarte reads every answer himself and writes to you within ten days.</p>",
				Combined:   b.picked("Angry call", "Two promises")},
		},
	}
	b.record(b.as(b.sample.Users.MasterRecruiter), &a)
	b.rate(a.Assessment.ID)
	b.status(a.Assessment.ID, models.AssessmentOpen)
}

func (b *builder) analyst() {
	a := actions.CreateAssessment{
		Title: "Data analyst", Description: "<p>Figures, queries and one explanation.</p>", OwnedBy: &b.sample.Users.Recruiter.ID,
		EndDate: at(b.now.Add(25 * day)),
		Sections: []actions.SectionInput{
			{Title: "Figures and queries", Type: models.ObjectiveSection, MaxSectionTime: minutes(30), CutOff: mark(50),
				Combined: b.drawn(draw{"Reading figures", 4}, draw{"SQL", 4})},
			{Title: "Explain it", Type: models.EssaySection, MaxSectionTime: minutes(20), Combined: b.picked("Explain to a colleague")},
		},
	}
	b.record(b.as(b.sample.Users.Recruiter), &a)
	b.rate(a.Assessment.ID)
	b.status(a.Assessment.ID, models.AssessmentOpen)
}

// plain makes an assessment of one section and brings it into a state.
func (b *builder) plain(title string, status models.AssessmentStatus, draws ...draw) {
	a := actions.CreateAssessment{Title: title, OwnedBy: &b.sample.Users.Recruiter.ID,
		Sections: []actions.SectionInput{{Title: "Knowledge", Type: models.ObjectiveSection, MaxSectionTime: minutes(20), Combined: b.drawn(draws...)}}}
	b.record(b.as(b.sample.Users.Recruiter), &a)
	if status != models.AssessmentDraft {
		b.status(a.Assessment.ID, models.AssessmentOpen)
	}
	if status == models.AssessmentClosed || status == models.AssessmentFilled {
		b.status(a.Assessment.ID, status)
	}
}

func (b *builder) status(id int64, to models.AssessmentStatus) {
	b.run(b.as(b.sample.Users.MasterRecruiter), &actions.SetAssessmentStatus{ID: id, Status: to})
}

// rate gives the essay section of an assessment the parameters panelists rate.
func (b *builder) rate(assessmentID int64) {
	if essay := b.essaySection(assessmentID); b.err == nil {
		b.run(b.as(b.sample.Users.MasterRecruiter), &actions.SetEvaluation{SectionID: essay.ID, Parameters: []actions.ParameterInput{
			{Name: "Clarity", Mandatory: true}, {Name: "Judgement", Mandatory: true}, {Name: "Care for people"},
		}})
	}
}

func (b *builder) essaySection(assessmentID int64) models.AssessmentSection {
	var sections []models.AssessmentSection
	b.find(&sections, "assessment_id = ?", assessmentID)
	if b.err != nil {
		return models.AssessmentSection{}
	}
	return sections[len(sections)-1]
}

func (b *builder) drawn(draws ...draw) []actions.SlotInput {
	var slots []actions.SlotInput
	for _, d := range draws {
		var skills []models.Skill
		b.find(&skills, "organization_id = ? AND name = ?", b.sample.Organization.ID, d.skill)
		if b.err == nil {
			slots = append(slots, actions.SlotInput{SkillID: &skills[0].ID, Count: &d.count})
		}
	}
	return slots
}

func (b *builder) picked(titles ...string) []actions.SlotInput {
	var questions []models.Question
	b.find(&questions, "organization_id = ? AND title IN ?", b.sample.Organization.ID, titles)
	var slots []actions.SlotInput
	for _, q := range questions {
		slots = append(slots, actions.SlotInput{QuestionID: &q.ID})
	}
	return slots
}

func minutes(n int) *int        { n *= 60; return &n }
func mark(f float64) *float64   { return &f }
func at(t time.Time) *time.Time { return &t }
