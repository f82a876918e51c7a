package recruiter

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
)

const (
	fewestChoices = 4
	fewestPairs   = 3
)

// typedQuestion reads the editor's form as it was typed.
func typedQuestion(v url.Values) views.QuestionForm {
	form := views.QuestionForm{
		Type: models.QuestionType(v.Get("type")), Title: v.Get("title"), Content: views.FromSource(v.Get("content")),
		Hint: views.FromSource(v.Get("hint")), Guidance: views.FromSource(v.Get("guidance")), Feedback: views.FromSource(v.Get("feedback")),
		Truth: v.Get("truth"), Difficulty: v.Get("difficulty"), Positive: v.Get("positive_mark"), Negative: v.Get("negative_mark"),
		Shuffle: v.Get("shuffle") != "", ExternalID: strings.TrimSpace(v.Get("external_id")), Skills: v.Get("skills"), Categories: v.Get("categories"),
	}
	form.Version, _ = strconv.Atoi(v.Get("version")) // a number that is none is no version, and refused as such
	ids := v["choice_id"]
	for i, html := range v["choice"] {
		choice := views.ChoiceField{ID: actions.OptionID(i), HTML: views.FromSource(html)}
		if i < len(ids) && ids[i] != "" {
			choice.ID = ids[i]
		}
		choice.Correct = slices.Contains(v["correct"], choice.ID)
		form.Choices = append(form.Choices, choice)
	}
	for i, accepted := range v["gap_accepted"] {
		form.Gaps = append(form.Gaps, views.GapField{Accepted: accepted, Partial: at(v["gap_partial"], i), Options: at(v["gap_options"], i),
			CaseSensitive: slices.Contains(v["gap_case"], strconv.Itoa(i))})
	}
	for i, left := range v["left"] {
		form.Pairs = append(form.Pairs, views.PairField{Left: views.FromSource(left), Right: views.FromSource(at(v["right"], i))})
	}
	for _, decoy := range v["decoy"] {
		form.Decoys = append(form.Decoys, views.FromSource(decoy))
	}
	return form
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// grow adds the rows that a form of the type begins with, and the one that was asked for.
func grow(form *views.QuestionForm, do string) {
	addChoice := func() {
		form.Choices = append(form.Choices, views.ChoiceField{ID: freeOption(form.Choices)})
	}
	switch form.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		for len(form.Choices) < fewestChoices {
			addChoice()
		}
	case models.FillBlanks:
		if len(form.Gaps) == 0 {
			form.Gaps = append(form.Gaps, views.GapField{})
		}
	case models.MatchFollowing:
		for len(form.Pairs) < fewestPairs {
			form.Pairs = append(form.Pairs, views.PairField{})
		}
	}
	switch do {
	case "add-choice":
		addChoice()
	case "add-gap":
		form.Gaps = append(form.Gaps, views.GapField{})
	case "add-pair":
		form.Pairs = append(form.Pairs, views.PairField{})
	case "add-decoy":
		form.Decoys = append(form.Decoys, "")
	}
}

// freeOption returns an id that no choice has.
func freeOption(choices []views.ChoiceField) string {
	for i := 0; ; i++ {
		id := actions.OptionID(i)
		if !slices.ContainsFunc(choices, func(c views.ChoiceField) bool { return c.ID == id }) {
			return id
		}
	}
}

// questionInput turns the form into an action's input. What is typed wrongly comes back by field.
func questionInput(form views.QuestionForm) (actions.QuestionInput, fault.Fields) {
	bad := fault.Fields{}
	in := actions.QuestionInput{
		Type: form.Type, Title: form.Title, Content: form.Content, Hint: form.Hint, Guidance: form.Guidance, Feedback: form.Feedback,
		Difficulty: models.Difficulty(form.Difficulty), RandomizeChoice: form.Shuffle, ExternalID: form.ExternalID,
		Skills: names(form.Skills), Categories: names(form.Categories),
		PositiveMark: mark(form.Positive, "positive_mark", bad), NegativeMark: mark(form.Negative, "negative_mark", bad),
	}
	switch form.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		for _, choice := range form.Choices {
			if choice.HTML == "" {
				continue
			}
			in.Body.Choices = append(in.Body.Choices, models.Option{ID: choice.ID, HTML: choice.HTML})
			if choice.Correct {
				in.Key.Correct = append(in.Key.Correct, choice.ID)
			}
		}
	case models.TrueOrFalse:
		if form.Truth != "" {
			truth := form.Truth == "true"
			in.Key.Truth = &truth
		}
	case models.FillBlanks:
		gapsInput(&in, form.Gaps, bad)
	case models.MatchFollowing:
		pairsInput(&in, form, bad)
	}
	return in, bad
}

