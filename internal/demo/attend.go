package demo

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// enter opens the link with the code, as a candidate does, and agrees to what is recorded.
func (b *builder) enter(in Invitation) access.Actor {
	if b.err != nil {
		return access.Anonymous()
	}
	link := b.runner.World.Links.Code(in.AttemptID, in.Participation.LinkEpoch, b.clock.Now())
	verify := actions.VerifyCandidate{Link: link, Code: in.Participation.VerifyCode, TimeZone: "Europe/Lisbon"}
	b.run(access.Anonymous(), &verify)
	if b.err != nil {
		return access.Anonymous()
	}
	actor, err := b.runner.Identify(b.ctx, verify.Token)
	b.err = err
	b.run(actor, &actions.Consent{Agreed: true})
	return actor
}

// attend sits every section of an assessment; skill is the share of questions the candidate knows.
func (b *builder) attend(in Invitation, skill float64, seed int) {
	candidate := b.enter(in)
	var attempts []models.AssessmentSectionCandidate
	b.find(&attempts, "assessment_candidate_id = ?", in.Participation.ID)
	for _, attempt := range attempts {
		b.run(candidate, &actions.StartAttempt{AttemptID: attempt.ID})
		b.answerAll(candidate, attempt.ID, skill, seed)
		b.run(candidate, &actions.SubmitAttempt{AttemptID: attempt.ID})
	}
}

// begin starts the first section and answers a part of it.
func (b *builder) begin(in Invitation) {
	candidate := b.enter(in)
	b.run(candidate, &actions.StartAttempt{AttemptID: in.AttemptID})
	for i, answer := range b.paper(in.AttemptID) {
		if i < 3 {
			b.clock.Advance(40 * time.Second)
			b.save(candidate, answer, 0.7, i)
		}
	}
}

func (b *builder) paper(attemptID int64) []models.Answer {
	var answers []models.Answer
	b.find(&answers, "assessment_section_candidate_id = ?", attemptID)
	return answers
}

func (b *builder) answerAll(candidate access.Actor, attemptID int64, skill float64, seed int) {
	for i, answer := range b.paper(attemptID) {
		b.clock.Advance(time.Duration(35+b.chance.IntN(80)) * time.Second)
		b.save(candidate, answer, skill, seed+i)
	}
}

func (b *builder) save(candidate access.Actor, answer models.Answer, skill float64, seed int) {
	var versions []models.QuestionVersion
	b.find(&versions, "id = ?", answer.QuestionVersionID)
	if b.err != nil {
		return
	}
	if b.chance.Float64() < 0.04 && versions[0].Type.IsObjective() {
		return // left open
	}
	b.run(candidate, &actions.SaveAnswer{AnswerID: answer.ID, Base: answer.Revision,
		Value: b.answerTo(versions[0], b.chance.Float64() < skill, seed)})
}

// answerTo returns a right or a wrong answer to a question.
func (b *builder) answerTo(v models.QuestionVersion, right bool, seed int) models.AnswerValue {
	key, body := v.Key.Data(), v.Body.Data()
	switch v.Type {
	case models.MultipleChoice:
		if right {
			return models.AnswerValue{Choices: key.Correct}
		}
		return models.AnswerValue{Choices: []string{body.Choices[b.chance.IntN(len(body.Choices))].ID}}
	case models.MultipleAnswer:
		if right {
			return models.AnswerValue{Choices: key.Correct}
		}
		return models.AnswerValue{Choices: key.Correct[:1]}
	case models.TrueOrFalse:
		truth := *key.Truth == right
		return models.AnswerValue{Truth: &truth}
	case models.FillBlanks:
		value := models.AnswerValue{}
		for _, gap := range key.Gaps {
			text := "not sure"
			if right {
				text = gap.Accepted[0]
			}
			value.Gaps = append(value.Gaps, text)
		}
		return value
	case models.MatchFollowing:
		return models.AnswerValue{Pairs: b.pairs(key, body, right)}
	default:
		return models.AnswerValue{Text: essays[seed%len(essays)]}
	}
}

func (b *builder) pairs(key models.AnswerKey, body models.QuestionBody, right bool) map[string]string {
	pairs := map[string]string{}
	for _, left := range body.Left {
		pairs[left.ID] = key.Pairs[left.ID]
		if !right && b.chance.IntN(2) == 0 {
			pairs[left.ID] = body.Right[0].ID
		}
	}
	return pairs
}

var remarks = map[models.Recommendation]string{
	models.RecommendSelect: "Says first what the other person needs, then what can be done. I would want this voice on the phone.",
	models.RecommendHold:   "Good instincts, a little long before the first step. Worth a conversation.",
	models.RecommendReject: "Explains why it was nobody's fault, and does not come to what happens next.",
}

// evaluate has the assigned panelist judge a candidate's writing.
func (b *builder) evaluate(in Invitation, f fate, seed int) {
	var assigned []models.PanelCandidate
	b.find(&assigned, "assessment_candidate_id = ?", in.Participation.ID)
	for _, one := range assigned {
		var panels []models.Panel
		b.find(&panels, "id = ?", one.PanelID)
		for _, evaluator := range b.sample.Users.Evaluators {
			if len(panels) == 1 && panels[0].UserID == evaluator.ID {
				b.record(b.as(evaluator), b.verdict(one, f, seed))
			}
		}
	}
}

func (b *builder) verdict(one models.PanelCandidate, f fate, seed int) *actions.Evaluate {
	recommendation, best := models.RecommendHold, 3
	switch {
	case f == selected || (f == evaluated && seed%2 == 0):
		recommendation, best = models.RecommendSelect, 5
	case f == rejected:
		recommendation, best = models.RecommendReject, 2
	}
	var links []models.SectionParameter
	b.find(&links, "section_id = (SELECT section_id FROM assessment_section_candidates WHERE id = ?)", one.AssessmentSectionCandidateID)
	var ratings []actions.RatingInput
	for i, link := range links {
		value := float64(max(1, best-(i+seed)%2))
		ratings = append(ratings, actions.RatingInput{ParameterID: link.ParameterID, Rating: &value})
	}
	a := &actions.Evaluate{}
	a.AssessmentSectionCandidateID, a.Recommendation, a.Rating = one.AssessmentSectionCandidateID, recommendation, ratings
	a.EvaluationComment = remarks[recommendation]
	if answers := b.paper(one.AssessmentSectionCandidateID); len(answers) > 0 && seed%2 == 0 {
		a.Comments = []actions.AnswerComment{{AnswerID: answers[0].ID, Content: fmt.Sprintf("Paragraph %d is the one to ask about.", 1+seed%3)}}
	}
	return a
}
