package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// RemindPanel writes to the panelists who still have some of the participations to evaluate, one message a panelist and
// section. EndDate, when set, is the new day until which they are needed.
type RemindPanel struct {
	AssessmentCandidates Refs       `json:"assessmentCandidates" needs:"yes"`
	IsNotify             bool       `json:"isNotify" needs:"yes"`
	EndDate              *time.Time `json:"endDate"`
	Panel                Refs       `json:"panel"` // only these users; empty for every panelist

	Waiting []int64 `json:"waiting,omitempty" wire:"own"` // panels that are written to
}

const remindBatch = 50

// Size implements Queued.
func (a *RemindPanel) Size() int { return len(a.Waiting) }

// Grant implements Action.
func (*RemindPanel) Grant() access.Grant { return "panel.assign" }

// Validate implements Action.
func (a *RemindPanel) Validate() error {
	bad := fault.Fields{}
	checkRefs(bad, "assessmentCandidates", a.AssessmentCandidates)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *RemindPanel) Perform(_ context.Context, w *Work) error {
	if a.EndDate != nil && !a.EndDate.After(w.Now) {
		return fault.Field("endDate", "The last day must lie in the future.")
	}
	a.AssessmentCandidates = RefsTo(a.AssessmentCandidates.IDs())
	ids := a.AssessmentCandidates.IDs()
	invitations, err := loadInvitations(w, ids)
	if err != nil {
		return err
	}
	if len(invitations) < len(ids) {
		return fault.Missing("assessment candidate")
	}
	waitingFor, err := openPanels(w, ids)
	if err != nil {
		return err
	}
	if len(a.Panel) > 0 {
		named := a.Panel.IDs()
		waitingFor = slices.DeleteFunc(waitingFor, func(p models.Panel) bool { return !slices.Contains(named, p.UserID) })
	}
	if len(waitingFor) == 0 {
		return fault.New(fault.Conflict, "Nobody is left to remind: every assigned evaluation is in.")
	}
	a.Waiting = nil
	for _, panel := range waitingFor {
		a.Waiting = append(a.Waiting, panel.ID)
	}
	if err := a.note(w, ids); err != nil {
		return err
	}
	w.Changed(TopicAssessment, invitations[0].AssessmentID)
	return w.Audit(ledger.Entry{Verb: "remind-panel", SubjectType: "assessment", SubjectID: invitations[0].AssessmentID,
		Detail: map[string]any{"candidates": len(ids), "panelists": len(waitingFor)}})
}

// Batch implements Queued.
func (a *RemindPanel) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	next := min(cursor+remindBatch, len(a.Waiting))
	var panels []models.Panel
	if err := w.Own().Where("id IN ?", a.Waiting[cursor:next]).Order("id").Find(&panels).Error; err != nil {
		return cursor, fmt.Errorf("load panels: %w", err)
	}
	for _, panel := range panels {
		if a.IsNotify {
			err := tellPanel(ctx, w, notify.PanelReminder, panel.AssessmentSectionID, []int64{panel.UserID}, a.AssessmentCandidates.IDs())
			if err != nil {
				return cursor, err
			}
		}
		w.Done()
	}
	return next, nil
}

func openPanels(w *Work, participations []int64) ([]models.Panel, error) {
	var found []models.Panel
	err := w.Own("panels").Where("EXISTS (SELECT 1 FROM panel_candidates pc WHERE pc.panel_id = panels.id AND NOT pc.is_evaluated "+
		"AND pc.assessment_candidate_id IN ?)", participations).Order("panels.id").Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("find open panels: %w", err)
	}
	return found, nil
}

func (a *RemindPanel) note(w *Work, participations []int64) error {
	changes := map[string]any{"reminded_at": w.Now}
	if a.EndDate != nil {
		changes["due_at"] = a.EndDate.UTC()
	}
	err := w.Own().Model(&models.PanelCandidate{}).Where("assessment_candidate_id IN ? AND panel_id IN ? AND NOT is_evaluated", participations, a.Waiting).
		Updates(changes).Error
	if err != nil {
		return fmt.Errorf("note the reminder: %w", err)
	}
	return enterDue(w, a.Waiting)
}

