package models_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

func question(id int64) models.Question {
	return models.Question{Row: models.Row{ID: id}, Type: models.MultipleChoice, Key: datatypes.NewJSONType(models.AnswerKey{Correct: []string{"a"}})}
}

func picked(id int64) models.SectionSlot {
	return models.SectionSlot{Row: models.Row{ID: 100 + id}, QuestionID: ptr(id)}
}

func drawn(id, skill int64, count int, grade models.Difficulty) models.SectionSlot {
	return models.SectionSlot{Row: models.Row{ID: id}, SkillID: ptr(skill), Count: ptr(count), Difficulty: grade}
}

// sound is a section that nothing is wrong with: one picked question, timed.
func sound() models.PlannedSection {
	return models.PlannedSection{
		Placed:    models.AssessmentSection{Row: models.Row{ID: 7}, MaxSectionTime: ptr(600), PositiveMark: 1},
		Section:   models.Section{Title: "Roads", SectionTypeID: models.ObjectiveSection},
		Slots:     []models.SectionSlot{picked(1)},
		Questions: map[int64]models.Question{1: question(1)},
		Skills:    map[int64]models.Skill{1: {Name: "Maps"}, 2: {Name: "Law"}},
	}
}

func TestBlockers(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name   string
		change func(*models.AssessmentPlan, *models.PlannedSection)
		want   []string // each in its blocker, in order
		field  string   // of the first
		slot   int64    // of the first
	}{
		{name: "nothing", change: func(*models.AssessmentPlan, *models.PlannedSection) {}},
		{name: "end over", change: func(p *models.AssessmentPlan, _ *models.PlannedSection) { p.Assessment.EndDate = ptr(monday) },
			want: []string{"its last day is over"}, field: "end_date"},
		{name: "end before start", change: func(p *models.AssessmentPlan, _ *models.PlannedSection) {
			p.Assessment.StartDate, p.Assessment.EndDate = ptr(monday.Add(2*time.Hour)), ptr(monday.Add(time.Hour))
		}, want: []string{"closes before it opens"}, field: "end_date"},
		{name: "start over", change: func(p *models.AssessmentPlan, _ *models.PlannedSection) {
			p.Assessment.StartDate, p.Assessment.EndDate = ptr(monday.Add(-time.Hour)), ptr(monday.Add(time.Hour))
		}},
		{name: "empty section", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) { s.Slots = nil }, want: []string{"Roads has no questions"}},
		{name: "empty instruction", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots, s.Section.SectionTypeID, s.Placed.MaxSectionTime = nil, models.InstructionSection, nil
		}},
		{name: "no time limit", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) { s.Placed.MaxSectionTime = nil },
			want: []string{"Roads has no time limit"}, field: "max_section_time"},
		{name: "interview without question time", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Section.SectionTypeID = models.InterviewSection
			s.Questions[1] = models.Question{Row: models.Row{ID: 1}, Type: models.InterviewQuestion}
		}, want: []string{"no time per question"}, field: "max_question_time"},
		{name: "no marks", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) { s.Placed.PositiveMark = 0 },
			want: []string{"no mark can be earned"}, field: "positive_mark"},
		{name: "own mark", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			q := question(1)
			q.PositiveMark = ptr(2.0)
			s.Placed.PositiveMark, s.Questions[1] = 0, q
		}},
		{name: "cut-off out of reach", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) { s.Placed.CutOff = ptr(101.0) },
			want: []string{"nobody could pass"}, field: "cut_off"},
		{name: "no key", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Questions[1] = models.Question{Row: models.Row{ID: 1}, Type: models.TrueOrFalse}
		}, want: []string{"question 1 of Roads has no answer key"}, slot: 101},
		{name: "deleted", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			q := question(1)
			q.IsDeleted = true
			s.Questions[1] = q
		}, want: []string{"was deleted"}, slot: 101},
		{name: "wrong type", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Questions[1] = models.Question{Row: models.Row{ID: 1}, Type: models.EssayQuestion}
		}, want: []string{"does not belong there"}, slot: 101},
		{name: "enough to draw", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots = []models.SectionSlot{drawn(1, 1, 3, "")}
			s.Pools = []models.Pool{{SkillID: 1, Count: 2, IDs: []int64{1, 2}}, {SkillID: 1, Difficulty: models.Hard, Count: 1, IDs: []int64{3}}}
		}},
		{name: "too few of a level", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots = []models.SectionSlot{drawn(1, 1, 2, models.Hard)}
			s.Pools = []models.Pool{{SkillID: 1, Count: 9}, {SkillID: 1, Difficulty: models.Hard, Count: 1, IDs: []int64{3}}}
		}, want: []string{"2 hard questions are to be drawn from Maps where 1 match"}, field: "q_count", slot: 1},
		{name: "two slots of a skill", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots = []models.SectionSlot{drawn(1, 1, 2, models.Easy), drawn(2, 1, 2, "")}
			s.Pools = []models.Pool{{SkillID: 1, Difficulty: models.Easy, Count: 3, IDs: []int64{1, 2, 3}}}
		}, want: []string{"the draws from Maps ask for 1 question more"}, field: "q_count", slot: 2},
		{name: "skills that share questions", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots = []models.SectionSlot{drawn(1, 1, 2, ""), drawn(2, 2, 2, "")}
			s.Pools = []models.Pool{{SkillID: 1, Count: 3, IDs: []int64{1, 2, 3}}, {SkillID: 2, Count: 3, IDs: []int64{1, 2, 3}}}
		}, want: []string{"share questions and together run short by 1"}},
		{name: "shared but enough", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots = []models.SectionSlot{drawn(1, 1, 2, ""), drawn(2, 2, 2, "")}
			s.Pools = []models.Pool{{SkillID: 1, Count: 2, IDs: []int64{1, 2}}, {SkillID: 2, Count: 4}}
		}},
		{name: "keyless to draw", change: func(_ *models.AssessmentPlan, s *models.PlannedSection) {
			s.Slots = []models.SectionSlot{drawn(1, 1, 1, "")}
			s.Pools = []models.Pool{{SkillID: 1, Count: 4, Keyless: 2}}
		}, want: []string{"2 questions that may be drawn from Maps"}, slot: 1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			section, plan := sound(), models.AssessmentPlan{}
			row.change(&plan, &section)
			plan.Sections = []models.PlannedSection{section}
			got := plan.Blockers(monday)
			if len(got) != len(row.want) {
				t.Fatalf("got %+v, want %q", got, row.want)
			}
			for i, want := range row.want {
				if !strings.Contains(got[i].Text, want) {
					t.Errorf("got %q, want %q", got[i].Text, want)
				}
			}
			if len(got) > 0 && (got[0].Field != row.field || got[0].SlotID != row.slot) {
				t.Errorf("points at %q, slot %d, want %q, %d", got[0].Field, got[0].SlotID, row.field, row.slot)
			}
		})
	}
}

