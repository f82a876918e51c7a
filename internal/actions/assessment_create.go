package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// CreateAssessment makes an assessment together with its sections and their slots.
type CreateAssessment struct {
	Title       string                  `json:"title" needs:"yes"`
	Description string                  `json:"description"`
	ExternalID  string                  `json:"externalID"`
	StartDate   *time.Time              `json:"start_date"`
	EndDate     *time.Time              `json:"end_date"`
	Status      models.AssessmentStatus `json:"assessmentStatus"`
	OwnedBy     *int64                  `json:"owned_by"`
	CF          map[string]any          `json:"cf"`
	IsPractice  bool                    `json:"is_practice"`
	TemplateID  *int64                  `json:"templateID"` // assessment whose sections are copied before the given ones
	Sections    []SectionInput          `json:"sections" needs:"yes"`
	Theme       *string                 `json:"theme"`
	PrePage     *string                 `json:"pre_page"`
	FormURL     *string                 `json:"form_url"`
	PostURL     *string                 `json:"post_url"`
	Promo       *string                 `json:"promo"`

	Assessment models.Assessment `json:"-"` // what was made
}

// SectionInput is one section of an assessment to be made: the block and the rules it is taken under. Times are
// seconds.
type SectionInput struct {
	Order           int                          `json:"order"`
	Title           string                       `json:"title"`
	Type            models.SectionType           `json:"section_type_id"`
	PositiveMark    *float64                     `json:"positive_mark"`
	NegativeMark    *float64                     `json:"negative_mark"`
	CutOff          *float64                     `json:"cut_off"`
	IsPlaylist      *bool                        `json:"isPlaylist"`
	IsReview        *bool                        `json:"is_review"`
	IsProctor       *bool                        `json:"is_proctor"`
	IsScreenshare   *bool                        `json:"is_screenshare"`
	IsSkipAllowed   *bool                        `json:"isSkipAllowed"`
	IsRetake        *bool                        `json:"isRetake"`
	MaxSectionTime  *int                         `json:"max_section_time"`
	MaxQuestionTime *int                         `json:"max_question_time"`
	Intro           string                       `json:"intro"`
	Conclusion      string                       `json:"conclusion"`
	MultipleAnswer  models.MultipleAnswerScoring `json:"-"`
	Combined        []SlotInput                  `json:"combined"`
}

// SlotInput is one slot of a section: a given question, or how many to draw from a skill.
type SlotInput struct {
	QuestionID *int64 `json:"question_id"`
	SkillID    *int64 `json:"skill_id"`
	Count      *int   `json:"q_count"`
	SortOrder  int    `json:"sort_order"`

	Difficulty models.Difficulty `json:"-"` // drawn questions only of this grade; empty for any
}

// Grant implements Action.
func (*CreateAssessment) Grant() access.Grant { return "assessment.create" }

// Links are the links of the recorded action, once it is done.
func (a *CreateAssessment) Links() map[string]string {
	return map[string]string{"assessment": linkTo("/models/assessment", a.Assessment.ID)}
}

