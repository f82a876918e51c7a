package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

const (
	mostOnPanel   = 50
	longestLive   = 24 * time.Hour
	longestPlace  = 500
	longestNotice = 4000
)

// checkAppointment refuses times that no appointment can have, as far as that can be told without the database.
func checkAppointment(bad fault.Fields, from, to time.Time, zone string) {
	if from.IsZero() {
		bad["startDate"] = "Say when it begins."
	}
	switch {
	case to.IsZero():
		bad["endDate"] = "Say when it ends."
	case !from.IsZero() && to.Before(from):
		bad["endDate"] = "The end must come after the start."
	case to.Sub(from) > longestLive && !from.IsZero():
		bad["endDate"] = "It takes at most a day."
	}
	if zone != "" && !models.KnownZone(zone) {
		bad["timezone"] = "There is no such time zone. They are named like Europe/Lisbon."
	}
}

func checkPanelSize(bad fault.Fields, panel Refs, least int) {
	if len(panel) < least || len(panel) > mostOnPanel {
		bad["panel"] = fmt.Sprintf("Choose %d to %d panelists.", max(least, 1), mostOnPanel)
	}
}

// setTime gives the live session its time: in the future, and longer than nothing.
func (m *liveSession) setTime(w *Work, from, to time.Time) error {
	if !to.After(from) {
		return fault.Field("endDate", "The end must come after the start.")
	}
	if !from.After(w.Now) {
		return fault.Field("startDate", "It must begin in the future.")
	}
	m.session.StartsAt, m.session.EndsAt = from.UTC(), to.UTC()
	return nil
}

// planLiveSession finds whom and what a new live session is about, from what the draft of its session names.
func planLiveSession(w *Work, draft models.LiveSession, candidateID int64) (*liveSession, error) {
	m := &liveSession{session: draft}
	err := inTurn(
		func() error { return m.findAttempt(w) },
		func() error { return m.findParticipation(w, candidateID) },
		func() error { return m.loadSubject(w) },
		func() error { return m.findSection(w) },
		m.mustBeWanted,
	)
	if m.session.TimeZone == "" {
		m.session.TimeZone = m.organization.TimeZone
	}
	return m, err
}

// findAttempt takes participation and section from the attempt that is named.
func (m *liveSession) findAttempt(w *Work) error {
	if m.session.AssessmentSectionCandidateID == nil {
		return nil
	}
	var attempt models.AssessmentSectionCandidate
	if err := w.Own().First(&attempt, *m.session.AssessmentSectionCandidateID).Error; err != nil {
		return database.Fault(err, "assessment section candidate")
	}
	if p := m.session.AssessmentCandidateID; p != 0 && p != attempt.AssessmentCandidateID {
		return fault.Field("assessmentSectionCandidateID", "The attempt belongs to another candidate of the assessment.")
	}
	m.session.AssessmentCandidateID, m.session.AssessmentSectionID = attempt.AssessmentCandidateID, &attempt.AssessmentSectionID
	return nil
}

// findParticipation finds the participation of a candidate in the assessment of the section, where it is not named.
func (m *liveSession) findParticipation(w *Work, candidateID int64) error {
	if m.session.AssessmentCandidateID != 0 {
		return nil
	}
	var section models.AssessmentSection
	if err := w.Own().First(&section, *m.session.AssessmentSectionID).Error; err != nil {
		return database.Fault(err, "assessment section")
	}
	var p models.AssessmentCandidate
	err := w.Own().Where("assessment_id = ? AND candidate_id = ?", section.AssessmentID, candidateID).First(&p).Error
	m.session.AssessmentCandidateID = p.ID
	return database.Fault(err, "assessment candidate")
}

// findSection takes the first live section where an interview names none, and the candidate's attempt at it.
func (m *liveSession) findSection(w *Work) error {
	if m.session.AssessmentSectionID == nil && m.session.Kind == models.LiveInterview {
		var placed []models.AssessmentSection
		err := w.Own("assessment_sections").Joins("JOIN sections s ON s.id = assessment_sections.section_id").
			Where("assessment_sections.assessment_id = ? AND s.section_type_id = ?", m.assessment.ID, models.LiveSection).
			Order("assessment_sections.sort_order, assessment_sections.id").Limit(1).Find(&placed).Error
		if err != nil {
			return fmt.Errorf("find the live section: %w", err)
		}
		if len(placed) == 0 {
			return nil
		}
		m.session.AssessmentSectionID = &placed[0].ID
		if err := m.loadSection(w); err != nil {
			return err
		}
	}
	if m.session.AssessmentSectionID == nil || m.session.AssessmentSectionCandidateID != nil {
		return nil
	}
	var ids []int64
	err := w.Own().Model(&models.AssessmentSectionCandidate{}).Where("assessment_candidate_id = ? AND assessment_section_id = ?",
		m.participation.ID, *m.session.AssessmentSectionID).Order("id DESC").Limit(1).Pluck("id", &ids).Error
	if err != nil {
		return fmt.Errorf("find the attempt: %w", err)
	}
	if len(ids) > 0 {
		m.session.AssessmentSectionCandidateID = &ids[0]
	}
	return nil
}

// mustBeWanted refuses a candidate who is out, and an assessment that is gone.
func (m *liveSession) mustBeWanted() error {
	switch {
	case m.candidate.IsDeleted:
		return fault.New(fault.Conflict, "%s was deleted.", m.candidate.Name())
	case m.assessment.IsDeleted:
		return fault.New(fault.Conflict, "The assessment was deleted.")
	case m.participation.IsWithdrawn():
		return fault.New(fault.Conflict, "%s is %s. Take the decision back first.", m.candidate.Name(), lower(m.participation.Status().Label()))
	}
	return nil
}

// panelists returns the users that are named, each once, in their order, and holds them until the transaction ends.
// Faults: NotFound; Invalid for somebody who may not evaluate.
func panelists(ctx context.Context, w *Work, named Refs) ([]models.User, error) {
	ids := RefsTo(named.IDs()).IDs()
	var found []models.User
	if err := locked(w.Own()).Where("id IN ? AND NOT is_deleted", ids).Order("id").Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load the panel: %w", err)
	}
	if len(found) < len(ids) {
		return nil, fault.Missing("user")
	}
	for _, user := range found {
		if err := mustEvaluate(ctx, w, user); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b models.User) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return found, nil
}

// mustEvaluate refuses a user who has no role that may evaluate. The role counts that the user can change to, not only
// the one chosen now.
func mustEvaluate(ctx context.Context, w *Work, user models.User) error {
	actor, err := w.runner.ActorOf(ctx, user)
	if err != nil {
		return err
	}
	able := access.Can(actor, "evaluation.give") || slices.ContainsFunc(user.Roles, func(r models.Role) bool {
		actor.Role = r
		return access.Can(actor, "evaluation.give")
	})
	if !able {
		return fault.Field("panel", "%s has no role that may evaluate.", user.Name)
	}
	return nil
}