func gapsInput(in *actions.QuestionInput, gaps []views.GapField, bad fault.Fields) {
	for _, gap := range gaps {
		key := models.GapKey{Accepted: lines(gap.Accepted), CaseSensitive: gap.CaseSensitive}
		for _, line := range lines(gap.Partial) {
			text, share, ok := partial(line)
			if !ok {
				bad["gaps"] = "Write what is worth a part of the mark as: colour = 50%"
				continue
			}
			if key.Partial == nil {
				key.Partial = map[string]float64{}
			}
			key.Partial[text] = share
		}
		options := lines(gap.Options)
		if len(key.Accepted)+len(key.Partial)+len(options) == 0 {
			continue
		}
		in.Key.Gaps = append(in.Key.Gaps, key)
		in.Body.Gaps = append(in.Body.Gaps, models.BlankSpec{Options: options})
	}
}

// partial reads "colour = 50%".
func partial(line string) (text string, share float64, ok bool) {
	i := strings.LastIndex(line, "=")
	if i < 0 {
		return "", 0, false
	}
	percent, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line[i+1:]), "%")), 64)
	text = strings.TrimSpace(line[:i])
	return text, percent / 100, err == nil && text != "" && percent > 0 && percent < 100
}

func pairsInput(in *actions.QuestionInput, form views.QuestionForm, bad fault.Fields) {
	var pairs [][2]string
	decoys := slices.DeleteFunc(slices.Clone(form.Decoys), func(s string) bool { return s == "" })
	for _, pair := range form.Pairs {
		switch {
		case pair.Left != "" && pair.Right != "":
			pairs = append(pairs, [2]string{pair.Left, pair.Right})
		case pair.Left != "":
			bad["pairs"] = "A left side has nothing that belongs to it. Complete the pair or empty it."
		case pair.Right != "":
			decoys = append(decoys, pair.Right)
		}
	}
	in.Pair(pairs, decoys)
}

func lines(text string) []string {
	list := []string{}
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func names(text string) []string {
	var list []string
	for _, name := range strings.Split(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

func mark(text, field string, bad fault.Fields) *float64 {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != n || n > 1e6 {
		bad[field] = "Write a number, such as 2 or 0.5."
		return nil
	}
	return &n
}

// questionForm is the way back: the form for a question of the bank.
func questionForm(q models.Question, tags actions.QuestionTags) views.QuestionForm {
	in := actions.InputOf(q)
	form := views.QuestionForm{
		ID: q.ID, Version: q.Version, Type: q.Type, Title: in.Title, Content: in.Content, Hint: in.Hint, Guidance: in.Guidance, Feedback: in.Feedback,
		Difficulty: string(in.Difficulty), Positive: markText(in.PositiveMark), Negative: markText(in.NegativeMark), Shuffle: in.RandomizeChoice,
		ExternalID: in.ExternalID, Skills: joined(tags.Skills), Categories: joined(tags.Categories),
	}
	for _, option := range in.Body.Choices {
		form.Choices = append(form.Choices, views.ChoiceField{ID: option.ID, HTML: option.HTML, Correct: slices.Contains(in.Key.Correct, option.ID)})
	}
	if in.Key.Truth != nil {
		form.Truth = strconv.FormatBool(*in.Key.Truth)
	}
	for i, key := range in.Key.Gaps {
		gap := views.GapField{Accepted: strings.Join(key.Accepted, "\n"), CaseSensitive: key.CaseSensitive}
		var shares []string
		for text, share := range key.Partial {
			shares = append(shares, text+" = "+strconv.FormatFloat(share*100, 'f', -1, 64)+"%")
		}
		slices.Sort(shares)
		gap.Partial = strings.Join(shares, "\n")
		if i < len(in.Body.Gaps) {
			gap.Options = strings.Join(in.Body.Gaps[i].Options, "\n")
		}
		form.Gaps = append(form.Gaps, gap)
	}
	rights, taken := map[string]string{}, map[string]bool{}
	for _, right := range in.Body.Right {
		rights[right.ID] = right.HTML
	}
	for _, left := range in.Body.Left {
		taken[in.Key.Pairs[left.ID]] = true
		form.Pairs = append(form.Pairs, views.PairField{Left: left.HTML, Right: rights[in.Key.Pairs[left.ID]]})
	}
	for _, right := range in.Body.Right {
		if !taken[right.ID] {
			form.Decoys = append(form.Decoys, right.HTML)
		}
	}
	return form
}