// Validate implements Action.
func (a *CreateAssessment) Validate() error {
	bad := fault.Fields{}
	a.Title = strings.TrimSpace(a.Title)
	if a.Title == "" {
		bad["title"] = "Give the assessment a title."
	}
	if a.StartDate != nil && a.EndDate != nil && !a.EndDate.After(*a.StartDate) {
		bad["end_date"] = "The end must come after the start."
	}
	if a.Status == 0 {
		a.Status = models.AssessmentDraft
	}
	for name, address := range map[string]*string{"form_url": a.FormURL, "post_url": a.PostURL} {
		if address != nil && *address != "" && !strings.HasPrefix(*address, "https://") && !strings.HasPrefix(*address, "http://") {
			bad[name] = "An address begins with https:// or http://."
		}
	}
	if a.Status.Label() == "" {
		bad["assessmentStatus"] = "There is no such status."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *CreateAssessment) Perform(_ context.Context, w *Work) error {
	if err := ownUser(w, a.OwnedBy); err != nil {
		return err
	}
	cf, err := checkCustom(w, models.AssessmentField, nil, a.CF)
	if err != nil {
		return err
	}
	owner := a.OwnedBy
	if owner == nil {
		owner = w.Actor.UserID()
	}
	a.Assessment = models.Assessment{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Title: a.Title,
		Description: richtext.Sanitize(a.Description), ExternalID: optional(a.ExternalID), StartDate: a.StartDate,
		EndDate: a.EndDate, StatusID: a.Status, OwnedBy: owner, CF: cf, IsPractice: a.IsPractice, OutageCreditCap: 600,
		Theme: a.Theme, PrePage: a.PrePage, FormURL: a.FormURL, PostURL: a.PostURL, Promo: a.Promo, TemplateID: a.TemplateID,
		SearchText: textfold.Fold(a.Title + " " + a.ExternalID),
	}
	if err := w.Tx.Create(&a.Assessment).Error; err != nil {
		return database.Fault(fmt.Errorf("create assessment: %w", err), "assessment")
	}
	if err := a.build(w); err != nil {
		return err
	}
	if a.Status == models.AssessmentOpen {
		if err := refuseBlocked(w, a.Assessment); err != nil {
			return err
		}
	}
	w.Done()
	return w.Audit(ledger.Entry{Verb: "create-assessment", SubjectType: "assessment", SubjectID: a.Assessment.ID,
		Detail: map[string]any{"title": a.Title, "sections": len(a.Sections)}})
}

// build makes the sections: those of the template first, then those that were given.
func (a *CreateAssessment) build(w *Work) error {
	if a.TemplateID != nil {
		err := w.Own().Where("NOT is_deleted").First(&models.Assessment{}, *a.TemplateID).Error
		if err != nil {
			return database.Fault(err, "assessment to copy from")
		}
		if err := copySections(w, *a.TemplateID, a.Assessment.ID); err != nil {
			return err
		}
	}
	for i, in := range a.Sections {
		if in.Order == 0 {
			in.Order = i + 1
		}
		if _, err := placeSection(w, a.Assessment.ID, in); err != nil {
			return err
		}
	}
	return nil
}

// placeSection makes a section and puts it into an assessment under its rules.
func placeSection(w *Work, assessmentID int64, in SectionInput) (models.AssessmentSection, error) {
	section := models.Section{
		Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Title: in.Title,
		SectionTypeID: in.Type,
	}
	if err := w.Tx.Create(&section).Error; err != nil {
		return models.AssessmentSection{}, fmt.Errorf("create section: %w", err)
	}
	placed, err := place(w, in.rules(), assessmentID, section, in.Order)
	if err != nil {
		return placed, err
	}
	for i, slot := range in.Combined {
		if _, err := addSlot(w, section, slot, i+1); err != nil {
			return placed, err
		}
	}
	return placed, nil
}

// rules returns the assessment section that the input describes, with the defaults of what it leaves out.
func (in SectionInput) rules() models.AssessmentSection {
	or := func(p *bool, otherwise bool) bool {
		if p == nil {
			return otherwise
		}
		return *p
	}
	mark := func(p *float64, otherwise float64) float64 {
		if p == nil {
			return otherwise
		}
		return *p
	}
	scoring := in.MultipleAnswer
	if scoring == "" {
		scoring = models.AllOrNothing
	}
	return models.AssessmentSection{
		IsProctor: or(in.IsProctor, false), IsScreenShare: or(in.IsScreenshare, false), IsReview: or(in.IsReview, true), IsSkipAllowed: or(in.IsSkipAllowed, true),
		IsVisible: true, IsRetake: or(in.IsRetake, true), IsPlaylist: or(in.IsPlaylist, true),
		MaxSectionTime: in.MaxSectionTime, MaxQuestionTime: in.MaxQuestionTime, IsScoreBreakup: true, CutOff: in.CutOff,
		Intro: optional(richtext.Sanitize(in.Intro)), Conclusion: optional(richtext.Sanitize(in.Conclusion)),
		PositiveMark: mark(in.PositiveMark, 1), NegativeMark: mark(in.NegativeMark, 0), MultipleAnswer: scoring,
		HideOthers: true,
	}
}

func addSlot(w *Work, section models.Section, in SlotInput, order int) (models.SectionSlot, error) {
	slot := models.SectionSlot{Owned: section.Owned, Authored: authored(w), SectionID: section.ID, QuestionID: in.QuestionID,
		SkillID: in.SkillID, Count: in.Count, Difficulty: in.Difficulty, SortOrder: order}
	if in.SortOrder != 0 {
		slot.SortOrder = in.SortOrder
	}
	switch {
	case in.QuestionID != nil:
		var question models.Question
		if err := w.Own().Where("NOT is_deleted").First(&question, *in.QuestionID).Error; err != nil {
			return slot, database.Fault(err, "question")
		}
		if !section.SectionTypeID.Accepts(question.Type) {
			return slot, fault.Field("question_id", "A question of type %s does not belong into a section of type %s.",
				question.Type.Label(), section.SectionTypeID.Label())
		}
	case in.SkillID != nil:
		if err := w.Own().First(&models.Skill{}, *in.SkillID).Error; err != nil {
			return slot, database.Fault(err, "skill")
		}
		if in.Count == nil || *in.Count < 1 {
			return slot, fault.Field("q_count", "Say how many questions to draw.")
		}
	default:
		return slot, fault.Field("combined", "A slot needs a question or a skill.")
	}
	if err := w.Tx.Create(&slot).Error; err != nil {
		return slot, fmt.Errorf("add slot: %w", err)
	}
	return slot, nil
}

func authored(w *Work) models.Authored {
	return models.Authored{CreatedBy: w.Actor.UserID(), UpdatedBy: w.Actor.UserID()}
}
