package scoring_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/scoring"
	"github.com/assay-hire/assay/models"
)

func TestScore(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	choose := func(ids ...string) models.AnswerValue { return models.AnswerValue{Choices: ids} }
	write := func(texts ...string) models.AnswerValue { return models.AnswerValue{Gaps: texts} }
	match := func(l, r string, more ...string) models.AnswerValue {
		m := map[string]string{l: r}
		for i := 0; i+1 < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		return models.AnswerValue{Pairs: m}
	}
	one := models.AnswerKey{Correct: []string{"b"}}
	three := models.AnswerKey{Correct: []string{"a", "b", "c"}}
	gap := models.AnswerKey{Gaps: []models.GapKey{{Accepted: []string{"Café au lait"}, Partial: map[string]float64{"coffee": .5}}}}
	strict := models.AnswerKey{Gaps: []models.GapKey{{Accepted: []string{"Go"}, CaseSensitive: true}}}
	two := models.AnswerKey{Gaps: []models.GapKey{{Accepted: []string{"1"}}, {Accepted: []string{"2"}}}}
	couples := models.AnswerKey{Pairs: map[string]string{"a": "x", "b": "y"}}
	all := scoring.Rules{Positive: 4, Negative: 1, Multiple: models.AllOrNothing}
	partial := scoring.Rules{Positive: 3, Negative: 1, Multiple: models.PartialScoring}
	rows := []struct {
		name  string
		kind  models.QuestionType
		key   models.AnswerKey
		value models.AnswerValue
		rules scoring.Rules
		want  float64
	}{
		{"the right choice", models.MultipleChoice, one, choose("b"), all, 4},
		{"a wrong choice", models.MultipleChoice, one, choose("a"), all, -1},
		{"the right choice beside a wrong one", models.MultipleChoice, one, choose("b", "a"), all, -1},
		{"any one of several right choices", models.MultipleChoice, three, choose("c"), all, 4},
		{"a choice that none of several keys names", models.MultipleChoice, three, choose("d"), all, -1},
		{"two right choices where one is asked", models.MultipleChoice, three, choose("a", "b"), all, -1},
		{"no choice", models.MultipleChoice, one, models.AnswerValue{}, all, 0},
		{"text where a choice was asked", models.MultipleChoice, one, models.AnswerValue{Text: "b"}, all, 0},
		{"wrong without a negative mark", models.MultipleChoice, one, choose("a"), scoring.Rules{Positive: 2}, 0},
		{"the right set in any order", models.MultipleAnswer, three, choose("c", "a", "b"), all, 4},
		{"a choice sent twice counts once", models.MultipleAnswer, three, choose("c", "a", "b", "b"), all, 4},
		{"one missing, all or nothing", models.MultipleAnswer, three, choose("a", "b"), all, -1},
		{"one too many, all or nothing", models.MultipleAnswer, three, choose("a", "b", "c", "d"), all, -1},
		{"two of three, partial", models.MultipleAnswer, three, choose("a", "b"), partial, 2},
		{"two right and one wrong, partial", models.MultipleAnswer, three, choose("a", "b", "d"), partial, 1},
		{"as many wrong as right, partial", models.MultipleAnswer, three, choose("a", "d"), partial, -1},
		{"more wrong than right, partial", models.MultipleAnswer, three, choose("a", "d", "e"), partial, -1},
		{"true", models.TrueOrFalse, models.AnswerKey{Truth: &yes}, models.AnswerValue{Truth: &yes}, all, 4},
		{"false for true", models.TrueOrFalse, models.AnswerKey{Truth: &yes}, models.AnswerValue{Truth: &no}, all, -1},
		{"false is an answer", models.TrueOrFalse, models.AnswerKey{Truth: &no}, models.AnswerValue{Truth: &no}, all, 4},
		{"case, spaces and composed accents do not matter", models.FillBlanks, gap, write("  cafe\u0301  AU lait "), all, 4},
		{"wide letters", models.FillBlanks, strict, write("Ｇｏ"), all, 4},
		{"partly right", models.FillBlanks, gap, write("Coffee"), all, 2},
		{"a missing accent is another word", models.FillBlanks, gap, write("cafe au lait"), all, -1},
		{"case matters where the key says so", models.FillBlanks, strict, write("go"), all, -1},
		{"white space is no answer", models.FillBlanks, gap, write("  "), all, 0},
		{"one gap of two", models.FillBlanks, two, write("1", "9"), all, 2},
		{"one gap sent of two", models.FillBlanks, two, write("1"), all, 2},
		{"all pairs", models.MatchFollowing, couples, match("a", "x", "b", "y"), all, 4},
		{"one pair of two, all or nothing", models.MatchFollowing, couples, match("a", "x", "b", "x"), all, -1},
		{"one pair of two, partial", models.MatchFollowing, couples, match("a", "x"), partial, 1.5},
		{"no pair right, partial", models.MatchFollowing, couples, match("a", "y", "b", "x"), partial, -1},
	}
	for _, row := range rows {
		got, ok := scoring.Score(row.kind, row.key, row.value, row.rules)
		if !ok || got.Score != row.want || got.Max != row.rules.Positive {
			t.Errorf("%s: got %+v, want %v of %v", row.name, got, row.want, row.rules.Positive)
		}
	}
}

