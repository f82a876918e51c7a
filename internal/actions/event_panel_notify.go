package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// EventPanelNotify writes to evaluators of an event who still have candidates of its assessments to evaluate: to those
// that are named, or to all.
type EventPanelNotify struct {
	EventID          int64 `json:"event_id" needs:"yes"`
	EventUsers       Refs  `json:"eventUsers"`
	RegisterReminder bool  `json:"register_reminder"` // taken, as documented, and without a meaning
	AttendReminder   bool  `json:"attend_reminder"`   // likewise
}

// Grant implements Action.
func (*EventPanelNotify) Grant() access.Grant { return "event.invite" }

// Validate implements Action.
func (a *EventPanelNotify) Validate() error {
	if a.EventID < 1 {
		return fault.Field("event_id", "Say which event it is.")
	}
	if len(a.EventUsers) > mostAtOnce {
		return fault.Field("eventUsers", "That is too many at once.")
	}
	return nil
}

// Perform implements Action.
func (a *EventPanelNotify) Perform(ctx context.Context, w *Work) error {
	o, err := lockEvent(w, a.EventID)
	if err != nil {
		return err
	}
	if err := o.mustGoOn(); err != nil {
		return err
	}
	users, err := a.evaluators(w)
	if err != nil {
		return err
	}
	waiting, err := o.waitingFor(w, users)
	if err != nil {
		return err
	}
	var notices []notify.Notice
	for _, user := range users {
		count := waiting[user.ID]
		if count == 0 {
			w.Refused(user.Name, fault.New(fault.Conflict, "has nothing to evaluate."))
			continue
		}
		notices = append(notices, o.hostNotice(w, user, count))
		w.Done()
	}
	if err := w.NotifyAll(ctx, notices); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "event-panel-notify", SubjectType: "event", SubjectID: a.EventID,
		Detail: map[string]any{"users": len(users), "written_to": len(notices)}})
}

// evaluators returns the panel of the event, without who declined.
func (a *EventPanelNotify) evaluators(w *Work) ([]models.User, error) {
	seats := w.Own().Where("event_id = ? AND role = ? AND status <> ?", a.EventID, models.EventEvaluator, models.EventUserDeclined)
	named := RefsTo(a.EventUsers.IDs()).IDs()
	if len(named) > 0 {
		seats = seats.Where("id IN ?", named)
	}
	var seated []models.EventUser
	if err := seats.Order("id").Find(&seated).Error; err != nil {
		return nil, fmt.Errorf("find the event's panel: %w", err)
	}
	if len(seated) < len(named) {
		return nil, fault.Missing("event user")
	}
	ids := make([]int64, len(seated))
	for i, s := range seated {
		ids[i] = s.UserID
	}
	var users []models.User
	if err := w.Own().Where("id IN ? AND NOT is_deleted", ids).Order("id").Find(&users).Error; err != nil {
		return nil, fmt.Errorf("load the event's panel: %w", err)
	}
	if len(users) == 0 {
		return nil, fault.New(fault.Conflict, "The event has no panel to write to.")
	}
	return users, nil
}

// waitingFor counts how many candidates of the event's assessments wait for each of the users.
func (o occasion) waitingFor(w *Work, users []models.User) (map[int64]int64, error) {
	ids := make([]int64, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	var loads []load
	err := w.Own("pc").Table("panel_candidates pc").Select("p.user_id, COUNT(*) AS count").
		Joins("JOIN panels p ON p.id = pc.panel_id").Joins("JOIN assessment_sections s ON s.id = p.assessment_section_id").
		Where("s.assessment_id IN (SELECT assessment_id FROM event_assessments WHERE event_id = ?)", o.event.ID).
		Where("p.user_id IN ? AND NOT pc.is_evaluated", ids).Group("p.user_id").Scan(&loads).Error
	if err != nil {
		return nil, fmt.Errorf("count what waits for the event's panel: %w", err)
	}
	counts := map[int64]int64{}
	for _, l := range loads {
		counts[l.UserID] = l.Count
	}
	return counts, nil
}

func (o occasion) hostNotice(w *Work, user models.User, count int64) notify.Notice {
	tags := o.tags(w, user.TimeZone)
	tags["user-name"], tags["link"], tags["count"] = user.Name, w.Link("/evaluations"), fmt.Sprintf("%d candidates", count)
	if count == 1 {
		tags["count"] = "1 candidate"
	}
	return notify.Notice{Type: notify.EventPanel, To: user.Email, Phone: user.Phone, Tags: tags}
}
