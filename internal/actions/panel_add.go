package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm/clause"
)

// PanelMode says how candidates are shared out among a panel.
type PanelMode string

// All gives every panelist every candidate, which is also what an empty mode means; EvenSplit gives each candidate one
// panelist, in turn. Assigning by hand is All with the candidates named.
const (
	PanelAll       PanelMode = "all"
	PanelEvenSplit PanelMode = "even"
)

// AddPanel assigns users to evaluate candidates in sections of an assessment. The new panel replaces the old one of
// those candidates; evaluations that were submitted stay. Without candidates it is about all of the assessment.
type AddPanel struct {
	EndDate              time.Time `json:"endDate" needs:"yes"`
	AssessmentSections   Refs      `json:"assessmentSections" needs:"yes"`
	Panel                Refs      `json:"panel" needs:"yes"`
	AssessmentCandidates Refs      `json:"assessmentCandidates"`
	IsNotify             bool      `json:"isNotify"`
	Mode                 PanelMode `json:"mode,omitempty"`
	OldPanel             Refs      `json:"oldPanel" wire:"made"` // who is replaced
}

const panelBatch = 100

// Grant implements Action.
func (*AddPanel) Grant() access.Grant { return "panel.assign" }

// Size implements Queued.
func (a *AddPanel) Size() int { return len(a.AssessmentCandidates) }

// Validate implements Action.
func (a *AddPanel) Validate() error {
	bad := fault.Fields{}
	if a.EndDate.IsZero() {
		bad["endDate"] = "Say until when the evaluations are needed."
	}
	if len(a.AssessmentSections) == 0 {
		bad["assessmentSections"] = "Say which section is evaluated."
	}
	if len(a.Panel) == 0 || len(a.Panel) > mostAtOnce {
		bad["panel"] = fmt.Sprintf("Choose 1 to %d panelists.", mostAtOnce)
	}
	if len(a.AssessmentSections) > mostAtOnce || len(a.AssessmentCandidates) > mostInvited {
		bad["assessmentCandidates"] = "That is too many at once."
	}
	if !slices.Contains([]PanelMode{"", PanelAll, PanelEvenSplit}, a.Mode) {
		bad["mode"] = "Choose all or even."
	}
	return fault.Refuse(bad)
}

// Perform implements Action: what must hold before anybody is assigned.
func (a *AddPanel) Perform(ctx context.Context, w *Work) error {
	if !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	a.Panel = RefsTo(a.Panel.IDs())
	assessmentID, err := a.checkSections(w)
	if err != nil {
		return err
	}
	if _, err := panelists(ctx, w, a.Panel); err != nil {
		return err
	}
	if err := a.checkCandidates(w, assessmentID); err != nil {
		return err
	}
	if a.OldPanel, err = a.replaced(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "add-panel", SubjectType: "assessment", SubjectID: assessmentID,
		Detail: map[string]any{"sections": a.AssessmentSections.IDs(), "panel": a.Panel.IDs(),
			"candidates": len(a.AssessmentCandidates), "mode": string(a.Mode), "end_date": a.EndDate.UTC().Format(time.RFC3339)}})
}

// replaced returns the users who have yet to evaluate the candidates in the sections.
func (a *AddPanel) replaced(w *Work) (Refs, error) {
	var users []int64
	err := w.Own("panels").Model(&models.Panel{}).Where("assessment_section_id IN ? AND EXISTS (SELECT 1 FROM panel_candidates pc "+
		"WHERE pc.panel_id = panels.id AND NOT pc.is_evaluated AND pc.assessment_candidate_id IN ?)",
		a.AssessmentSections.IDs(), a.AssessmentCandidates.IDs()).Order("user_id").Distinct().Pluck("user_id", &users).Error
	if err != nil {
		return nil, fmt.Errorf("find the old panel: %w", err)
	}
	return RefsTo(users), nil
}

// checkSections returns the one assessment that the sections stand in.
func (a *AddPanel) checkSections(w *Work) (int64, error) {
	a.AssessmentSections = RefsTo(a.AssessmentSections.IDs())
	var assessmentID int64
	for _, ref := range a.AssessmentSections {
		var placed models.AssessmentSection
		if err := w.Own().First(&placed, ref.ID).Error; err != nil {
			return 0, database.Fault(err, "assessment section")
		}
		var section models.Section
		if err := w.Own().First(&section, placed.SectionID).Error; err != nil {
			return 0, fmt.Errorf("load section: %w", err)
		}
		if !TakesPanel(section.SectionTypeID) {
			return 0, fault.Field("assessmentSections", "%s is scored by its key; panels evaluate the other kinds of sections.", section.Title)
		}
		if assessmentID != 0 && placed.AssessmentID != assessmentID {
			return 0, fault.Field("assessmentSections", "The sections belong to different assessments.")
		}
		assessmentID = placed.AssessmentID
	}
	return assessmentID, nil
}

// TakesPanel tells whether people evaluate sections of this type.
func TakesPanel(t models.SectionType) bool {
	return !slices.Contains([]models.SectionType{models.ObjectiveSection, models.LandingSection, models.PostSection,
		models.PromoSection, models.InstructionSection}, t)
}

