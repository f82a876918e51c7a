package actions

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// saveRatings stores ratings and comments of an evaluation in place of those of its draft.
func (j *judging) saveRatings(w *Work, in EvaluationInput, e models.Evaluation) error {
	if err := w.Own().Where("evaluation_id = ?", e.ID).Delete(&models.EvaluationRating{}).Error; err != nil {
		return fmt.Errorf("clear ratings: %w", err)
	}
	names := map[int64]string{}
	for _, c := range j.criteria {
		names[c.ID] = c.Name
	}
	var ratings []models.EvaluationRating
	for _, r := range in.Rating {
		ratings = append(ratings, models.EvaluationRating{Owned: e.Owned, EvaluationID: e.ID, ParameterID: r.ParameterID,
			Rating: r.Rating, Name: names[r.ParameterID], Text: optional(strings.TrimSpace(r.Text))})
	}
	if len(ratings) > 0 {
		if err := w.Tx.Create(&ratings).Error; err != nil {
			return fmt.Errorf("save ratings: %w", err)
		}
	}
	return j.saveComments(w, in, e)
}

func (j *judging) saveComments(w *Work, in EvaluationInput, e models.Evaluation) error {
	if err := w.Own().Where("evaluation_id = ?", e.ID).Delete(&models.EvaluationComment{}).Error; err != nil {
		return fmt.Errorf("clear comments: %w", err)
	}
	var comments []models.EvaluationComment
	if in.EvaluationComment != "" {
		comments = append(comments, models.EvaluationComment{Owned: e.Owned, EvaluationID: e.ID, Content: in.EvaluationComment})
	}
	if len(in.Comments) > 0 {
		if err := j.checkAnswers(w, in.Comments); err != nil {
			return err
		}
	}
	for _, c := range in.Comments {
		comments = append(comments, models.EvaluationComment{Owned: e.Owned, EvaluationID: e.ID, AnswerID: &c.AnswerID,
			Content: strings.TrimSpace(c.Content)})
	}
	if len(comments) == 0 {
		return nil
	}
	if err := w.Tx.Create(&comments).Error; err != nil {
		return fmt.Errorf("save comments: %w", err)
	}
	return nil
}

// checkAnswers refuses remarks on answers of another attempt.
func (j *judging) checkAnswers(w *Work, comments []AnswerComment) error {
	ids := map[int64]bool{}
	for _, c := range comments {
		ids[c.AnswerID] = true
	}
	var list []int64
	for id := range ids {
		list = append(list, id)
	}
	var n int64
	err := w.Own().Model(&models.Answer{}).Where("id IN ? AND assessment_section_candidate_id = ?", list, j.attempt.ID).Count(&n).Error
	if err != nil {
		return fmt.Errorf("find the commented answers: %w", err)
	}
	if n != int64(len(list)) {
		return fault.Field("comments", "A comment belongs to an answer of this section.")
	}
	return nil
}

// saveForm stores the evaluation form of the section, when it has one: as far as it is filled in, or complete.
func (j *judging) saveForm(w *Work, data FormData, files *formFiles, e *models.Evaluation, complete bool) error {
	if j.section.EvaluationFormID == nil {
		return nil
	}
	var form models.Form
	if err := w.Own().First(&form, *j.section.EvaluationFormID).Error; err != nil {
		return fmt.Errorf("load the evaluation form: %w", err)
	}
	instance := models.FormInstance{Owned: e.Owned, Status: models.FormDraft, FormID: form.ID, EvaluationID: &e.ID,
		AssessmentSectionID: &e.AssessmentSectionID, AssessmentCandidateID: &e.AssessmentCandidateID,
		AssessmentSectionCandidateID: &j.attempt.ID}
	if e.FormInstanceID != nil {
		if err := w.Own().First(&instance, *e.FormInstanceID).Error; err != nil {
			return fmt.Errorf("load the form's draft: %w", err)
		}
	}
	values, err := files.checkForm(w, form, instance.ID, data, complete)
	if err != nil {
		return err
	}
	if complete {
		instance.Status = models.FormComplete
	}
	instance.Data = values
	if err := w.Tx.Save(&instance).Error; err != nil {
		return fmt.Errorf("save the evaluation form: %w", err)
	}
	if err := files.attach(w, instance); err != nil {
		return err
	}
	e.FormInstanceID = &instance.ID
	if err := w.Tx.Save(e).Error; err != nil {
		return fmt.Errorf("join form and evaluation: %w", err)
	}
	return nil
}

// useForm takes an instance of the section's form that was filled in elsewhere for the same attempt, not another
// evaluator's.
func (j *judging) useForm(w *Work, id int64, e *models.Evaluation) error {
	var instance models.FormInstance
	err := w.Own().Where("assessment_section_candidate_id = ? AND form_id = ? AND (evaluation_id IS NULL OR evaluation_id = ?)",
		j.attempt.ID, j.section.EvaluationFormID, e.ID).First(&instance, id).Error
	if err != nil {
		return database.Fault(err, "form instance")
	}
	e.FormInstanceID = &instance.ID
	if err := w.Tx.Save(e).Error; err != nil {
		return fmt.Errorf("join form and evaluation: %w", err)
	}
	return nil
}

// checkForm returns the form's fields as they are kept; when complete, required ones must have a value. A field at fault
// is named "formData." and its id.
func (f *formFiles) checkForm(w *Work, form models.Form, instanceID int64, data FormData, complete bool) ([]models.FormValue, error) {
	fields, err := FieldsOf(w.Tx, form)
	if err != nil {
		return nil, err
	}
	if err := f.find(w, fields, data.files(fields), w.uploadedHere); err != nil {
		return nil, renamedFields(err, "formData.")
	}
	names, err := f.attached(w, instanceID)
	if err != nil {
		return nil, err
	}
	typed, attached := map[string][]string{}, map[string]bool{}
	for _, field := range fields {
		if text := strings.TrimSpace(data[field.ID]); text != "" {
			typed[field.ID] = field.Chosen(text)
		}
		attached[field.ID] = names[field.ID] != ""
	}
	if complete {
		bad := fault.Fields{}
		for id, why := range fieldProblems(fields, typed, attached, true) {
			bad["formData."+id] = why
		}
		if err := fault.Refuse(bad); err != nil {
			return nil, err
		}
	}
	return formValues(fields, typed, names), nil
}