func TestScoreOfWhatCannotBeScored(t *testing.T) {
	t.Parallel()
	rules := scoring.Rules{Positive: 1, Negative: 1}
	if _, ok := scoring.Score(models.EssayQuestion, models.AnswerKey{}, models.AnswerValue{Text: "x"}, rules); ok {
		t.Error("an essay was scored")
	}
	mark, ok := scoring.Score(models.MultipleChoice, models.AnswerKey{}, models.AnswerValue{Choices: []string{"a"}}, rules)
	if !ok || mark != (scoring.Mark{}) {
		t.Errorf("a question without a key: %+v, %v", mark, ok)
	}
}

func TestRulesFor(t *testing.T) {
	t.Parallel()
	five, none := 5.0, 0.0
	section := models.AssessmentSection{PositiveMark: 2, NegativeMark: .5, MultipleAnswer: models.PartialScoring}
	if got := scoring.RulesFor(section, models.QuestionVersion{}); got != (scoring.Rules{Positive: 2, Negative: .5, Multiple: models.PartialScoring}) {
		t.Errorf("the section's rules: %+v", got)
	}
	own := scoring.RulesFor(section, models.QuestionVersion{PositiveMark: &five, NegativeMark: &none})
	if own.Positive != 5 || own.Negative != 0 {
		t.Errorf("the question's own marks: %+v", own)
	}
}

func TestTotal(t *testing.T) {
	t.Parallel()
	logic, words := models.Skill{Row: models.Row{ID: 2}, Name: "Logic"}, models.Skill{Row: models.Row{ID: 1}, Name: "Words"}
	got := scoring.Total([]scoring.Scored{
		{Mark: scoring.Mark{Score: .1, Max: 1}, Skills: []models.Skill{words, logic}},
		{Mark: scoring.Mark{Score: .2, Max: 1}, Skills: []models.Skill{logic}},
		{Mark: scoring.Mark{Score: -.5, Max: 1}, Skills: []models.Skill{logic}},
		{Mark: scoring.Mark{Score: 0, Max: 2}},
	})
	if got.Max != 5 || got.Positive != .3 || got.Negative != .5 || got.Score != -.2 {
		t.Errorf("sums: %+v", got)
	}
	if len(got.Skills) != 2 || got.Skills[0] != (models.SkillScore{SkillID: 2, Name: "Logic", Score: -.2, MaxScore: 3, Count: 3}) {
		t.Errorf("skills: %+v", got.Skills)
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	if p := scoring.Percent(-3, 10); p == nil || *p != 0 {
		t.Errorf("below zero: %v", p)
	}
	if p := scoring.Percent(1, 3); p == nil || *p != 33.333333 {
		t.Errorf("a third: %v", p)
	}
	if p := scoring.Percent(1, 0); p != nil {
		t.Errorf("of nothing: %v", *p)
	}
	half, more, less := 50.0, 50.1, 49.9
	for _, row := range []struct {
		percent, cutOff *float64
		want            bool
	}{{&half, &half, true}, {&more, &half, true}, {&less, &half, false}, {&less, nil, true}, {nil, &half, true}} {
		if got := scoring.Passes(row.percent, row.cutOff); got != row.want {
			t.Errorf("%v against %v: %v", row.percent, row.cutOff, got)
		}
	}
}

func TestOverall(t *testing.T) {
	t.Parallel()
	marks := func(score, most float64) models.AssessmentSectionCandidate {
		return models.AssessmentSectionCandidate{Score: &score, MaxScore: &most}
	}
	got := scoring.Overall([]models.AssessmentSectionCandidate{marks(3, 4), marks(-1, 6), {}})
	if got == nil || *got != 20 {
		t.Errorf("got %v, want 20: marks count, not the mean of sections", got)
	}
	if got := scoring.Overall([]models.AssessmentSectionCandidate{{}}); got != nil {
		t.Errorf("nothing scored: %v", *got)
	}
}