// load is what one panelist still has to evaluate in one section.
type load struct {
	UserID int64
	Count  int64
}

// tellPanel writes to users about what they have to evaluate in a section; of the given participations, or of all.
func tellPanel(ctx context.Context, w *Work, kind string, sectionID int64, users, participations []int64) error {
	tags, assessmentID, err := panelTags(w, sectionID)
	if err != nil {
		return err
	}
	loads, err := loadsOf(w, sectionID, users, participations)
	if err != nil {
		return err
	}
	for _, l := range loads {
		var user models.User
		if err := w.Own().First(&user, l.UserID).Error; err != nil {
			return fmt.Errorf("load panelist: %w", err)
		}
		own := notify.Tags{"user-name": user.Name, "count": fmt.Sprintf("%d candidates", l.Count), "due-date": "as soon as you can"}
		if l.Count == 1 {
			own["count"] = "1 candidate"
		}
		due, err := firstDue(w, sectionID, l.UserID)
		if err != nil {
			return err
		}
		if due != nil {
			own["due-date"] = "until " + dateIn(*due, user.TimeZone)
		}
		for name, value := range tags {
			own[name] = value
		}
		if err := w.Notify(ctx, notify.Notice{Type: kind, To: user.Email, Phone: user.Phone, Tags: own, AssessmentID: &assessmentID}); err != nil {
			return err
		}
	}
	return nil
}

func panelTags(w *Work, sectionID int64) (notify.Tags, int64, error) {
	var names struct {
		AssessmentID                      int64
		Assessment, Section, Organization string
	}
	err := w.Own("s").Table("assessment_sections s").
		Select("a.id AS assessment_id, a.title AS assessment, b.title AS section, o.name AS organization").
		Joins("JOIN assessments a ON a.id = s.assessment_id").Joins("JOIN sections b ON b.id = s.section_id").
		Joins("JOIN organizations o ON o.id = s.organization_id").Where("s.id = ?", sectionID).Take(&names).Error
	if err != nil {
		return nil, 0, fmt.Errorf("load the names of a section: %w", err)
	}
	return notify.Tags{"assessment-name": names.Assessment, "section-name": names.Section,
		"organization-name": names.Organization, "link": w.Link("/evaluations")}, names.AssessmentID, nil
}

func loadsOf(w *Work, sectionID int64, users, participations []int64) ([]load, error) {
	query := w.Own("pc").Table("panel_candidates pc").Select("p.user_id, COUNT(*) AS count").
		Joins("JOIN panels p ON p.id = pc.panel_id").
		Where("p.assessment_section_id = ? AND p.user_id IN ? AND NOT pc.is_evaluated", sectionID, users)
	if participations != nil {
		query = query.Where("pc.assessment_candidate_id IN ?", participations)
	}
	var loads []load
	if err := query.Group("p.user_id").Order("p.user_id").Scan(&loads).Error; err != nil {
		return nil, fmt.Errorf("count what panelists have to evaluate: %w", err)
	}
	return loads, nil
}

// firstDue returns when the first of a panelist's open assignments in a section is needed; nil when no day is set.
func firstDue(w *Work, sectionID, userID int64) (*time.Time, error) {
	var first []models.PanelCandidate
	err := w.Own("panel_candidates").Joins("JOIN panels p ON p.id = panel_candidates.panel_id").
		Where("p.assessment_section_id = ? AND p.user_id = ? AND NOT panel_candidates.is_evaluated AND panel_candidates.due_at IS NOT NULL",
			sectionID, userID).Order("panel_candidates.due_at").Limit(1).Find(&first).Error
	if err != nil || len(first) == 0 {
		return nil, err
	}
	return first[0].DueAt, nil
}