// checkCandidates fills in everybody when nobody is named, and refuses participations of another assessment.
func (a *AddPanel) checkCandidates(w *Work, assessmentID int64) error {
	a.AssessmentCandidates = RefsTo(a.AssessmentCandidates.IDs())
	if len(a.AssessmentCandidates) == 0 {
		var ids []int64
		err := w.Own().Model(&models.AssessmentCandidate{}).Where("assessment_id = ? AND status_id NOT IN ?", assessmentID,
			[]int64{models.Rejected.ID(), models.Suspended.ID(), models.Archived.ID()}).Order("id").Pluck("id", &ids).Error
		if err != nil {
			return fmt.Errorf("list the assessment's candidates: %w", err)
		}
		if len(ids) == 0 {
			return fault.New(fault.Conflict, "There is nobody to evaluate yet: invite candidates first.")
		}
		a.AssessmentCandidates = RefsTo(ids)
		return nil
	}
	invitations, err := loadInvitations(w, a.AssessmentCandidates.IDs())
	if err != nil {
		return err
	}
	if len(invitations) < len(a.AssessmentCandidates) {
		return fault.Missing("assessment candidate")
	}
	for _, p := range invitations {
		if p.AssessmentID != assessmentID {
			return fault.Field("assessmentCandidates", "The candidates belong to another assessment than the section.")
		}
	}
	return nil
}

// Batch implements Queued.
func (a *AddPanel) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	ids, next := a.AssessmentCandidates.chunk(cursor, panelBatch)
	for _, section := range a.AssessmentSections {
		panels, err := a.placePanels(w, section.ID)
		if err != nil {
			return cursor, err
		}
		if err := a.replace(w, section.ID, ids, cursor, panels); err != nil {
			return cursor, err
		}
		if a.IsNotify && next == a.Size() {
			if err := tellPanel(ctx, w, notify.PanelAssigned, section.ID, a.Panel.IDs(), nil); err != nil {
				return cursor, err
			}
		}
	}
	for range ids {
		w.Done()
	}
	return next, a.announce(w)
}

func (a *AddPanel) announce(w *Work) error {
	var placed models.AssessmentSection
	if err := w.Own().First(&placed, a.AssessmentSections[0].ID).Error; err != nil {
		return fmt.Errorf("load assessment section: %w", err)
	}
	w.Changed(TopicAssessment, placed.AssessmentID)
	return nil
}

// placePanels returns the panels of the users on the section, in the order in which they were named.
func (a *AddPanel) placePanels(w *Work, sectionID int64) ([]int64, error) {
	var ids []int64
	for _, user := range a.Panel {
		panel := models.Panel{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
			AssessmentSectionID: sectionID, UserID: user.ID}
		if err := w.Tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&panel).Error; err != nil {
			return nil, fmt.Errorf("place panelist: %w", err)
		}
		if err := w.Own().Where("assessment_section_id = ? AND user_id = ?", sectionID, user.ID).First(&panel).Error; err != nil {
			return nil, fmt.Errorf("find panelist: %w", err)
		}
		ids = append(ids, panel.ID)
	}
	return ids, nil
}

// replace gives the candidates from place offset of the list their new panel in one section.
func (a *AddPanel) replace(w *Work, sectionID int64, participations []int64, offset int, panels []int64) error {
	var attempts []models.AssessmentSectionCandidate
	err := w.Own().Where("assessment_section_id = ? AND assessment_candidate_id IN ?", sectionID, participations).
		Find(&attempts).Error
	if err != nil {
		return fmt.Errorf("load attempts: %w", err)
	}
	due := a.EndDate.UTC()
	var attemptIDs []int64
	var rows []models.PanelCandidate
	for _, attempt := range attempts {
		attemptIDs = append(attemptIDs, attempt.ID)
		for _, panelID := range a.share(panels, offset+slices.Index(participations, attempt.AssessmentCandidateID)) {
			rows = append(rows, models.PanelCandidate{Owned: attempt.Owned, PanelID: panelID, DueAt: &due,
				AssessmentCandidateID: attempt.AssessmentCandidateID, AssessmentSectionCandidateID: attempt.ID,
				AddedBy: w.Actor.UserID()})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	old, err := openPanelsOf(w, "assessment_section_candidate_id IN ?", attemptIDs)
	if err != nil {
		return err
	}
	err = w.Own().Where("assessment_section_candidate_id IN ? AND NOT is_evaluated", attemptIDs).Delete(&models.PanelCandidate{}).Error
	if err != nil {
		return fmt.Errorf("clear the old panel: %w", err)
	}
	err = w.Tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "panel_id"}, {Name: "assessment_section_candidate_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"due_at"})}).CreateInBatches(&rows, 50).Error
	if err != nil {
		return fmt.Errorf("assign panel: %w", err)
	}
	return enterDue(w, RefsTo(append(old, panels...)).IDs())
}

// share returns which panels get the candidate at a place of the list.
func (a *AddPanel) share(panels []int64, place int) []int64 {
	if a.Mode == PanelEvenSplit {
		return panels[place%len(panels) : place%len(panels)+1]
	}
	return panels
}
