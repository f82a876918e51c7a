package demo

import (
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// fate is how far a candidate of the story comes.
type fate int

const (
	waits     fate = iota // invited, has not begun
	attends               // is at it right now
	completed             // handed in, nobody has judged yet
	evaluated             // the panel has judged
	selected
	held
	rejected
	suspended
	archived
)

// fates are the candidates of the dispatcher's assessment, in the order of people.
var fates = []fate{
	evaluated, selected, completed, evaluated, held, rejected, evaluated, completed, selected, rejected,
	attends, evaluated, completed, attends, rejected, completed, archived, held, evaluated, suspended,
	completed, rejected, waits, waits, waits, waits, waits, waits, waits, waits, waits, waits,
}

// tellStory lets the dispatcher's candidates be invited, attend, be judged and decided on, over two weeks.
func (b *builder) tellStory() {
	assessment := b.assessment(dispatcherTitle)
	invited := b.invite(assessment, len(fates), 14*day)
	b.clock.Set(b.now.Add(-13 * day))
	for i, in := range invited {
		if fates[i] > attends {
			b.clock.Advance(time.Duration(20+b.chance.IntN(260)) * time.Minute)
			b.attend(in, 0.35+0.6*b.chance.Float64(), i)
		}
	}
	b.assignPanel(assessment, invited)
	for i, in := range invited {
		if fates[i] >= evaluated {
			b.clock.Advance(time.Duration(5+b.chance.IntN(90)) * time.Minute)
			b.evaluate(in, fates[i], i)
		}
	}
	b.clock.Set(b.now.Add(-26 * time.Hour))
	for i, in := range invited {
		b.decide(in, fates[i])
	}
	for i, in := range invited {
		if fates[i] == attends {
			b.clock.Set(b.now.Add(-time.Duration(6+i/4) * time.Minute))
			b.begin(in)
		}
	}
	b.clock.Set(b.now.Add(-time.Minute))
	b.tellAnalysts()
	for i, in := range invited {
		if fates[i] == waits {
			b.sample.Open = append(b.sample.Open, in)
		}
	}
}

// tellAnalysts gives the second assessment a few candidates too.
func (b *builder) tellAnalysts() {
	b.clock.Set(b.now.Add(-6 * day))
	invited := b.invite(b.assessment("Data analyst"), 9, 5*day)
	b.clock.Set(b.now.Add(-5 * day))
	for i, in := range invited[:min(4, len(invited))] {
		b.clock.Advance(3 * time.Hour)
		b.attend(in, 0.4+0.5*b.chance.Float64(), i)
	}
	b.clock.Set(b.now.Add(-time.Minute))
}

func (b *builder) assessment(title string) models.Assessment {
	var found []models.Assessment
	b.find(&found, "organization_id = ? AND title = ?", b.sample.Organization.ID, title)
	if b.err != nil {
		return models.Assessment{}
	}
	return found[0]
}

// invite invites the first people of the sample, some days before now.
func (b *builder) invite(assessment models.Assessment, count int, ago time.Duration) []Invitation {
	b.clock.Set(b.now.Add(-ago))
	var candidates []models.Candidate
	b.find(&candidates, "organization_id = ?", b.sample.Organization.ID)
	if b.err != nil {
		return nil
	}
	candidates = candidates[:min(count, len(candidates))]
	refs := make([]actions.CandidateRef, len(candidates))
	for i, c := range candidates {
		refs[i] = actions.CandidateRef{ID: c.ID}
	}
	b.record(b.as(b.sample.Users.MasterRecruiter), &actions.Invite{AssessmentID: assessment.ID, EndDate: b.now.Add(14 * day),
		Candidates: refs, IsNotify: true})
	b.deliver(assessment, unsent)
	return b.invitations(assessment, candidates)
}

func (b *builder) invitations(assessment models.Assessment, candidates []models.Candidate) []Invitation {
	var participations []models.AssessmentCandidate
	var attempts []models.AssessmentSectionCandidate
	b.find(&participations, "assessment_id = ?", assessment.ID)
	b.find(&attempts, "assessment_id = ?", assessment.ID)
	first := map[int64]int64{}
	for i := len(attempts) - 1; i >= 0; i-- {
		first[attempts[i].AssessmentCandidateID] = attempts[i].ID
	}
	name := map[int64]string{}
	for _, c := range candidates {
		name[c.ID] = c.Name()
	}
	var made []Invitation
	for _, p := range participations {
		made = append(made, Invitation{Name: name[p.CandidateID], CandidateID: p.CandidateID, Participation: p, AttemptID: first[p.ID]})
	}
	return made
}

// assignPanel splits those who handed in among the panelists.
func (b *builder) assignPanel(assessment models.Assessment, invited []Invitation) {
	b.clock.Set(b.now.Add(-5 * day))
	a := actions.AddPanel{EndDate: b.now.Add(3 * day), Mode: actions.PanelEvenSplit, IsNotify: true,
		AssessmentSections: actions.Refs{{ID: b.essaySection(assessment.ID).ID}}}
	for _, e := range b.sample.Users.Evaluators {
		a.Panel = append(a.Panel, actions.Ref{ID: e.ID})
	}
	for i, in := range invited {
		if fates[i] > attends {
			a.AssessmentCandidates = append(a.AssessmentCandidates, actions.Ref{ID: in.Participation.ID})
		}
	}
	b.record(b.as(b.sample.Users.MasterRecruiter), &a)
}

var decisions = map[fate]models.StatusKey{
	selected: models.Selected, held: models.Hold, rejected: models.Rejected, suspended: models.Suspended, archived: models.Archived,
}

var reasons = map[fate]string{
	selected: "Calm, exact, and puts the customer first.", held: "Strong, but the depot has one place this month.",
	rejected: "Others know the depot's routes better.", suspended: "Asked to pause until June.", archived: "Took another offer.",
}

func (b *builder) decide(in Invitation, f fate) {
	to, decided := decisions[f]
	if !decided {
		return
	}
	b.clock.Advance(7 * time.Minute)
	b.record(b.as(b.sample.Users.MasterRecruiter), &actions.ChangeStatus{StatusSortKey: to, ReasonText: reasons[f],
		AssessmentCandidates: actions.Refs{{ID: in.Participation.ID}}, IsNotify: to == models.Selected})
}