func TestSectionsShareWhatIsDrawn(t *testing.T) {
	t.Parallel()
	first, second := sound(), sound()
	first.Slots, second.Slots = []models.SectionSlot{drawn(1, 1, 2, "")}, []models.SectionSlot{drawn(2, 1, 2, "")}
	first.Pools = []models.Pool{{SkillID: 1, Count: 3, IDs: []int64{1, 2, 3}}}
	second.Pools = first.Pools
	got := models.AssessmentPlan{Sections: []models.PlannedSection{first, second}}.Blockers(monday)
	if len(got) != 1 || !strings.Contains(got[0].Text, "run short by 1") {
		t.Errorf("three questions for two draws of two: %+v", got)
	}
	first.Pools[0].Count, first.Pools[0].IDs = 4, nil
	if got := (models.AssessmentPlan{Sections: []models.PlannedSection{first, second}}).Blockers(monday); len(got) != 0 {
		t.Errorf("four questions for two draws of two: %+v", got)
	}
}

func TestAnAssessmentWithoutSectionsIsBlocked(t *testing.T) {
	t.Parallel()
	got := models.AssessmentPlan{}.Blockers(monday)
	if len(got) != 1 || !strings.Contains(got[0].Text, "no section") {
		t.Errorf("got %+v", got)
	}
}

func TestAssign(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name   string
		places [][]int64
		empty  []int // places that nobody could fill
	}{
		{name: "nothing to fill"},
		{name: "in order", places: [][]int64{{1}, {2}}},
		{name: "the first gives way to the tighter second", places: [][]int64{{1, 2}, {1}}},
		{name: "a chain of moves", places: [][]int64{{1, 2}, {2, 3}, {1, 3}, {1, 2, 3, 4}}},
		{name: "too few for all", places: [][]int64{{1, 2}, {1, 2}, {1, 2}}, empty: []int{2}},
		{name: "nothing to choose from", places: [][]int64{nil, {1}}, empty: []int{0}},
		{name: "earlier places come first", places: [][]int64{{1}, {1, 2}, {1, 2}}, empty: []int{2}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			seen := map[int64]bool{}
			for i, q := range models.Assign(row.places) {
				switch {
				case slices.Contains(row.empty, i) != (q == 0):
					t.Errorf("place %d got %d", i, q)
				case q != 0 && (seen[q] || !slices.Contains(row.places[i], q)):
					t.Errorf("place %d got %d, which is given away or not for it", i, q)
				}
				seen[q] = true
			}
		})
	}
}
