package models

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"gorm.io/datatypes"
)

// FormType is the documented form type number.
type FormType int

// The documented form types. Assay's own screens use those of evaluations, of participations and of candidates' data;
// the others are accepted and kept.
const (
	WebForm                   FormType = 1
	EvaluationForm            FormType = 2
	AssessmentCandidateForm   FormType = 3
	FeedbackForm              FormType = 4
	RequisitionForm           FormType = 5
	AssessmentFeedbackForm    FormType = 6
	FitmentForm               FormType = 7
	BackgroundCheckForm       FormType = 8
	CandidateVerificationForm FormType = 9
	OnBoardingForm            FormType = 10
	OfferPrepareForm          FormType = 11
	OfferCandidateForm        FormType = 12
	OfferMakeForm             FormType = 13
	BackgroundCheckInfoForm   FormType = 14
	OnBoardingUserForm        FormType = 15
	OnBoardingCandidateForm   FormType = 16
	CandidateDataForm         FormType = 17
	AttemptForm               FormType = 18
	EventRegistrationForm     FormType = 19
)

// Valid tells whether t is one of the documented types.
func (t FormType) Valid() bool { return t >= WebForm && t <= EventRegistrationForm }

// FormTypes are the types that have a use within Assay, in the order in which screens offer them.
var FormTypes = []FormType{AssessmentCandidateForm, EvaluationForm, CandidateDataForm, EventRegistrationForm}

// PreFormTypes are the types of forms that a section may ask for before it starts.
var PreFormTypes = []FormType{AssessmentCandidateForm, AttemptForm, CandidateDataForm}

var formTypeLabels = map[FormType]string{
	WebForm: "Web form", EvaluationForm: "Evaluation", AssessmentCandidateForm: "Before a section",
	FeedbackForm: "Feedback", RequisitionForm: "Requisition", AssessmentFeedbackForm: "Feedback on an assessment",
	FitmentForm: "Fitment", BackgroundCheckForm: "Background check", CandidateVerificationForm: "Verification of a candidate",
	OnBoardingForm: "On-boarding", OfferPrepareForm: "Offer, preparing", OfferCandidateForm: "Offer, candidate",
	OfferMakeForm: "Offer, making", BackgroundCheckInfoForm: "Background check, details", OnBoardingUserForm: "On-boarding, user",
	OnBoardingCandidateForm: "On-boarding, candidate", CandidateDataForm: "Candidate's details", AttemptForm: "Before an attempt",
	EventRegistrationForm: "Registration for an event",
}

// Label returns the type in words.
func (t FormType) Label() string { return formTypeLabels[t] }

// FormField is one field of a form.
type FormField struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Type         string   `json:"type"` // text, textarea, number, date, email, tel, url, select, radio, checkbox, file
	Label        string   `json:"label"`
	Autocomplete string   `json:"autocomplete,omitempty"`
	Options      []string `json:"options,omitempty"`
	Required     bool     `json:"required,omitempty"`
	Hint         string   `json:"hint,omitempty"`
	ListID       int64    `json:"select_field_type_id,omitempty"` // the drop-down list that the options are taken from
	DependsOn    string   `json:"depends_on,omitempty"`           // id of the field whose choice narrows this one
}

// FormPart is a named group of fields; Fields is keyed by position, from "1", as documented.
type FormPart struct {
	ID         int        `json:"id"`
	Name       string     `json:"name"`
	Fields     FormFields `json:"fields"`
	Expandable bool       `json:"expandable"`
}

// FormFields are the fields of a part by their position, from "1".
type FormFields map[string]FormField

// UnmarshalJSON reads the documented object, and also a list, which callers send who do not number.
func (f *FormFields) UnmarshalJSON(text []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return json.Unmarshal(text, (*map[string]FormField)(f))
	}
	var list []FormField
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	*f = make(FormFields, len(list))
	for i, field := range list {
		(*f)[strconv.Itoa(i+1)] = field
	}
	return nil
}

// Form is the definition of a form.
type Form struct {
	Row
	Owned
	Authored
	Deletable
	Name       string                        `gorm:"not null" json:"name"`
	Structure  datatypes.JSONSlice[FormPart] `gorm:"not null" json:"structure"`
	URL        *string                       `json:"url"`
	Type       FormType                      `gorm:"not null" json:"type"`
	Status     int                           `gorm:"not null;default:0" json:"status"`
	StartDate  *time.Time                    `json:"start_date"`
	EndDate    *time.Time                    `json:"end_date"`
	FieldKeys  datatypes.JSONSlice[string]   `json:"fieldKeys"`
	IsPublic   bool                          `gorm:"not null;default:false" json:"is_public"`
	CustomURL  *string                       `json:"custom_url"`
	PositionID *int64                        `json:"position_id"`
	IsEditable bool                          `gorm:"not null" json:"is_editable"`
	ArticleID  *int64                        `json:"article_id"`
}

// IsActive tells whether the form is asked for at a moment.
func (f Form) IsActive(at time.Time) bool {
	return !f.IsDeleted && (f.StartDate == nil || !at.Before(*f.StartDate)) && (f.EndDate == nil || at.Before(*f.EndDate))
}

// FormInstanceStatus is how far a form is filled in.
type FormInstanceStatus int

// The documented form instance states.
const (
	FormDraft        FormInstanceStatus = 100
	FormComplete     FormInstanceStatus = 500
	FormLateComplete FormInstanceStatus = 600
	FormIncomplete   FormInstanceStatus = 1000
)

// FormValue is one filled field.
type FormValue struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Label string `json:"label"`
	Value string `json:"value"`
}

// FormInstance is one filled-in copy of a form.
type FormInstance struct {
	Row
	Owned
	Status                       FormInstanceStatus             `gorm:"not null" json:"status"`
	EvaluationID                 *int64                         `gorm:"index" json:"evaluation_id"`
	FormID                       int64                          `gorm:"not null;index" json:"form_id"`
	Data                         datatypes.JSONSlice[FormValue] `gorm:"not null" json:"data"`
	AssessmentSectionID          *int64                         `json:"assessment_section_id"`
	AssessmentCandidateID        *int64                         `gorm:"index" json:"assessment_candidate_id"`
	AssessmentSectionCandidateID *int64                         `gorm:"index" json:"assessment_section_candidate_id"`
}

// FormInstanceFile ties an uploaded file to a field of a form instance.
type FormInstanceFile struct {
	Row
	Owned
	Authored
	Key            string `gorm:"column:field_key;not null" json:"key"`
	FormInstanceID int64  `gorm:"not null;index" json:"form_instance_id"`
	FileID         int64  `gorm:"not null" json:"file_id"`
}
