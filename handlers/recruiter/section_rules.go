package recruiter

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SaveSectionRules changes the rules that a section is taken under.
func (s Screens) SaveSectionRules(c echo.Context) error {
	placed, section, err := s.placed(c)
	if err != nil {
		return err
	}
	typed := rulesForm(models.PlannedSection{Placed: placed, Section: section})
	on := func(name string) bool { return c.FormValue(name) != "" }
	typed.SectionTime, typed.QuestionTime = c.FormValue("max_section_time"), c.FormValue("max_question_time")
	if section.SectionTypeID == models.ObjectiveSection {
		typed.Positive, typed.Negative, typed.CutOff = c.FormValue("positive_mark"), c.FormValue("negative_mark"), c.FormValue("cut_off")
		typed.MultipleAnswer, typed.ShuffleChoices = c.FormValue("multiple_answer"), on("shuffle_choices")
	}
	typed.Review, typed.Skip, typed.Retake, typed.Playlist = on("is_review"), on("isSkipAllowed"), on("isRetake"), on("isPlaylist")
	typed.ShuffleQuestions, typed.Proctor = on("shuffle_questions"), on("is_proctor")
	return s.saveSection(c, placed, typed, views.QuestionsTab)
}

// SaveSectionTexts changes a section's title, introduction and conclusion.
func (s Screens) SaveSectionTexts(c echo.Context) error {
	placed, section, err := s.placed(c)
	if err != nil {
		return err
	}
	typed := rulesForm(models.PlannedSection{Placed: placed, Section: section})
	typed.Title, typed.Intro, typed.Conclusion = c.FormValue("title"), c.FormValue("intro"), c.FormValue("conclusion")
	return s.saveSection(c, placed, typed, views.TextsTab)
}

func (s Screens) saveSection(c echo.Context, placed models.AssessmentSection, typed views.SectionRulesForm, tab views.BuildTab) error {
	update, bad := rulesAction(placed, typed)
	mark := func(p *views.Build, fields fault.Fields) {
		p.Rules = typed
		p.Rules.Refused = fields
	}
	if len(bad) > 0 {
		p, err := s.build(c, placed.ID, tab)
		if err != nil {
			return err
		}
		mark(&p, bad)
		return refusedBuild(c, p)
	}
	return s.apply(c, change{action: update, section: stay(placed.ID), tab: tab, keep: keeps(c), refused: mark})
}

// keeps tells whether a form that saves itself may stay as it is: it must not, when it still shows what was refused
// before.
func keeps(c echo.Context) bool { return c.FormValue("was_refused") == "" }

// placed loads the section of the path with its place, if it stands in the assessment of the path.
func (s Screens) placed(c echo.Context) (models.AssessmentSection, models.Section, error) {
	var placed models.AssessmentSection
	var section models.Section
	assessment, err := web.ID(c, "id")
	if err != nil {
		return placed, section, err
	}
	id, err := web.ID(c, "section")
	if err != nil {
		return placed, section, err
	}
	if err := s.own(c).Where("assessment_id = ?", assessment).First(&placed, id).Error; err != nil {
		return placed, section, database.Fault(err, "section")
	}
	err = s.own(c).First(&section, placed.SectionID).Error
	return placed, section, database.Fault(err, "section")
}

func rulesForm(s models.PlannedSection) views.SectionRulesForm {
	r := s.Placed.Rules()
	return views.SectionRulesForm{
		Title: s.Section.Title, SectionTime: minutesText(r.MaxSectionTime), QuestionTime: minutesText(r.MaxQuestionTime),
		Positive: decimal(r.PositiveMark), Negative: decimal(r.NegativeMark), CutOff: optionalDecimal(r.CutOff),
		MultipleAnswer: string(r.MultipleAnswer), ShuffleQuestions: r.ShuffleQuestions, ShuffleChoices: r.ShuffleChoices,
		Review: r.IsReview, Skip: r.IsSkipAllowed, Retake: r.IsRetake, Playlist: r.IsPlaylist, Proctor: r.IsProctor,
		Intro: richSource(valueOf(r.Intro)), Conclusion: richSource(valueOf(r.Conclusion)),
	}
}

func rulesAction(placed models.AssessmentSection, f views.SectionRulesForm) (*actions.UpdateSection, fault.Fields) {
	bad := fault.Fields{}
	rules := placed.Rules()
	rules.MaxSectionTime = seconds(f.SectionTime, "max_section_time", bad)
	rules.MaxQuestionTime = seconds(f.QuestionTime, "max_question_time", bad)
	if mark := readNumber(f.Positive, "positive_mark", bad); mark != nil {
		rules.PositiveMark = *mark
	} else if bad["positive_mark"] == "" {
		bad["positive_mark"] = "Say how many marks a right answer earns."
	}
	rules.NegativeMark = 0
	if mark := readNumber(f.Negative, "negative_mark", bad); mark != nil {
		rules.NegativeMark = *mark
	}
	rules.CutOff = readNumber(f.CutOff, "cut_off", bad)
	rules.MultipleAnswer = models.MultipleAnswerScoring(f.MultipleAnswer)
	rules.ShuffleQuestions, rules.ShuffleChoices, rules.IsReview = f.ShuffleQuestions, f.ShuffleChoices, f.Review
	rules.IsSkipAllowed, rules.IsRetake, rules.IsPlaylist, rules.IsProctor = f.Skip, f.Retake, f.Playlist, f.Proctor
	rules.Intro, rules.Conclusion = editedText(rules.Intro, f.Intro), editedText(rules.Conclusion, f.Conclusion)
	return &actions.UpdateSection{ID: placed.ID, Title: f.Title, SectionRules: rules}, bad
}

// seconds reads minutes; empty is no limit.
func seconds(text, field string, bad fault.Fields) *int {
	minutes := readNumber(text, field, bad)
	if minutes == nil || math.Abs(*minutes) > math.MaxInt32 {
		return nil
	}
	n := int(math.Round(*minutes * 60))
	return &n
}

// readNumber reads a number with a point or a comma; empty is none.
func readNumber(text, field string, bad fault.Fields) *float64 {
	text = strings.NewReplacer(",", ".", "−", "-", "%", "").Replace(strings.TrimSpace(text))
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		bad[field] = fmt.Sprintf("“%s” is not a number.", text)
		return nil
	}
	return &n
}

func minutesText(seconds *int) string {
	if seconds == nil {
		return ""
	}
	return decimal(math.Round(float64(*seconds)/60*100) / 100)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func optionalDecimal(f *float64) string {
	if f == nil {
		return ""
	}
	return decimal(*f)
}

func valueOf(html *string) string {
	if html == nil {
		return ""
	}
	return *html
}

func editedText(before *string, text string) *string {
	html := edited(valueOf(before), text)
	return &html
}
