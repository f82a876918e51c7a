package recruiter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// linesAPage bounds the dry run's page; a file may hold thousands of questions.
const linesAPage = 200

var standingWords = map[actions.Standing]struct {
	words string
	tone  ui.Tone
}{
	actions.StandingNew: {"New", ui.Good}, actions.StandingKnown: {"In the bank", ui.Neutral},
	actions.StandingChanged: {"Differs", ui.Warn}, actions.StandingRepeated: {"Twice in the upload", ui.Neutral},
}

// fillPlan reads the files anew and shows one page of their questions, or all problems.
func (s Screens) fillPlan(c echo.Context, page *views.QuestionImport) error {
	plan, err := s.Actions.QuestionImportPlan(web.Context(c), web.Actor(c), page.ID)
	if err != nil {
		return err
	}
	page.Counts = views.ImportCounts{Questions: plan.Total(), New: plan.Count(actions.StandingNew), Known: plan.Count(actions.StandingKnown),
		Changed: plan.Count(actions.StandingChanged), Repeated: plan.Count(actions.StandingRepeated)}
	page.Known = page.Counts.Known + page.Counts.Changed + page.Counts.Repeated
	from, _ := strconv.Atoi(c.QueryParam("from")) // what is no number shows the beginning
	from = max(0, min(from, plan.Total()))
	seen := 0
	for _, file := range plan.Files {
		shown := views.ImportFile{Name: file.Name, Format: formatLabel(file.Format), Refused: file.Refused, Total: len(file.Questions)}
		for _, q := range file.Questions {
			if seen >= from && seen < from+linesAPage {
				shown.Questions = append(shown.Questions, importLine(q, seen+1))
			}
			seen++
		}
		for _, p := range file.Problems {
			isError := p.Severity == questionbank.Error
			if isError {
				page.Counts.Errors++
			} else {
				page.Counts.Warnings++
			}
			shown.Problems = append(shown.Problems, views.QuestionProblem{Line: p.Line, Question: p.Question, Message: p.Message, IsError: isError})
		}
		page.Files = append(page.Files, shown)
	}
	page.Pager = planPager(page.ID, from, plan.Total())
	return nil
}

func planPager(id int64, from, total int) ui.PagerProps {
	pager := ui.PagerProps{Label: "Questions of the upload", From: from + 1, To: min(from+linesAPage, total), Total: total, Noun: "questions"}
	if from > 0 {
		pager.PrevHref = fmt.Sprintf("/questions/imports/%d?from=%d", id, max(0, from-linesAPage))
	}
	if from+linesAPage < total {
		pager.NextHref = fmt.Sprintf("/questions/imports/%d?from=%d", id, from+linesAPage)
	}
	return pager
}

func formatLabel(name string) string {
	return map[string]string{"gift": "GIFT", "moodle-xml": "Moodle XML", "qti": "QTI", "csv": "CSV", "xlsx": "Excel"}[name]
}

func importLine(q actions.PlannedQuestion, number int) views.ImportLine {
	standing := standingWords[q.Standing]
	line := views.ImportLine{Number: number, Line: q.Bank.Line, Type: models.QuestionType(q.Bank.Type).Label(), Prompt: q.Report.Prompt,
		Skills: joined(q.Report.Skills), Standing: standing.words, Tone: standing.tone, KnownID: q.KnownID}
	for i, choice := range q.Bank.Choices {
		line.Choices = append(line.Choices, views.ImportChoice{Text: q.Report.Choices[i], IsRight: choice.Correct})
	}
	if len(line.Choices) == 0 {
		line.Key = keyWords(q)
	}
	return line
}

// keyWords says the key of a question without choices.
func keyWords(q actions.PlannedQuestion) string {
	switch key := q.Report.Correct.(type) {
	case bool:
		if key {
			return "True"
		}
		return "False"
	case []string:
		return strings.Join(key, " or ")
	case [][]string:
		gaps := make([]string, len(key))
		for i, accepted := range key {
			gaps[i] = fmt.Sprintf("%d: %s", i+1, strings.Join(accepted, " or "))
		}
		return strings.Join(gaps, "; ")
	case [][2]string:
		pairs := make([]string, len(key))
		for i, pair := range key {
			pairs[i] = pair[0] + " → " + pair[1]
		}
		return strings.Join(pairs, "; ")
	}
	if q.Bank.Type == questionbank.Essay {
		return "Marked by a person"
	}
	return ""
}
