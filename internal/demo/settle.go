package demo

import (
	"bytes"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/pdf"
	"github.com/assay-hire/assay/models"
)

// settle makes what an administrator sets up first: fields, categories, reasons, wording.
func (b *builder) settle() {
	admin := b.as(b.sample.Users.Admin)
	for _, f := range []actions.SaveCustomField{
		{Type: models.CandidateField, Label: "Notice period", Key: "notice_period", DataType: "text", SortOrder: 1, IsReport: true},
		{Type: models.CandidateField, Label: "Driving licence", Key: "driving_licence", DataType: "text", SortOrder: 2},
		{Type: models.AssessmentField, Label: "Requisition", Key: "requisition", DataType: "text", SortOrder: 1, IsReport: true},
	} {
		b.run(admin, &f)
	}
	for _, c := range []actions.SaveCategory{
		{Type: models.BusinessCategory, Name: "Operations"}, {Type: models.BusinessCategory, Name: "Technology"},
		{Type: models.ParameterCategory, Name: "Working with people"},
	} {
		b.run(admin, &c)
	}
	for status, labels := range map[models.StatusKey][]string{
		models.Rejected: {"Below the cut-off", "Another candidate fits better"}, models.Hold: {"Waiting for budget"},
	} {
		for _, label := range labels {
			b.run(admin, &actions.SaveStatusReason{StatusID: status.ID(), Label: label})
		}
	}
	b.run(admin, &actions.SaveTemplate{Type: "reminder", Subject: "Still open for you: {%assessment-name}",
		Content: "<p>Hello {%candidate-first-name},</p><p>your place in {%assessment-name} is kept until {%end-date}. " +
			"If something stands in the way, answer this mail.</p><p><a href=\"{%link}\">Open the assessment</a>, code {%verification-code}</p>"})
}

// share leaves what recruiters leave behind: a saved view, a report for somebody outside, a résumé.
func (b *builder) share() {
	recruiter := b.as(b.sample.Users.MasterRecruiter)
	b.run(recruiter, &actions.SaveView{ObjectType: "ac", Name: "Strong and waiting", Query: "status=60&min=70", IsShared: true})
	var chosen []models.AssessmentCandidate
	b.find(&chosen, "organization_id = ? AND status_id = ?", b.sample.Organization.ID, models.Selected.ID())
	if b.err != nil || len(chosen) == 0 {
		return
	}
	b.run(recruiter, &actions.ShareReport{AssessmentCandidateID: chosen[0].ID})
	var candidates []models.Candidate
	b.find(&candidates, "id = ?", chosen[0].CandidateID)
	if b.err == nil {
		b.attachResume(candidates[0])
	}
}

func (b *builder) attachResume(c models.Candidate) {
	paper := pdf.New(pdf.Info{Title: "Résumé of " + c.Name(), Author: c.Name(), Created: b.clock.Now().Truncate(time.Second)})
	paper.Title(c.Name(), "Dispatcher")
	paper.Paragraph("Dispatcher with six years in parcel and pallet freight. Speaks Portuguese, English and some Turkish.")
	paper.Heading("Experience")
	paper.Paragraph("Norte Express, dispatcher, since 2020. Plans forty tours a day.")
	var file bytes.Buffer
	if _, err := paper.WriteTo(&file); err != nil {
		b.err = err
		return
	}
	b.run(b.as(b.sample.Users.Recruiter), &actions.AddCandidateFile{CandidateID: c.ID, Type: models.FileTypeResume,
		Name: strings.ReplaceAll(c.Name(), " ", "-") + ".pdf", Content: &file})
}
