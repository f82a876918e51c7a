package actions

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Register has somebody take part in an assessment that is open to everybody: whoever the token stands for, or for a
// stranger the person that the input names. The invitation goes to the address, so that nobody gets in under another's.
// Who takes part already keeps that participation and gets the link again. It returns NotFound for a section that is not
// open to everybody.
type Register struct {
	AssessmentSectionID int64
	Email               string
	FirstName           string
	MiddleName          string
	LastName            string
	Phone               string
	Address             string // network address, for the limits

	Attempt models.AssessmentSectionCandidate // at the section
	Link    string                            // stands for the attempt in the candidate's link
}

// registeredFor is how long a participation lasts where neither the section nor the assessment ends.
const registeredFor = 30 * 24 * time.Hour

// Grant implements Action.
func (*Register) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *Register) Validate() error {
	if a.AssessmentSectionID == 0 {
		return fault.Field("assessment_section_id", "Say which section this is about.")
	}
	return nil
}

// Prepare implements Prepared: tries are counted whatever becomes of the transaction.
func (a *Register) Prepare(_ context.Context, w *Work) error {
	switch w.Actor.Kind {
	case access.User, access.Candidate:
		if a.named() {
			return fault.Field("email", "Leave the person out: the token says who registers.")
		}
		return w.World.Limits.try(a.Address, "register "+string(w.Actor.Kind)+" "+strconv.FormatInt(w.Actor.ID, 10))
	case access.Nobody:
		in := a.person()
		if err := in.validate(); err != nil {
			return err
		}
		return w.World.Limits.tryAnywhere(a.Address, "register "+in.Email)
	}
	return fault.New(fault.Forbidden, "This token stands for no person who could take part.")
}

func (a *Register) named() bool { return a.Email+a.FirstName+a.MiddleName+a.LastName+a.Phone != "" }

func (a *Register) person() CandidateInput {
	return CandidateInput{Email: a.Email, FirstName: a.FirstName, MiddleName: a.MiddleName, LastName: a.LastName, Phone: a.Phone}
}

// PublicSection returns a section that is open to everybody, of any organization, with its assessment.
func PublicSection(db *gorm.DB, id int64, now time.Time) (models.AssessmentSection, models.Assessment, error) {
	var placed models.AssessmentSection
	var assessment models.Assessment
	if err := db.Where("is_public AND is_visible").First(&placed, id).Error; err != nil {
		return placed, assessment, database.Fault(err, "section")
	}
	if err := db.First(&assessment, placed.AssessmentID).Error; err != nil {
		return placed, assessment, database.Fault(err, "section")
	}
	if !assessment.AllowsInviting() || isPast(assessment.EndDate, now) || isPast(placed.EndDate, now) {
		return placed, assessment, fault.Missing("section")
	}
	return placed, assessment, nil
}

func isPast(t *time.Time, now time.Time) bool { return t != nil && !now.Before(*t) }

// Perform implements Action.
func (a *Register) Perform(ctx context.Context, w *Work) error {
	placed, assessment, err := PublicSection(w.Tx, a.AssessmentSectionID, w.Now)
	if err != nil {
		return err
	}
	caller := w.Actor
	w.Actor = access.Program(placed.OrganizationID)
	invite := Invite{AssessmentID: assessment.ID, EndDate: w.Now.Add(registeredFor), IsNotify: true}
	if until := models.Earliest(assessment.EndDate, placed.EndDate); until != nil {
		invite.EndDate = *until
	}
	in, err := invite.load(w)
	if err != nil {
		return err
	}
	candidate, err := a.candidate(ctx, w, caller)
	if err != nil {
		return err
	}
	participation, err := a.takePart(ctx, w, in, candidate)
	if err != nil {
		return err
	}
	err = w.Own().Where("assessment_candidate_id = ? AND assessment_section_id = ?", participation.ID, placed.ID).First(&a.Attempt).Error
	if err != nil {
		return database.Fault(err, "section")
	}
	a.Link = w.World.Links.Code(a.Attempt.ID, participation.LinkEpoch, w.Now)
	w.Changed(TopicAssessment, assessment.ID)
	return w.Audit(ledger.Entry{Verb: "register", SubjectType: "assessment_candidate", SubjectID: participation.ID,
		Detail: map[string]any{"section": placed.ID, "by": string(caller.Kind)}})
}

