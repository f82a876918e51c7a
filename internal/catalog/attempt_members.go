package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

type attemptRow = models.AssessmentSectionCandidate

// attemptFields are the members of an attempt that follow from its rules, its participation or the time.
func (p Parts) attemptFields() map[string]resource.Field {
	return map[string]resource.Field{
		"timeElapsed":       resource.From(resource.Integer, timeElapsed),
		"isComplete":        resource.From(resource.Boolean, func(t attemptRow, _ resource.Ask) any { return t.IsClosed() }),
		"preTemplate":       resource.From(resource.Text, func(attemptRow, resource.Ask) any { return nil }),
		"proctorLog":        resource.From(resource.Integer, func(attemptRow, resource.Ask) any { return nil }),
		"status":            resource.From(resource.JSON, func(t attemptRow, _ resource.Ask) any { return statusOf(t.StatusID) }),
		"c":                 resource.Together(resource.Text, p.codes),
		"verification_code": resource.Together(resource.Text, ofParticipation(verificationCode)),
		"isRegistered": resource.Together(resource.Boolean, lookedUp[attemptRow, bool](
			`SELECT p.id AS owner, c.is_registered AS value FROM assessment_candidates p JOIN candidates c ON c.id = p.candidate_id WHERE p.id IN ?`,
			func(t attemptRow) int64 { return t.AssessmentCandidateID }, false)),
		"hasBooked": resource.Together(resource.Boolean, lookedUp[attemptRow, bool](
			`SELECT DISTINCT assessment_section_candidate_id AS owner, TRUE AS value FROM live_sessions
			WHERE assessment_section_candidate_id IN ? AND status <> 10`, func(t attemptRow) int64 { return t.ID }, false)),
		"intro":      resource.Together(resource.Text, ofPlacedSection("intro")),
		"conclusion": resource.Together(resource.Text, ofPlacedSection("conclusion")),
		"duration":   resource.Together(resource.Text, durations),
		"postAssessmentUrl": resource.Together(resource.Text, lookedUp[attemptRow, *string](
			"SELECT id AS owner, post_url AS value FROM assessments WHERE id IN ?", func(t attemptRow) int64 { return t.AssessmentID }, nil)),
		"reportUrl": resource.From(resource.Text, func(t attemptRow, ask resource.Ask) any {
			if !t.IsClosed() || !access.Can(ask.Actor, "report.view") {
				return nil
			}
			return fmt.Sprintf("%s/participations/%d/report", p.SiteURL, t.AssessmentCandidateID)
		}),
	}
}

// timeElapsed is the seconds that an attempt has taken so far.
func timeElapsed(t attemptRow, ask resource.Ask) any {
	if t.StartedAt == nil {
		return int64(0)
	}
	end := models.Earliest(t.CompletedAt, t.DeadlineAt, &ask.Now)
	return max(0, int64(end.Sub(*t.StartedAt).Seconds()))
}

func statusOf(id int64) any {
	for _, s := range models.Statuses {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// ofParticipation returns a member of attempts that is found in their participations.
func ofParticipation(f func(resource.Ask, models.AssessmentCandidate) any) func(context.Context, resource.Load, []attemptRow) ([]any, error) {
	return func(_ context.Context, l resource.Load, rows []attemptRow) ([]any, error) {
		found, err := participationsByID(l, rows)
		if err != nil {
			return nil, err
		}
		values := make([]any, len(rows))
		for i, t := range rows {
			values[i] = f(l.Ask, found[t.AssessmentCandidateID])
		}
		return values, nil
	}
}

func participationsByID(l resource.Load, rows []attemptRow) (map[int64]models.AssessmentCandidate, error) {
	ids := make([]int64, len(rows))
	for i, t := range rows {
		ids[i] = t.AssessmentCandidateID
	}
	var found []models.AssessmentCandidate
	if err := l.DB.Scopes(access.Own(l.Ask.Actor)).Where("id IN ?", ids).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load the attempts' participations: %w", err)
	}
	byID := make(map[int64]models.AssessmentCandidate, len(found))
	for _, p := range found {
		byID[p.ID] = p
	}
	return byID, nil
}

// mayInvite tells whether the actor hands out what a candidate signs in with.
func mayInvite(a access.Actor) bool { return access.Can(a, "participation.invite") }

func verificationCode(ask resource.Ask, p models.AssessmentCandidate) any {
	if !mayInvite(ask.Actor) || p.VerifyCode == "" {
		return nil
	}
	return p.VerifyCode
}

// codes are what stands for the attempts in candidates' links. They count from the invitation, so that reading an attempt
// twice gives the same code.
func (p Parts) codes(_ context.Context, l resource.Load, rows []attemptRow) ([]any, error) {
	values := make([]any, len(rows))
	if !mayInvite(l.Ask.Actor) {
		return values, nil
	}
	found, err := participationsByID(l, rows)
	if err != nil {
		return nil, err
	}
	for i, t := range rows {
		at := t.CreatedAt
		if t.InvitedAt != nil {
			at = *t.InvitedAt
		}
		values[i] = p.Links.Code(t.ID, found[t.AssessmentCandidateID].LinkEpoch, at)
	}
	return values, nil
}

func ofPlacedSection(column string) func(context.Context, resource.Load, []attemptRow) ([]any, error) {
	return lookedUp[attemptRow, *string]("SELECT id AS owner, "+column+" AS value FROM assessment_sections WHERE id IN ?",
		func(t attemptRow) int64 { return t.AssessmentSectionID }, nil)
}

// durations are how long attempts may take, in words: the section's limit, or that of its questions, and what was added.
func durations(_ context.Context, l resource.Load, rows []attemptRow) ([]any, error) {
	limits, err := lookedUp[attemptRow, *int64](`SELECT s.id AS owner, COALESCE(s.max_section_time, s.max_question_time *
		(SELECT SUM(CASE WHEN n.question_id IS NOT NULL OR n.q_count IS NULL THEN 1 ELSE n.q_count END)
		FROM section_slots n WHERE n.section_id = s.section_id)) AS value FROM assessment_sections s WHERE s.id IN ?`,
		func(t attemptRow) int64 { return t.AssessmentSectionID }, nil)(context.Background(), l, rows)
	if err != nil {
		return nil, err
	}
	for i, v := range limits {
		limits[i] = nil
		if seconds, ok := v.(*int64); ok && seconds != nil {
			limits[i] = inWords(time.Duration(*seconds+int64(rows[i].ExtraSeconds)) * time.Second)
		}
	}
	return limits, nil
}

// inWords writes a length of time as people say it, to the minute: "1 hour 30 minutes".
func inWords(d time.Duration) string {
	if d < time.Minute {
		return counted(int(d/time.Second), "second")
	}
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	var parts []string
	if hours > 0 {
		parts = append(parts, counted(hours, "hour"))
	}
	if minutes > 0 {
		parts = append(parts, counted(minutes, "minute"))
	}
	return strings.Join(parts, " ")
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
