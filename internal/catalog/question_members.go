package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// questionMembers are what a body may say of a question beside its type and text.
const questionMembers = "title hint choice_1 choice_2 choice_3 choice_4 choice_5 correct_choice leftList rightList matchMap " +
	"randomizeChoice testCase tagData external_id"

var questionInputs = map[string]resource.Kind{
	"content": resource.JSON, "choice_1": resource.Text, "choice_2": resource.Text, "choice_3": resource.Text,
	"choice_4": resource.Text, "choice_5": resource.Text, "correct_choice": resource.Integer,
	"leftList": resource.JSON, "rightList": resource.JSON, "matchMap": resource.JSON,
}

// questionFields are the documented members of a question that the bank keeps in another form.
var questionFields = map[string]resource.Field{
	"content":   resource.From(resource.JSON, contentOf),
	"choice_1":  resource.From(resource.Text, choiceOf(1)),
	"choice_2":  resource.From(resource.Text, choiceOf(2)),
	"choice_3":  resource.From(resource.Text, choiceOf(3)),
	"choice_4":  resource.From(resource.Text, choiceOf(4)),
	"choice_5":  resource.From(resource.Text, choiceOf(5)),
	"leftList":  resource.From(resource.JSON, func(q models.Question, _ resource.Ask) any { return listOf(q.Body.Data().Left) }),
	"rightList": resource.From(resource.JSON, func(q models.Question, _ resource.Ask) any { return listOf(q.Body.Data().Right) }),
	"matchMap": resource.From(resource.JSON, func(q models.Question, _ resource.Ask) any {
		if pairs := q.Key.Data().Pairs; len(pairs) > 0 {
			return pairs
		}
		return nil
	}),
	"correct_choice": resource.From(resource.Integer, correctChoice),
}

// contentOf is both renderings of the text when it is read, and the text as it was sent in the answer to a write.
func contentOf(q models.Question, ask resource.Ask) any {
	if ask.Written {
		return q.Content
	}
	return map[string]string{"text/html": q.Content, "text/plain": q.PlainContent}
}

func choiceOf(n int) func(models.Question, resource.Ask) any {
	return func(q models.Question, _ resource.Ask) any {
		texts := choiceTexts(q)
		if n > len(texts) {
			return nil
		}
		return texts[n-1]
	}
}

// choiceTexts are a question's choices; the accepted texts of the first gap where there are gaps.
func choiceTexts(q models.Question) []string {
	var texts []string
	switch q.Type {
	case models.TrueOrFalse:
		return []string{"True", "False"}
	case models.FillBlanks:
		if gaps := q.Key.Data().Gaps; len(gaps) > 0 {
			return gaps[0].Accepted
		}
	}
	for _, o := range q.Body.Data().Choices {
		texts = append(texts, o.HTML)
	}
	return texts
}

// correctChoice is the numbers of the right choices in a row: 13 for the first and the third.
func correctChoice(q models.Question, _ resource.Ask) any {
	key := q.Key.Data()
	if key.Truth != nil {
		if *key.Truth {
			return int64(1)
		}
		return int64(2)
	}
	var digits strings.Builder
	for i, o := range q.Body.Data().Choices {
		if i < 9 && slices.Contains(key.Correct, o.ID) {
			digits.WriteString(strconv.Itoa(i + 1))
		}
	}
	number, err := strconv.ParseInt(digits.String(), 10, 64)
	if err != nil {
		return nil // none is right, or there are no choices
	}
	return number
}

func listOf(options []models.Option) any {
	if len(options) == 0 {
		return nil
	}
	return options
}

// questionsSaying narrows to questions whose text holds a term.
func questionsSaying(_ resource.Ask, db *gorm.DB, terms []any) *gorm.DB {
	for _, term := range terms {
		db = db.Where(database.Dialect(db.Name()).Folded("questions.plain_content")+` LIKE ? ESCAPE '\'`,
			"%"+textfold.Like(textfold.Fold(term.(string)))+"%")
	}
	return db
}
