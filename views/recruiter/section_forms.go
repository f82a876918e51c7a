package recruiter

import (
	"math"
	"strconv"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// SectionRulesForm is the rules of a section and its texts, as typed. Times are minutes.
type SectionRulesForm struct {
	Title, SectionTime, QuestionTime, Positive, Negative, CutOff, MultipleAnswer string
	ShuffleQuestions, ShuffleChoices, Review, Skip, Retake, Playlist, Proctor    bool
	Intro, Conclusion                                                            string
	Refused                                                                      fault.Fields
}

func (f SectionRulesForm) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: f.Refused[name]}
}

func (f SectionRulesForm) hinted(name, label, hint string) ui.Field {
	field := f.field(name, label)
	field.Hint = hint
	return field
}

func (f SectionRulesForm) number(name, label, hint, value, unit string, disabled bool) ui.InputProps {
	return ui.InputProps{Field: f.hinted(name, label, hint), Value: value, Unit: unit, InputMode: "decimal", Disabled: disabled,
		Autocomplete: "off"}
}

func multipleAnswerOptions() []ui.Option {
	return []ui.Option{{Value: string(models.AllOrNothing), Label: "All right choices or nothing"},
		{Value: string(models.PartialScoring), Label: "A share for each right choice"}}
}

// SectionEvaluation is how panelists judge a section, as typed.
type SectionEvaluation struct {
	FormID       string
	Forms        []models.Form
	PreFormID    string // asked of candidates before the section
	PreForms     []models.Form
	Parameters   []ParameterLine
	Known        []models.Parameter // the organization's, to be added
	NewName      string
	NewScale     string
	HideOthers   bool // others' evaluations until one's own is in
	IsBlind      bool // candidates' names
	MayMakeForms bool
	Refused      fault.Fields
}

// ParameterLine is a parameter of the section.
type ParameterLine struct {
	ID          int64
	Name        string
	Max         int
	Recommended string
	Mandatory   bool
}

func (e SectionEvaluation) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: e.Refused[name]}
}

func formChoices(forms []models.Form) []ui.Option {
	options := make([]ui.Option, len(forms))
	for i, f := range forms {
		options[i] = ui.Option{Value: id(f.ID), Label: f.Name}
	}
	return options
}

// addable are the organization's parameters that do not stand in the section yet.
func (e SectionEvaluation) addable() []ui.Option {
	has := map[int64]bool{}
	for _, p := range e.Parameters {
		has[p.ID] = true
	}
	var options []ui.Option
	for _, p := range e.Known {
		if has[p.ID] {
			continue
		}
		label := p.Name
		if p.MaxValue != nil {
			label += ", 1 to " + strconv.Itoa(*p.MaxValue)
		}
		options = append(options, ui.Option{Value: id(p.ID), Label: label})
	}
	return options
}

// steps are the values of a scale.
func steps(highest int) []ui.Option {
	options := make([]ui.Option, highest)
	for i := range options {
		value := strconv.Itoa(i + 1)
		options[i] = ui.Option{Value: value, Label: value}
	}
	return options
}

func scales() []ui.Option {
	var options []ui.Option
	for n := 2; n <= 10; n++ {
		options = append(options, ui.Option{Value: strconv.Itoa(n), Label: "1 to " + strconv.Itoa(n)})
	}
	return options
}

func id(n int64) string { return strconv.FormatInt(n, 10) }

func levels() []ui.Option {
	return []ui.Option{{Value: string(models.Easy), Label: "Easy"}, {Value: string(models.Medium), Label: "Medium"},
		{Value: string(models.Hard), Label: "Hard"}}
}

func sectionKinds(templates []models.Section) []ui.Option {
	options := []ui.Option{
		{Value: "type:6", Label: "Objective, scored at once", Group: "Empty"},
		{Value: "type:4", Label: "Essay, read by a person", Group: "Empty"},
	}
	for _, t := range templates {
		options = append(options, ui.Option{Value: "template:" + id(t.ID),
			Label: t.Title + " · " + t.SectionTypeID.Label(), Group: "From a template"})
	}
	return options
}

func recommended(highest int) []ui.Option {
	options := steps(highest)
	for i := range options {
		options[i].Label += " or more"
	}
	return options
}

func optionalField(f ui.Field) ui.Field {
	f.Optional = true
	return f
}

// cutOffHint says what the percentage means in marks.
func cutOffHint(s models.PlannedSection) string {
	if s.Placed.CutOff == nil {
		return "Empty: nobody fails by marks"
	}
	return number(math.Round(s.Marks()**s.Placed.CutOff)/100) + " of " + marks(s.Marks())
}

// facts are what holds for every section of the assessment.
func (p Build) facts() []ui.Entry {
	a := p.Plan.Assessment
	var entries []ui.Entry
	if a.StartDate != nil {
		entries = append(entries, ui.Entry{Term: "Opens", Text: p.moment(*a.StartDate)})
	}
	if a.EndDate != nil {
		entries = append(entries, ui.Entry{Term: "Closes", Text: p.moment(*a.EndDate)})
	}
	credit := "None"
	if a.OutageCreditCap > 0 {
		credit = "Up to " + strconv.Itoa(a.OutageCreditCap/60) + " min"
	}
	return append(entries, ui.Entry{Term: "Outage credit", Text: credit})
}
