package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// SubmitPreForm keeps what a candidate filled into the form that a section asks for before it starts. It can be
// corrected until then.
type SubmitPreForm struct {
	AttemptID int64
	Values    map[string][]string   // by field id
	Keys      map[string]string     // by field id, what the sender calls the entry; the field id where nothing else
	Uploads   map[string]FormUpload // by field id; a field without one keeps the file that it has
	Files     map[string]int64      // by field id, a file that the candidate handed in before

	Instance models.FormInstance // as it was kept
	Replaced bool                // there was one before

	files formFiles
}

var errFormStays = fault.New(fault.Conflict, "The section was started already. The form stays as it was sent.")

// Grant implements Action.
func (*SubmitPreForm) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *SubmitPreForm) Validate() error { return nil }

// Prepare implements Prepared: the bytes of files are stored before the transaction.
func (a *SubmitPreForm) Prepare(ctx context.Context, w *Work) error {
	if len(a.Uploads) == 0 {
		return nil
	}
	var attempt models.AssessmentSectionCandidate
	if err := w.ownAttempts().First(&attempt, a.AttemptID).Error; err != nil {
		return database.Fault(err, "attempt")
	}
	_, fields, err := a.form(w, attempt)
	if err != nil {
		return err
	}
	return a.files.put(ctx, w, fields, a.Uploads)
}

// Perform implements Action.
func (a *SubmitPreForm) Perform(_ context.Context, w *Work) error {
	attempt, err := lockAttempt(w, a.AttemptID)
	if err != nil {
		return err
	}
	if attempt.IsStarted() {
		return errFormStays
	}
	form, fields, err := a.form(w, attempt)
	if err != nil {
		return err
	}
	return a.keep(w, attempt, form, fields)
}

func (a *SubmitPreForm) form(w *Work, attempt models.AssessmentSectionCandidate) (models.Form, []models.AskedField, error) {
	var section models.Section
	if err := w.Own().First(&section, attempt.SectionID).Error; err != nil {
		return models.Form{}, nil, fmt.Errorf("load section: %w", err)
	}
	form, asked, err := PreFormOf(w.Tx, section)
	if err != nil {
		return form, nil, err
	}
	if !asked || !form.IsActive(w.Now) {
		return form, nil, fault.Missing("form")
	}
	fields, err := FieldsOf(w.Tx, form)
	return form, fields, err
}

// PreFormOf returns the form that a section asks for before it starts. Asked is false when it has none, or one that was
// deleted.
func PreFormOf(db *gorm.DB, section models.Section) (form models.Form, asked bool, err error) {
	if section.FormID == nil {
		return form, false, nil
	}
	var found []models.Form
	err = db.Where("organization_id = ? AND NOT is_deleted AND id = ?", section.OrganizationID, *section.FormID).Limit(1).Find(&found).Error
	if err != nil {
		return form, false, fmt.Errorf("load the section's form: %w", err)
	}
	if len(found) == 0 {
		return form, false, nil
	}
	return found[0], true, nil
}

func (a *SubmitPreForm) keep(w *Work, attempt models.AssessmentSectionCandidate, form models.Form, fields []models.AskedField) error {
	var instances []models.FormInstance
	err := w.Own().Where("assessment_section_candidate_id = ? AND form_id = ? AND evaluation_id IS NULL", attempt.ID, form.ID).
		Limit(1).Find(&instances).Error
	if err != nil {
		return fmt.Errorf("find the form: %w", err)
	}
	instance := models.FormInstance{Owned: attempt.Owned, FormID: form.ID, AssessmentSectionID: &attempt.AssessmentSectionID,
		AssessmentCandidateID: &attempt.AssessmentCandidateID, AssessmentSectionCandidateID: &attempt.ID}
	if a.Replaced = len(instances) == 1; a.Replaced {
		instance = instances[0]
	}
	if err := a.files.find(w, fields, a.Files, w.handedIn); err != nil {
		return err
	}
	names, err := a.files.attached(w, instance.ID)
	if err != nil {
		return err
	}
	attached := map[string]bool{}
	for key := range names {
		attached[key] = true
	}
	bad := fieldProblems(fields, a.Values, attached, true)
	for id, key := range a.Keys {
		if len(key) > longestFormValue {
			bad[id] = "This is longer than can be kept. Shorten it."
		}
	}
	if err := fault.Refuse(bad); err != nil {
		return err
	}
	instance.Status, instance.Data = models.FormComplete, formValues(fields, a.Values, names)
	for i, v := range instance.Data {
		if key, named := a.Keys[v.Key]; named {
			instance.Data[i].Key = key
		}
	}
	if err := w.Tx.Save(&instance).Error; err != nil {
		return fmt.Errorf("keep the form: %w", err)
	}
	if err := a.files.attach(w, instance); err != nil {
		return err
	}
	a.Instance = instance
	return w.Audit(ledger.Entry{Verb: "fill-form", SubjectType: "form_instance", SubjectID: instance.ID, After: instance.Data})
}

// WithdrawPreForm takes back what was filled into a form, until the section starts.
type WithdrawPreForm struct {
	InstanceID int64
}

// Grant implements Action.
func (*WithdrawPreForm) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (*WithdrawPreForm) Validate() error { return nil }

// Perform implements Action.
func (a *WithdrawPreForm) Perform(_ context.Context, w *Work) error {
	var instance models.FormInstance
	err := locked(w.ownAnswers()).Where("evaluation_id IS NULL AND assessment_section_candidate_id IS NOT NULL").First(&instance, a.InstanceID).Error
	if err != nil {
		return database.Fault(err, "form submission")
	}
	attempt, err := lockAttempt(w, *instance.AssessmentSectionCandidateID)
	if err != nil {
		return err
	}
	if attempt.IsStarted() {
		return errFormStays
	}
	if err := w.Own().Where("form_instance_id = ?", instance.ID).Delete(&models.FormInstanceFile{}).Error; err != nil {
		return fmt.Errorf("detach the form's files: %w", err)
	}
	if err := w.Tx.Delete(&instance).Error; err != nil {
		return fmt.Errorf("delete the form: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "withdraw-form", SubjectType: "form_instance", SubjectID: instance.ID, Before: instance.Data})
}
