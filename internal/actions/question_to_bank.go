package actions

import (
	"html"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/models"
)

// bankTypes are the types that question files can hold.
var bankTypes = []models.QuestionType{
	models.MultipleChoice, models.MultipleAnswer, models.TrueOrFalse, models.FillBlanks, models.MatchFollowing, models.EssayQuestion,
}

// questionToBank is the way back of inputFromBank. Pictures, by address, are what the question shows.
func questionToBank(in QuestionInput, pictures map[string]questionbank.Image) questionbank.Question {
	used := in.namePictures(pictures)
	q := questionbank.Question{
		Type: questionbank.Type(in.Type), Title: in.Title, Prompt: in.Content, Hint: in.Hint, Feedback: in.Feedback, Guidance: in.Guidance,
		Skills: in.Skills, Categories: in.Categories, Difficulty: string(in.Difficulty), Shuffle: in.RandomizeChoice,
		ExternalID: in.ExternalID, Images: used,
	}
	// A title that was made from the question's beginning is no title of its own.
	if untitled := (QuestionInput{Content: in.Content}); q.Title == untitled.titleOr() {
		q.Title = ""
	}
	if in.PositiveMark != nil {
		q.Marks = *in.PositiveMark
	}
	switch in.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		q.Choices = in.choicesToBank()
	case models.TrueOrFalse:
		q.Truth = in.Key.Truth
	case models.FillBlanks:
		q.Gaps = in.gapsToBank()
	case models.MatchFollowing:
		q.Pairs, q.Decoys = in.pairsToBank()
	}
	return q
}

func (in QuestionInput) choicesToBank() []questionbank.Choice {
	var choices []questionbank.Choice
	for _, option := range in.Body.Choices {
		choices = append(choices, questionbank.Choice{Text: option.HTML, Correct: slices.Contains(in.Key.Correct, option.ID),
			Weight: in.Key.Weights[option.ID], Feedback: in.Key.Remarks[option.ID]})
	}
	if len(in.Key.Weights) > 0 {
		return choices
	}
	if in.Type == models.MultipleAnswer {
		questionbank.ShareWeights(choices)
		return choices
	}
	for i := range choices {
		if choices[i].Correct {
			choices[i].Weight = 1
		}
	}
	return choices
}

func (in QuestionInput) gapsToBank() []questionbank.Blank {
	var gaps []questionbank.Blank
	for i, key := range in.Key.Gaps {
		gap := questionbank.Blank{Accepted: key.Accepted, CaseSensitive: key.CaseSensitive}
		if i < len(in.Body.Gaps) {
			gap.Options = in.Body.Gaps[i].Options
		}
		for text, weight := range key.Partial {
			gap.Partial = append(gap.Partial, questionbank.PartialAnswer{Text: text, Weight: weight})
		}
		slices.SortFunc(gap.Partial, func(a, b questionbank.PartialAnswer) int { return strings.Compare(a.Text, b.Text) })
		gaps = append(gaps, gap)
	}
	return gaps
}

func (in QuestionInput) pairsToBank() (pairs []questionbank.Pair, decoys []string) {
	rights, taken := map[string]string{}, map[string]bool{}
	for _, right := range in.Body.Right {
		rights[right.ID] = right.HTML
	}
	for _, left := range in.Body.Left {
		id := in.Key.Pairs[left.ID]
		taken[id] = true
		pairs = append(pairs, questionbank.Pair{Left: left.HTML, Right: rights[id]})
	}
	for _, right := range in.Body.Right {
		if !taken[right.ID] {
			decoys = append(decoys, right.HTML)
		}
	}
	return pairs, decoys
}

// namePictures replaces our addresses by bank:NAME, each name once, and returns the pictures under these names.
func (in *QuestionInput) namePictures(known map[string]questionbank.Image) []questionbank.Image {
	var used []questionbank.Image
	names := map[string]string{} // by address
	in.rewrite(func(markup string) string {
		for _, source := range sourcesIn(markup) {
			image, ours := known[strings.TrimPrefix(source, files.Path)]
			if !ours {
				continue
			}
			if names[source] == "" {
				image.Name = freeName(image.Name, path.Base(source), used)
				names[source] = image.Name
				used = append(used, image)
			}
			markup = strings.ReplaceAll(markup, `src="`+source+`"`, `src="bank:`+html.EscapeString(names[source])+`"`)
		}
		return markup
	})
	return used
}

// freeName returns a picture's name without what an address may not hold, different from those that are taken.
func freeName(name, otherwise string, taken []questionbank.Image) string {
	name = strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune(`"'<>\:&`, r) {
			return '-'
		}
		return r
	}, path.Base(name))
	if name == "." || name == "/" {
		name = otherwise
	}
	free, extension := name, path.Ext(name)
	for n := 2; slices.ContainsFunc(taken, func(i questionbank.Image) bool { return i.Name == free }); n++ {
		free = strings.TrimSuffix(name, extension) + "-" + strconv.Itoa(n) + extension
	}
	return free
}
