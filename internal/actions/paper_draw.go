package actions

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/models"
)

// drawQuestions returns the questions of a section's paper in the order of its slots: those picked by hand, and those
// that chance puts there.
func drawQuestions(w *Work, s sitting) ([]int64, error) {
	d, err := loadDrawing(w, s)
	if err != nil {
		return nil, err
	}
	drawn, err := d.draw(w)
	if err != nil {
		return nil, err
	}
	used := map[int64]bool{}
	var questions []int64
	for _, slot := range d.section.Slots {
		ids := drawn[slot.ID]
		if !slot.IsDrawn() {
			ids = []int64{*slot.QuestionID}
		}
		for _, id := range ids {
			if !used[id] {
				used[id] = true
				questions = append(questions, id)
			}
		}
	}
	return questions, nil
}

// drawing is the section whose paper is drawn, and what else has a claim on the bank's questions.
type drawing struct {
	section models.PlannedSection
	later   []models.PlannedSection // not begun by this candidate: what they need must not be drawn away
	taken   []int64                 // on earlier papers of the participation
}

func loadDrawing(w *Work, s sitting) (drawing, error) {
	d := drawing{section: models.PlannedSection{Placed: s.placed, Section: s.section}}
	err := w.Own().Where("section_id = ?", s.section.ID).Order("sort_order, id").Find(&d.section.Slots).Error
	if err != nil {
		return d, fmt.Errorf("load slots: %w", err)
	}
	if d.section.Drawn() == 0 {
		return d, nil
	}
	err = w.Own().Model(&models.Answer{}).Where("assessment_candidate_id = ?", s.attempt.AssessmentCandidateID).Pluck("question_id", &d.taken).Error
	if err != nil {
		return d, fmt.Errorf("load earlier papers: %w", err)
	}
	return d, d.loadOthers(w, s)
}

// loadOthers finds the other sections of the assessment: their picks are never drawn, and those not begun draw later.
func (d *drawing) loadOthers(w *Work, s sitting) error {
	var others []models.AssessmentSection
	err := w.Own().Where("assessment_id = ? AND id <> ?", s.assessment.ID, s.placed.ID).Order("sort_order, id").Find(&others).Error
	if err != nil {
		return fmt.Errorf("load the other sections: %w", err)
	}
	ids := []int64{s.section.ID}
	for _, o := range others {
		ids = append(ids, o.SectionID)
	}
	stock, err := loadSlots(w.Own(), ids)
	if err != nil {
		return err
	}
	sections, err := byID(w.Own(), ids, func(x models.Section) int64 { return x.ID })
	if err != nil {
		return fmt.Errorf("load sections: %w", err)
	}
	var begun []int64
	err = w.Own().Model(&models.AssessmentSectionCandidate{}).Where("assessment_candidate_id = ? AND started_at IS NOT NULL", s.participation.ID).
		Pluck("assessment_section_id", &begun).Error
	if err != nil {
		return fmt.Errorf("find what was begun: %w", err)
	}
	d.section.Elsewhere = stock.pickedOutside(s.section.ID)
	for _, o := range others {
		if !slices.Contains(begun, o.ID) {
			d.later = append(d.later, models.PlannedSection{Placed: o, Section: sections[o.SectionID], Slots: stock.slots[o.SectionID],
				Elsewhere: stock.pickedOutside(o.SectionID)})
		}
	}
	return nil
}

// claim is a slot with questions that it may get, in random order.
type claim struct {
	slot      models.SectionSlot
	questions []int64
}

// draw returns the drawn questions by slot. Slots with the least to choose from draw first, and the sections that come
// later are served in thought, so that nothing they alone depend on is given away. Fewer questions than wanted are no
// reason to send a candidate away: opening the assessment made sure there were enough, and one may have been deleted
// since.
func (d drawing) draw(w *Work) (map[int64][]int64, error) {
	wanted := d.section.Drawn()
	if wanted == 0 {
		return nil, nil
	}
	for _, section := range d.later {
		wanted += section.Drawn()
	}
	claims, err := d.claimsOf(w, d.section, wanted)
	if err != nil {
		return nil, err
	}
	own := len(claims)
	for _, section := range d.later {
		more, err := d.claimsOf(w, section, wanted)
		if err != nil {
			return nil, err
		}
		claims = append(claims, more...)
	}
	return assign(claims)[:own].bySlot(), nil
}

// claimsOf samples what each drawn slot of a section may get, the tightest slot first. As many questions as all slots
// want together are enough of a sample: whatever the others get, that many leave one over.
func (d drawing) claimsOf(w *Work, p models.PlannedSection, sample int) ([]claim, error) {
	var claims []claim
	for _, slot := range p.Slots {
		if !slot.IsDrawn() {
			continue
		}
		q := DrawableFrom(w.Own("questions"), p, []int64{*slot.SkillID})
		if slot.Difficulty != "" {
			q = q.Where("questions.difficulty = ?", slot.Difficulty)
		}
		if len(d.taken) > 0 {
			q = q.Where("questions.id NOT IN ?", d.taken)
		}
		c := claim{slot: slot}
		if err := q.Order(w.runner.DB.Dialect.Random()).Limit(sample).Pluck("questions.id", &c.questions).Error; err != nil {
			return nil, fmt.Errorf("draw questions: %w", err)
		}
		claims = append(claims, c)
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(len(a.questions), len(b.questions)) })
	return claims, nil
}

// served are claims of which each holds the questions that it got.
type served []claim

func assign(claims []claim) served {
	var places [][]int64
	for _, c := range claims {
		for range c.slot.Questions() {
			places = append(places, c.questions)
		}
	}
	given := models.Assign(places)
	got := make(served, len(claims))
	for i, c := range claims {
		n := c.slot.Questions()
		got[i] = claim{slot: c.slot, questions: slices.DeleteFunc(given[:n:n], func(id int64) bool { return id == 0 })}
		given = given[n:]
	}
	return got
}

func (s served) bySlot() map[int64][]int64 {
	found := make(map[int64][]int64, len(s))
	for _, c := range s {
		found[c.slot.ID] = c.questions
	}
	return found
}
