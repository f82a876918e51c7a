package actions

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/models"
)

// inputFromBank turns a question of a file into what the bank keeps. Images stay as bank:NAME. The texts say what of the
// question will not work as the file means it.
func inputFromBank(q questionbank.Question, source string) (QuestionInput, []string) {
	in := QuestionInput{
		Type: models.QuestionType(q.Type), Title: q.Title, Content: q.Prompt, Hint: q.Hint, Guidance: q.Guidance, Feedback: q.Feedback,
		RandomizeChoice: q.Shuffle, Difficulty: models.Difficulty(q.Difficulty), ExternalID: q.ExternalID, Source: source,
		Skills: q.Skills, Categories: q.Categories,
	}
	if q.Marks > 0 {
		in.PositiveMark = &q.Marks
	}
	switch q.Type {
	case questionbank.MultipleChoice, questionbank.MultipleAnswer:
		in.choicesFromBank(q)
	case questionbank.TrueFalse:
		in.Key.Truth = q.Truth
	case questionbank.FillBlanks:
		in.gapsFromBank(q)
	case questionbank.Match:
		in.pairsFromBank(q)
	}
	return in, in.reservations()
}

// OptionID returns a, b … z, aa, ab …: an id that says nothing about the option.
func OptionID(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return OptionID(i/26-1) + OptionID(i%26)
}

func (in *QuestionInput) choicesFromBank(q questionbank.Question) {
	weights, remarks := map[string]float64{}, map[string]string{}
	for i, choice := range q.Choices {
		id := OptionID(i)
		in.Body.Choices = append(in.Body.Choices, models.Option{ID: id, HTML: choice.Text})
		if choice.Correct {
			in.Key.Correct = append(in.Key.Correct, id)
		}
		if choice.Weight != 0 {
			weights[id] = choice.Weight
		}
		if choice.Feedback != "" {
			remarks[id] = choice.Feedback
		}
	}
	if len(weights) > 0 {
		in.Key.Weights = weights
	}
	if len(remarks) > 0 {
		in.Key.Remarks = remarks
	}
}

func (in *QuestionInput) gapsFromBank(q questionbank.Question) {
	for _, gap := range q.Gaps {
		in.Body.Gaps = append(in.Body.Gaps, models.BlankSpec{Options: gap.Options})
		key := models.GapKey{Accepted: append([]string{}, gap.Accepted...), CaseSensitive: gap.CaseSensitive}
		for _, partial := range gap.Partial {
			if key.Partial == nil {
				key.Partial = map[string]float64{}
			}
			key.Partial[partial.Text] = partial.Weight
		}
		in.Key.Gaps = append(in.Key.Gaps, key)
	}
}

func (in *QuestionInput) pairsFromBank(q questionbank.Question) {
	pairs := make([][2]string, len(q.Pairs))
	for i, pair := range q.Pairs {
		pairs[i] = [2]string{pair.Left, pair.Right}
	}
	in.Pair(pairs, q.Decoys)
}

// Pair makes the input's body and key of left and right sides that belong together, and of right sides that belong to
// none, all HTML. The right sides are sorted, so that neither their order nor their ids tell what belongs together.
func (in *QuestionInput) Pair(pairs [][2]string, decoys []string) {
	var rights []string
	for _, pair := range pairs {
		rights = append(rights, pair[1])
	}
	rights = append(rights, decoys...)
	slices.Sort(rights)
	rights = slices.Compact(rights)
	for i, right := range rights {
		in.Body.Right = append(in.Body.Right, models.Option{ID: OptionID(i), HTML: right})
	}
	in.Key.Pairs = map[string]string{}
	for i, pair := range pairs {
		id := OptionID(i)
		in.Body.Left = append(in.Body.Left, models.Option{ID: id, HTML: pair[0]})
		at, _ := slices.BinarySearch(rights, pair[1])
		in.Key.Pairs[id] = OptionID(at)
	}
}

// reservations says what comes in although the editor would not take it, or works differently here.
func (in QuestionInput) reservations() []string {
	var said []string
	if problem := in.problems()["choices"]; problem != "" {
		said = append(said, problem)
	}
	if problem := in.problems()["pairs"]; problem != "" {
		said = append(said, problem)
	}
	if in.hasOwnWeights() {
		said = append(said, "Its options have weights of their own. They are kept for export; marks are given by the rule of the section.")
	}
	return said
}

// hasOwnWeights tells whether choices are worth something else than an equal share for each right one and nothing for
// the others.
func (in QuestionInput) hasOwnWeights() bool {
	share := 1.0
	if in.Type == models.MultipleAnswer && len(in.Key.Correct) > 0 {
		share = 1 / float64(len(in.Key.Correct))
	}
	for _, choice := range in.Body.Choices {
		want := 0.0
		if slices.Contains(in.Key.Correct, choice.ID) {
			want = share
		}
		if len(in.Key.Weights) > 0 && math.Abs(in.Key.Weights[choice.ID]-want) > 0.005 {
			return true
		}
	}
	return false
}

var bankImage = regexp.MustCompile(`\bsrc="bank:([^"]*)"`)

// placePictures replaces bank:NAME by where the picture is kept now. An image that came without its picture is reported.
func (in *QuestionInput) placePictures(addresses map[string]string) (missing []string) {
	in.rewrite(func(markup string) string {
		return bankImage.ReplaceAllStringFunc(markup, func(found string) string {
			name := html.UnescapeString(bankImage.FindStringSubmatch(found)[1])
			address, known := addresses[name]
			if !known {
				missing = append(missing, fmt.Sprintf("The picture %s is not in the file.", name))
				return found
			}
			return `src="` + address + `"`
		})
	})
	return missing
}

// rewrite changes every HTML text of the input.
func (in *QuestionInput) rewrite(change func(string) string) {
	for _, part := range []*string{&in.Content, &in.Hint, &in.Guidance, &in.Feedback} {
		*part = change(*part)
	}
	for _, list := range []*[]models.Option{&in.Body.Choices, &in.Body.Left, &in.Body.Right} {
		*list = slices.Clone(*list)
		for i := range *list {
			(*list)[i].HTML = change((*list)[i].HTML)
		}
	}
	if len(in.Key.Remarks) > 0 {
		remarks := map[string]string{}
		for id, remark := range in.Key.Remarks {
			remarks[id] = change(remark)
		}
		in.Key.Remarks = remarks
	}
}

// bankSums returns the checksum of a picture by its bank:NAME address.
func bankSums(images []questionbank.Image) func(string) string {
	sums := map[string]string{}
	for _, image := range images {
		sums["bank:"+image.Name] = sumOf(image.Data)
	}
	return func(source string) string {
		if sum, known := sums[source]; known {
			return sum
		}
		return strings.TrimPrefix(source, "bank:")
	}
}
