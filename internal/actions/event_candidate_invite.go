package actions

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm/clause"
)

// EventCandidateInvite invites candidates to an event. Who has the address of one of the organization's candidates is that
// candidate; anybody else becomes one. Who is invited already is refused.
type EventCandidateInvite struct {
	EventID    int64       `json:"event_id" needs:"yes"`
	Candidates EventGuests `json:"candidates" needs:"yes"`
	IsNotify   bool        `json:"isNotify"`

	// Members that the document shows in the answer only: they are taken and change nothing.
	HasSelectAssessment bool       `json:"has_select_assessment"`
	AssessmentSectionID *int64     `json:"assessment_section_id"`
	RegistrationEndDate *time.Time `json:"registration_end_date"`
}

// EventGuests are the candidates of an invitation to an event: one in an object of the member _content, one without it, or
// a list of either.
type EventGuests []CandidateInput

// UnmarshalJSON accepts every form.
func (g *EventGuests) UnmarshalJSON(text []byte) error {
	all := []json.RawMessage{text}
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] == '[' {
		if err := json.Unmarshal(trimmed, &all); err != nil {
			return err
		}
	}
	*g = nil
	for _, one := range all {
		var guest struct {
			Content *CandidateInput `json:"_content"`
			CandidateInput
		}
		if err := json.Unmarshal(one, &guest); err != nil {
			return fault.New(fault.Invalid, "A candidate is an object with email, first_name, last_name and phone.")
		}
		if guest.Content != nil {
			guest.CandidateInput = *guest.Content
		}
		*g = append(*g, guest.CandidateInput)
	}
	return nil
}

// Grant implements Action.
func (*EventCandidateInvite) Grant() access.Grant { return "event.invite" }

// Validate implements Action.
func (a *EventCandidateInvite) Validate() error {
	bad := fault.Fields{}
	if a.EventID < 1 {
		bad["event_id"] = "Say which event it is."
	}
	if len(a.Candidates) == 0 || len(a.Candidates) > mostAtOnce {
		bad["candidates"] = fmt.Sprintf("Invite 1 to %d candidates at once.", mostAtOnce)
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *EventCandidateInvite) Perform(ctx context.Context, w *Work) error {
	o, err := lockEvent(w, a.EventID)
	if err != nil {
		return err
	}
	if !o.event.AllowsInviting() {
		return fault.New(fault.Conflict, "Nobody can be invited: the event is %s. Open it first.", lower(o.event.Status.Label()))
	}
	for _, guest := range a.Candidates {
		err := w.unit(func() error { return a.invite(ctx, w, o, guest) })
		switch _, known := fault.As(err); {
		case err == nil:
			w.Done()
		case !known || len(a.Candidates) == 1:
			return err
		default:
			w.Refused(guest.Email, err)
		}
	}
	return nil
}

func (a *EventCandidateInvite) invite(ctx context.Context, w *Work, o occasion, guest CandidateInput) error {
	candidate, err := guestOf(ctx, w, guest)
	if err != nil {
		return err
	}
	row := models.EventCandidate{Owned: o.event.Owned, Authored: authored(w), EventID: o.event.ID, CandidateID: candidate.ID}
	done := w.Tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "event_id"}, {Name: "candidate_id"}}, DoNothing: true}).Create(&row)
	if done.Error != nil {
		return fmt.Errorf("invite to an event: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return fault.New(fault.Conflict, "%s is invited already.", candidate.Name())
	}
	if a.IsNotify {
		if err := w.Notify(ctx, o.guestNotice(w, notify.EventInvitation, candidate)); err != nil {
			return err
		}
	}
	return w.Audit(ledger.Entry{Verb: "event-candidate-invite", SubjectType: "event", SubjectID: o.event.ID,
		Detail: map[string]any{"candidate": candidate.ID}})
}

// guestOf returns the candidate with the address, made if there is none.
func guestOf(ctx context.Context, w *Work, guest CandidateInput) (models.Candidate, error) {
	if err := guest.validate(); err != nil {
		return models.Candidate{}, err
	}
	var found []models.Candidate
	if err := w.Own().Where("email = ? AND NOT is_deleted", guest.Email).Limit(1).Find(&found).Error; err != nil {
		return models.Candidate{}, fmt.Errorf("find the candidate: %w", err)
	}
	if len(found) > 0 {
		return found[0], nil
	}
	create := &CreateCandidate{CandidateInput: guest}
	if err := w.Also(ctx, create); err != nil {
		return models.Candidate{}, database.Fault(err, "candidate")
	}
	return create.Candidate, nil
}
