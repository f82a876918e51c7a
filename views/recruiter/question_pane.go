package recruiter

import (
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// QuestionPreview is a question as a candidate sees it, with its key. Its HTML is sanitized and its pictures are signed.
type QuestionPreview struct {
	Type     models.QuestionType
	Content  string
	Hint     string
	Guidance string
	Body     models.QuestionBody
	Key      models.AnswerKey
}

// QuestionPane is a question beside the list, with its facts.
type QuestionPane struct {
	ID         int64
	Title      string
	Preview    QuestionPreview
	Difficulty models.Difficulty
	Skills     []string
	Categories []string
	Facts      []ui.Entry
	MayChange  bool
}

// previewOption is one choice with its letter.
type previewOption struct {
	Letter, HTML string
	IsKey        bool
}

func (p QuestionPreview) options() []previewOption {
	var list []previewOption
	if p.Type == models.TrueOrFalse {
		is := func(truth bool) bool { return p.Key.Truth != nil && *p.Key.Truth == truth }
		return []previewOption{{"A", "True", is(true)}, {"B", "False", is(false)}}
	}
	for i, choice := range p.Body.Choices {
		list = append(list, previewOption{letter(i), choice.HTML, slices.Contains(p.Key.Correct, choice.ID)})
	}
	return list
}

// letter returns A, B … Z, AA, AB …: what candidates see before an option.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// previewPair is a left side and the right one that belongs to it.
type previewPair struct{ Left, Right string }

func (p QuestionPreview) pairs() (pairs []previewPair, decoys []string) {
	rights, taken := map[string]string{}, map[string]bool{}
	for _, right := range p.Body.Right {
		rights[right.ID] = right.HTML
	}
	for _, left := range p.Body.Left {
		taken[p.Key.Pairs[left.ID]] = true
		pairs = append(pairs, previewPair{left.HTML, rights[p.Key.Pairs[left.ID]]})
	}
	for _, right := range p.Body.Right {
		if !taken[right.ID] {
			decoys = append(decoys, right.HTML)
		}
	}
	return pairs, decoys
}

// previewGap is what one gap accepts, in words.
type previewGap struct {
	Number   string
	Accepted string
	Notes    []string
}

func (p QuestionPreview) gaps() []previewGap {
	var list []previewGap
	for i, key := range p.Key.Gaps {
		gap := previewGap{Number: strconv.Itoa(i + 1), Accepted: strings.Join(key.Accepted, " or ")}
		if gap.Accepted == "" {
			gap.Accepted = "nothing for the full mark"
		}
		for _, text := range sortedKeys(key.Partial) {
			gap.Notes = append(gap.Notes, text+" for "+strconv.FormatFloat(key.Partial[text]*100, 'f', -1, 64)+"%")
		}
		if i < len(p.Body.Gaps) && len(p.Body.Gaps[i].Options) > 0 {
			gap.Notes = append(gap.Notes, "chosen from "+strings.Join(p.Body.Gaps[i].Options, ", "))
		}
		if key.CaseSensitive {
			gap.Notes = append(gap.Notes, "capitals count")
		}
		list = append(list, gap)
	}
	return list
}

func sortedKeys(m map[string]float64) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// isElsewhere tells whether the type is used by parts of the product beside objective and essay sections.
func isElsewhere(t models.QuestionType) bool { return !t.IsObjective() && t != models.EssayQuestion }
