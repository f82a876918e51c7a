package demo

import (
	"bytes"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/pdf"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

const nightTitle = "Night shift lead"

// askFirst makes an assessment whose section asks for a form and a paper before it starts, and has two candidates fill it in.
func (d *drawers) askFirst() {
	d.clock.Set(d.now.Add(-30 * time.Hour))
	form := actions.SaveForm{Name: "Papers for the night shift", Type: models.AssessmentCandidateForm, Parts: []models.FormPart{{ID: 1, Name: "Your papers",
		Fields: map[string]models.FormField{
			"1": {ID: "licence", Name: "licence", Type: "file", Label: "Forklift licence", Required: true},
			"2": {ID: "nights", Name: "nights", Type: "radio", Label: "Have you worked nights before?", Options: []string{"Yes", "No"}, Required: true},
			"3": {ID: "from", Name: "from", Type: "date", Label: "Could begin on"},
		}}}}
	d.run(d.admin, &form)
	made := actions.CreateAssessment{Title: nightTitle, Description: "<p>One question, and your papers first.</p>", EndDate: at(d.now.Add(20 * day)),
		Sections: []actions.SectionInput{{Title: "One night", Type: models.EssaySection, MaxSectionTime: minutes(20), Combined: d.picked("Two promises")}}}
	d.record(d.admin, &made)
	var placed []models.AssessmentSection
	d.find(&placed, "assessment_id = ?", made.Assessment.ID)
	if d.err != nil || len(placed) == 0 {
		return
	}
	ask := resource.Ask{Actor: d.admin, Now: d.clock.Now()}
	does, _ := d.catalog.Named("section").Act(catalog.Written{Ask: ask, Verb: resource.Update, ID: placed[0].SectionID,
		Values: resource.Values{"form_id": form.Form.ID}})
	d.run(d.admin, does)
	d.status(made.Assessment.ID, models.AssessmentOpen)
	for i, in := range d.invite(made.Assessment, 4, 28*time.Hour)[:2] {
		d.clock.Set(d.now.Add(-time.Duration(26-i) * time.Hour))
		d.fillIn(in, i)
	}
}

// fillIn hands a form in with its paper, and sits the section.
func (b *builder) fillIn(in Invitation, nth int) {
	candidate := b.enter(in)
	paper := pdf.New(pdf.Info{Title: "Forklift licence", Author: in.Name, Created: b.clock.Now().Truncate(time.Second)})
	paper.Title("Forklift licence", in.Name)
	paper.Paragraph("May drive counterbalance trucks up to five tonnes. Valid for five years.")
	var file bytes.Buffer
	if _, err := paper.WriteTo(&file); err != nil {
		b.err = err
		return
	}
	b.run(candidate, &actions.SubmitPreForm{AttemptID: in.AttemptID, Values: map[string][]string{"nights": {[]string{"Yes", "No"}[nth%2]}},
		Uploads: map[string]actions.FormUpload{"licence": {Name: "Licence-" + strings.ReplaceAll(in.Name, " ", "-") + ".pdf", Content: &file}}})
	b.run(candidate, &actions.StartAttempt{AttemptID: in.AttemptID})
	b.answerAll(candidate, in.AttemptID, 1, nth)
	b.run(candidate, &actions.SubmitAttempt{AttemptID: in.AttemptID})
}

// remind writes to some of those who have not begun, within the last hour.
func (b *builder) remind() {
	b.clock.Set(b.now.Add(-20 * time.Minute))
	a := actions.RemindCandidate{IsNotify: true}
	for _, in := range b.sample.Open[:min(4, len(b.sample.Open))] {
		a.Participants = append(a.Participants, actions.ParticipationRef{ID: in.Participation.ID})
	}
	if len(a.Participants) == 0 {
		return
	}
	b.record(b.as(b.sample.Users.MasterRecruiter), &a)
	b.deliver(b.assessment(dispatcherTitle), 1)
}