// takePart invites the candidate, or finds the participation that there is, and mails the link.
func (a *Register) takePart(ctx context.Context, w *Work, in inviting, c models.Candidate) (models.AssessmentCandidate, error) {
	people := []invitee{{c.Email, c}}
	var known []models.AssessmentCandidate
	err := w.Own().Where("assessment_id = ? AND candidate_id = ?", in.assessment.ID, c.ID).Limit(1).Find(&known).Error
	if err != nil {
		return models.AssessmentCandidate{}, fmt.Errorf("find the participation: %w", err)
	}
	if len(known) == 0 {
		if known, err = in.participations(w, people); err != nil {
			return models.AssessmentCandidate{}, err
		}
		if _, err := in.attempts(w, known); err != nil {
			return known[0], err
		}
	}
	if known[0].Status() >= models.Completed || known[0].EndDate == nil {
		return known[0], nil
	}
	var attempts []models.AssessmentSectionCandidate
	if err := w.Own().Where("assessment_candidate_id = ?", known[0].ID).Order("id").Limit(1).Find(&attempts).Error; err != nil {
		return known[0], fmt.Errorf("load attempts: %w", err)
	}
	if len(attempts) == 0 {
		return known[0], fault.Missing("section")
	}
	return known[0], in.tell(ctx, w, people, known, attempts)
}

// candidate returns the organization's candidate who registers, made when there is none. What is known of one stays as it
// is: a stranger is not believed, and is told nothing.
func (a *Register) candidate(ctx context.Context, w *Work, caller access.Actor) (models.Candidate, error) {
	input := a.person()
	switch caller.Kind {
	case access.Candidate:
		var own models.Candidate
		if err := w.Tx.Where("NOT is_deleted").First(&own, caller.ID).Error; err != nil {
			return own, database.Fault(err, "candidate")
		}
		input = CandidateInput{Email: own.Email, FirstName: own.FirstName, MiddleName: textOf(own.MiddleName),
			LastName: textOf(own.LastName), Phone: textOf(own.Phone)}
	case access.User:
		input.Email = caller.Email
		input.FirstName, input.LastName = addresses.Names(caller.Name)
	}
	input.tidy()
	found, made, err := findOrMake(ctx, w, input)
	if err != nil || found.IsRegistered || caller.Kind == access.Nobody && !made {
		return found, err
	}
	if err := w.Tx.Model(&found).Update("is_registered", true).Error; err != nil {
		return found, fmt.Errorf("note the registration: %w", err)
	}
	return found, nil
}

// findOrMake returns the organization's candidate with the address, and whether there was none before.
func findOrMake(ctx context.Context, w *Work, input CandidateInput) (c models.Candidate, made bool, err error) {
	known, err := findCandidate(w, input.Email)
	if err != nil || known != nil {
		return deref(known), false, err
	}
	create := &CreateCandidate{CandidateInput: input}
	refused := w.unit(func() error { return w.Also(ctx, create) })
	if refused == nil {
		return create.Candidate, true, nil
	}
	// Somebody may have made the candidate at the same moment.
	if known, err = findCandidate(w, input.Email); err != nil || known != nil {
		return deref(known), false, err
	}
	return models.Candidate{}, false, refused
}

func findCandidate(w *Work, email string) (*models.Candidate, error) {
	var found []models.Candidate
	if err := w.Own().Where("email = ? AND NOT is_deleted", email).Limit(1).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("find candidates by address: %w", err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}

func deref(c *models.Candidate) models.Candidate {
	if c == nil {
		return models.Candidate{}
	}
	return *c
}
