package demo

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// found makes Marram Logistics and the people who work there.
func (b *builder) found() {
	org := actions.CreateOrganization{Name: "Marram Logistics", TimeZone: "Europe/Lisbon", AdminName: "Inês Carvalho",
		AdminEmail: "ines.carvalho@marram.example.com", AdminPassword: Password}
	b.run(access.Program(0), &org)
	b.sample.Organization, b.sample.Users.Admin = org.Organization, org.Admin
	u := &b.sample.Users
	u.MasterRecruiter = b.user("Duarte Pimentel", "duarte.pimentel@marram.example.com", models.MasterRecruiter, models.Evaluator)
	u.Recruiter = b.user("Wanjiru Kamau", "wanjiru.kamau@marram.example.com", models.Recruiter)
	for _, e := range []struct{ name, mail string }{
		{"Henrik Aaltonen", "henrik.aaltonen@marram.example.com"},
		{"Meera Krishnan", "meera.krishnan@marram.example.com"},
		{"Tiago Brandão", "tiago.brandao@marram.example.com"},
	} {
		u.Evaluators = append(u.Evaluators, b.user(e.name, e.mail, models.Evaluator))
	}
	b.user("Ruth Adeyemi", "ruth.adeyemi@marram.example.com", models.HiringManager)
	b.user("Colm Devane", "colm.devane@marram.example.com", models.ContentManager)
}

func (b *builder) user(name, mail string, roles ...models.Role) models.User {
	a := actions.CreateUser{Name: name, Email: mail, Roles: roles, Password: Password}
	b.run(access.Program(b.sample.Organization.ID), &a)
	return a.User
}

// importBank brings the sample's question file in as a recruiter does in the browser.
func (b *builder) importBank() {
	recruiter := b.as(b.sample.Users.MasterRecruiter)
	upload := actions.UploadQuestions{Format: "gift", Files: []actions.UploadedFile{{Name: "marram-bank.gift", Data: bank}}}
	b.run(recruiter, &upload)
	b.run(recruiter, &actions.ImportQuestions{ImportID: upload.Import.ID, Duplicates: actions.SkipDuplicates})
}

// addCandidates adds the sample's people, some with a history.
func (b *builder) addCandidates() {
	recruiter := b.as(b.sample.Users.Recruiter)
	for i, p := range people {
		a := actions.CreateCandidate{CandidateInput: actions.CandidateInput{Email: p.mail, FirstName: p.first, LastName: p.last,
			ExternalID: fmt.Sprintf("ML-%04d", 1200+i)}}
		b.run(recruiter, &a)
		if i%3 == 0 {
			b.addHistory(recruiter, a.Candidate.ID, i, p.city)
		}
	}
}

var employers = []string{"Norte Express", "Harbour Freight Lines", "Oriel Parcel", "Baltic Depots", "Tagus Couriers"}

func (b *builder) addHistory(recruiter access.Actor, candidateID int64, i int, city string) {
	b.run(recruiter, &actions.SaveExperience{CandidateID: candidateID, Employer: employers[i%len(employers)],
		Title: "Dispatcher", Location: city, StartedAt: fmt.Sprintf("%d-03-01", 2019+i%5), IsCurrent: i%2 == 0})
	b.run(recruiter, &actions.SaveEducation{CandidateID: candidateID, School: "Polytechnic of " + city, Degree: "Diploma",
		FieldOfStudy: "Logistics", StartedAt: fmt.Sprintf("%d-09-15", 2014+i%4), CompletedAt: fmt.Sprintf("%d-06-30", 2017+i%4)})
}

// foundOther makes a second organization, whose rows nobody of the first ever sees.
func (b *builder) foundOther() {
	org := actions.CreateOrganization{Name: "Umbra Foods", TimeZone: "Europe/Berlin", AdminName: "Otto Reinhardt",
		AdminEmail: "otto.reinhardt@umbra.example.org", AdminPassword: Password}
	b.run(access.Program(0), &org)
	b.sample.Other, b.sample.Users.OtherAdmin = org.Organization, org.Admin
	admin := b.as(org.Admin)
	question := actions.CreateQuestion{QuestionInput: actions.QuestionInput{Type: models.EssayQuestion, Title: "Cold chain",
		Content: "<p>A cooled truck stands in a traffic jam for three hours. What do you do?</p>", Skills: []string{"Cold chain"}}}
	b.run(admin, &question)
	limit := 1800
	assessment := actions.CreateAssessment{Title: "Cold store manager", Description: "<p>One question, in writing.</p>",
		Sections: []actions.SectionInput{{Title: "In your words", Type: models.EssaySection, MaxSectionTime: &limit,
			Combined: []actions.SlotInput{{QuestionID: &question.Question.ID}}}}}
	b.record(admin, &assessment)
	b.run(admin, &actions.SetAssessmentStatus{ID: assessment.Assessment.ID, Status: models.AssessmentOpen})
	var refs []actions.CandidateRef
	for _, name := range []string{"Lina", "Karl", "Mai"} {
		c := actions.CreateCandidate{CandidateInput: actions.CandidateInput{Email: name + ".umbra@example.org", FirstName: name, LastName: "Beispiel"}}
		b.run(admin, &c)
		refs = append(refs, actions.CandidateRef{ID: c.Candidate.ID})
	}
	b.record(admin, &actions.Invite{AssessmentID: assessment.Assessment.ID, EndDate: b.now.Add(30 * day), Candidates: refs, IsNotify: true})
}
