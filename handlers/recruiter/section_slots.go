package recruiter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// AddSection puts a section at the end: an empty one, or a copy of a template.
func (s Screens) AddSection(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	add := &actions.AddSection{AssessmentID: id}
	add.Title = c.FormValue("title")
	kind, number, _ := strings.Cut(c.FormValue("kind"), ":")
	n, _ := strconv.ParseInt(number, 10, 64)
	if kind == "template" {
		add.TemplateID = n
	} else {
		add.Type = models.SectionType(n)
	}
	return s.apply(c, change{action: add, section: func() int64 { return add.Placed.ID }, tab: views.QuestionsTab,
		refused: func(p *views.Build, fields fault.Fields) {
			p.Refused = fault.Fields{"section": fields["title"] + fields["section_type_id"]}
		}})
}

// MoveSection gives a section another place.
func (s Screens) MoveSection(c echo.Context) error {
	placed, _, err := s.placed(c)
	if err != nil {
		return err
	}
	return s.apply(c, change{action: &actions.MoveSection{ID: placed.ID, To: place(c)}, section: s.stayOpen(c, placed.ID), tab: openTab(c)})
}

// RemoveSection takes a section out.
func (s Screens) RemoveSection(c echo.Context) error {
	placed, section, err := s.placed(c)
	if err != nil {
		return err
	}
	return s.apply(c, change{action: &actions.RemoveSection{ID: placed.ID}, said: "Removed " + section.Title + "."})
}

// SaveSectionTemplate keeps a section for other assessments.
func (s Screens) SaveSectionTemplate(c echo.Context) error {
	placed, section, err := s.placed(c)
	if err != nil {
		return err
	}
	return s.apply(c, change{action: &actions.SaveSectionTemplate{ID: placed.ID, Title: section.Title}, section: stay(placed.ID),
		tab: openTab(c), said: fmt.Sprintf("Saved %s as a section template.", section.Title)})
}

// PickQuestions puts the chosen questions into the section. Undoing a removal comes here too, with its place.
func (s Screens) PickQuestions(c echo.Context) error {
	placed, _, err := s.placed(c)
	if err != nil {
		return err
	}
	pick := &actions.PickQuestions{SectionID: placed.ID, At: undoPlace(c)}
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	for _, text := range values["question"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			pick.Questions = append(pick.Questions, id)
		}
	}
	return s.apply(c, s.slotChange(pick, placed))
}

// AddDraw puts a slot that draws by chance into the section.
func (s Screens) AddDraw(c echo.Context) error {
	placed, _, err := s.placed(c)
	if err != nil {
		return err
	}
	return s.apply(c, s.slotChange(&actions.AddDraw{SectionID: placed.ID, At: undoPlace(c), Draw: typedDraw(c)}, placed))
}

// SaveDraw changes what a slot draws.
func (s Screens) SaveDraw(c echo.Context) error {
	placed, slot, err := s.slot(c)
	if err != nil {
		return err
	}
	return s.apply(c, s.slotChange(&actions.UpdateDraw{SectionID: placed.ID, SlotID: slot, Draw: typedDraw(c)}, placed))
}

// MoveSlot gives a slot another place.
func (s Screens) MoveSlot(c echo.Context) error {
	placed, slot, err := s.slot(c)
	if err != nil {
		return err
	}
	return s.apply(c, s.slotChange(&actions.MoveSlot{SectionID: placed.ID, SlotID: slot, To: place(c)}, placed))
}

// RemoveSlot takes a slot out; the toast can put it back.
func (s Screens) RemoveSlot(c echo.Context) error {
	placed, slot, err := s.slot(c)
	if err != nil {
		return err
	}
	remove := &actions.RemoveSlot{SectionID: placed.ID, SlotID: slot}
	ch := s.slotChange(remove, placed)
	ch.said = "Removed from the section."
	ch.undo = func() string { return views.UndoRemoval(placed.AssessmentID, placed.ID, remove.Slot) }
	return s.apply(c, ch)
}

// slotChange is a change to what stands in a section.
func (s Screens) slotChange(a actions.Action, placed models.AssessmentSection) change {
	return change{action: a, section: stay(placed.ID), tab: views.QuestionsTab, refused: func(p *views.Build, fields fault.Fields) {
		for _, name := range []string{"question", "question_id", "skill_id", "q_count", "difficulty", "to", ""} {
			if fields[name] != "" {
				p.Refused = fault.Fields{"question": fields[name]}
				return
			}
		}
	}}
}

func (s Screens) slot(c echo.Context) (models.AssessmentSection, int64, error) {
	placed, _, err := s.placed(c)
	if err != nil {
		return placed, 0, err
	}
	slot, err := web.ID(c, "slot")
	return placed, slot, err
}

func typedDraw(c echo.Context) actions.Draw {
	skill, _ := strconv.ParseInt(c.FormValue("skill_id"), 10, 64)
	count, _ := strconv.Atoi(strings.TrimSpace(c.FormValue("q_count")))
	return actions.Draw{SkillID: skill, Count: count, Difficulty: models.Difficulty(c.FormValue("difficulty"))}
}

func place(c echo.Context) int {
	to, _ := strconv.Atoi(c.FormValue("to"))
	return to
}

// undoPlace is where a removed slot stood.
func undoPlace(c echo.Context) int {
	at, _ := strconv.Atoi(c.QueryParam("at"))
	return max(at, 0)
}

// stayOpen is the section that was open on the page a form was sent from.
func (s Screens) stayOpen(c echo.Context, otherwise int64) func() int64 {
	return func() int64 {
		if at := currentQuery(c); at.Has("section") {
			section, _ := strconv.ParseInt(at.Get("section"), 10, 64)
			return section
		} else if web.IsPart(c) {
			return 0
		}
		return otherwise
	}
}

// openTab is the tab that was open on the page a form was sent from.
func openTab(c echo.Context) views.BuildTab {
	if tab := currentQuery(c).Get("tab"); tab != "" {
		return views.BuildTab(tab)
	}
	return views.QuestionsTab
}
