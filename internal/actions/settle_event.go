package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

const eventCodeDigits = 10

// SettleEvent checks an event and completes it: its code, its owner, what searches find. A new event may begin open.
func SettleEvent(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	e := change.Row.(*models.Event)
	if e.Title = strings.Join(strings.Fields(e.Title), " "); e.Title == "" {
		return fault.Field("title", "Give the event a title.")
	}
	if err := eventTimes(e); err != nil {
		return err
	}
	if err := eventMove(change, e); err != nil {
		return err
	}
	e.SearchText = textfold.Fold(e.Title + " " + textOf(e.City) + " " + textOf(e.ExternalID) + " " + e.Code)
	return nil
}

func eventTimes(e *models.Event) error {
	bad := fault.Fields{}
	if e.StartDate != nil && e.EndDate != nil && e.EndDate.Before(*e.StartDate) {
		bad["end_date"] = "The end must come after the start."
	}
	if e.RegistrationStartDate != nil && e.RegistrationEndDate != nil && e.RegistrationEndDate.Before(*e.RegistrationStartDate) {
		bad["registration_end_date"] = "The end must come after the start."
	}
	return fault.Refuse(bad)
}

// eventMove gives a new event its code and owner, and refuses a change that the event's state does not allow: what
// candidates registered by stays once it is open.
func eventMove(change *resource.Change, e *models.Event) error {
	was, changes := change.Was.(*models.Event)
	if !changes {
		code, err := secrets.NumericCode(eventCodeDigits)
		if err != nil {
			return err
		}
		if e.Code = code; e.OwnedBy == nil {
			e.OwnedBy = change.Ask.Actor.UserID()
		}
		return nil
	}
	if e.Status != was.Status && !was.Status.MayBecome(e.Status) {
		return fault.Field("status", "%s cannot follow %s.", e.Status.Label(), was.Status.Label())
	}
	formMoved := textOfID(e.RegistrationFormID) != textOfID(was.RegistrationFormID)
	if !was.AllowsEditing() && (formMoved || e.CanSelectAssessment != was.CanSelectAssessment) {
		return fault.New(fault.Conflict, "The event is %s: how candidates register stays as it is.", lower(was.Status.Label()))
	}
	return nil
}

func textOfID(id *int64) string {
	if id == nil {
		return ""
	}
	return fmt.Sprint(*id)
}

// eventOf returns an event of the organization that is not over.
func eventOf(w *Work, id int64) (models.Event, error) {
	var e models.Event
	err := database.Fault(w.Own().Where("NOT is_deleted").First(&e, id).Error, "event")
	if fault.KindOf(err) == fault.NotFound {
		return e, fault.Field("event_id", "There is no such event.")
	}
	if err != nil {
		return e, err
	}
	if e.Status == models.EventCanceled || e.Status == models.EventComplete {
		return e, fault.New(fault.Conflict, "The event is %s.", lower(e.Status.Label()))
	}
	return e, nil
}

// SettleEventAssessment checks that the event can take or lose an assessment.
func SettleEventAssessment(_ context.Context, change *resource.Change) error {
	_, err := eventOf(stepOf(change), change.Row.(*models.EventAssessment).EventID)
	return err
}

// SettleEventCandidate checks an invitation to an event.
func SettleEventCandidate(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	row, w := change.Row.(*models.EventCandidate), stepOf(change)
	e, err := eventOf(w, row.EventID)
	if err != nil {
		return err
	}
	if !e.AllowsInviting() {
		return fault.New(fault.Conflict, "Nobody can be invited: the event is %s. Open it first.", lower(e.Status.Label()))
	}
	if row.AssessmentCandidateID == nil {
		return nil
	}
	var known int64
	err = w.Own().Model(&models.AssessmentCandidate{}).
		Where("id = ? AND candidate_id = ?", *row.AssessmentCandidateID, row.CandidateID).
		Where("assessment_id IN (SELECT assessment_id FROM event_assessments WHERE event_id = ?)", row.EventID).Count(&known).Error
	if err != nil {
		return fmt.Errorf("look for the participation: %w", err)
	}
	if known == 0 {
		return fault.Field("assessment_candidate_id", "This candidate does not take part in an assessment of the event by it.")
	}
	return nil
}

// SettleEventUser checks a user's part in an event. Only an evaluator has a panel, and only an own one.
func SettleEventUser(_ context.Context, change *resource.Change) error {
	row, w := change.Row.(*models.EventUser), stepOf(change)
	if _, err := eventOf(w, row.EventID); err != nil {
		return err
	}
	if change.Verb == resource.Delete {
		return nil
	}
	if row.Role != models.EventEvaluator {
		if _, set := change.Values["panel_id"]; set && row.PanelID != nil {
			return fault.Field("panel_id", "Only an evaluator has a panel.")
		}
		row.PanelID = nil
	}
	if row.PanelID == nil {
		return nil
	}
	err := w.Own().Where("user_id = ?", row.UserID).First(&models.Panel{}, *row.PanelID).Error
	if fault.KindOf(database.Fault(err, "panel")) == fault.NotFound {
		return fault.Field("panel_id", "There is no such panel of this user.")
	}
	return database.Fault(err, "panel")
}
