package actions

import (
	"context"
	"errors"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Evaluate submits an evaluation of one attempt. Panelists evaluate what they were assigned; who may see all evaluations
// may also give one without being on the panel. An evaluation is submitted once. When the last panelist submitted, the
// attempt is evaluated, and with the last attempt the participation.
type Evaluate struct {
	EvaluationInput
	FormInstanceID *int64 `json:"formInstanceID"`
	Files          Refs   `json:"files"` // uploaded by the evaluator, to be kept with the attempt

	Uploads    map[string]FormUpload `json:"-"` // files of the form, by field id
	Evaluation models.Evaluation     `json:"-"` // what was stored

	files formFiles
}

// Grant implements Action.
func (*Evaluate) Grant() access.Grant { return "evaluation.give" }

// Links are the links of the recorded action, once it is done.
func (a *Evaluate) Links() map[string]string {
	return map[string]string{"evaluation": linkTo("/models/evaluation", a.Evaluation.ID)}
}

// linkTo is the path of a row, "" while there is none.
func linkTo(path string, id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("%s/%d", path, id)
}

// Validate implements Action.
func (a *Evaluate) Validate() error {
	bad := fault.Fields{}
	a.check(bad)
	if !a.Recommendation.Valid() {
		bad["recommendation"] = "Choose select, hold or reject."
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared: the bytes of files are stored before the transaction.
func (a *Evaluate) Prepare(ctx context.Context, w *Work) error {
	if len(a.Uploads) == 0 {
		return nil
	}
	var forms []models.Form
	err := w.Own("forms").Joins("JOIN sections ON sections.evaluation_form_id = forms.id").
		Joins("JOIN assessment_section_candidates t ON t.section_id = sections.id").Where("t.id = ?", a.AssessmentSectionCandidateID).
		Limit(1).Find(&forms).Error
	if err != nil {
		return fmt.Errorf("load the evaluation form: %w", err)
	}
	for _, form := range forms {
		if err := a.files.put(ctx, w, form.Ask(nil), a.Uploads); err != nil {
			return renamedFields(err, "formData.")
		}
	}
	return nil
}

// renamedFields puts a beginning before the names of the fields at fault.
func renamedFields(err error, begin string) error {
	f, ok := fault.As(err)
	if !ok || len(f.Fields) == 0 {
		return err
	}
	bad := fault.Fields{}
	for name, why := range f.Fields {
		bad[begin+name] = why
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *Evaluate) Perform(_ context.Context, w *Work) error {
	j, err := loadAttempt(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return err
	}
	if err := j.checkOnPanel(w); err != nil {
		return err
	}
	if err := j.checkOpen(w); err != nil {
		return err
	}
	if err := j.saveEvaluation(w, a); err != nil {
		return err
	}
	if err := j.saveRatings(w, a.EvaluationInput, a.Evaluation); err != nil {
		return err
	}
	if err := j.keepFiles(w, a.Files); err != nil {
		return err
	}
	if err := j.advanceAttempt(w); err != nil {
		return err
	}
	w.Changed(TopicAssessment, j.attempt.AssessmentID)
	w.Done()
	return w.Audit(ledger.Entry{Verb: "evaluate", SubjectType: "assessment_candidate", SubjectID: j.attempt.AssessmentCandidateID,
		After: a.EvaluationInput, Detail: map[string]any{"evaluation": a.Evaluation.ID, "section": j.section.Title,
			"recommendation": a.Recommendation, "ratings": len(a.Rating)}})
}

// judging is an attempt together with what an evaluation of it needs to know.
type judging struct {
	attempt  models.AssessmentSectionCandidate
	rules    models.AssessmentSection
	section  models.Section
	criteria []review.Criterion
	panel    *models.PanelCandidate // nil for who evaluates without being assigned
}

// loadAttempt holds the attempt until the transaction ends: those who evaluate it at once take turns.
func loadAttempt(w *Work, id int64) (judging, error) {
	var j judging
	var err error
	if j.attempt, err = lockAttempt(w, id); err != nil {
		return j, err
	}
	if err := w.Own().First(&j.rules, j.attempt.AssessmentSectionID).Error; err != nil {
		return j, fmt.Errorf("load the attempt's rules: %w", err)
	}
	if err := w.Own().First(&j.section, j.attempt.SectionID).Error; err != nil {
		return j, fmt.Errorf("load the attempt's section: %w", err)
	}
	j.criteria, err = review.Criteria(w.Tx, w.Actor, j.section.ID)
	return j, err
}

// checkOnPanel finds the actor's assignment. For somebody who was not assigned and may not see all evaluations the
// attempt does not exist.
func (j *judging) checkOnPanel(w *Work) error {
	if w.Actor.UserID() == nil {
		return fault.New(fault.Forbidden, "Only a user can evaluate.")
	}
	var found []models.PanelCandidate
	err := w.Own("panel_candidates").Joins("JOIN panels ON panels.id = panel_candidates.panel_id").
		Where("panel_candidates.assessment_section_candidate_id = ? AND panels.user_id = ?", j.attempt.ID, w.Actor.ID).
		Limit(1).Find(&found).Error
	if err != nil {
		return fmt.Errorf("find the assignment: %w", err)
	}
	switch {
	case len(found) > 0:
		j.panel = &found[0]
	case !access.Can(w.Actor, "evaluation.view"):
		return fault.Missing("attempt")
	}
	return nil
}

// checkOpen refuses an attempt that is not finished, and a day outside the section's evaluation period.
func (j *judging) checkOpen(w *Work) error {
	if !j.attempt.IsClosed() && models.StatusOf(j.attempt.StatusID) < models.Completed {
		return fault.New(fault.Conflict, "The candidate has not finished this section yet.")
	}
	if from := j.rules.EvaluationStartDate; from != nil && w.Now.Before(*from) {
		return fault.New(fault.Conflict, "Evaluation of this section has not begun.")
	}
	if until := j.rules.EvaluationEndDate; until != nil && w.Now.After(*until) {
		return fault.New(fault.Conflict, "Evaluation of this section has ended.")
	}
	return nil
}

// own returns the actor's evaluation of the attempt, draft or not; a new draft when there is none.
func (j *judging) own(w *Work) (models.Evaluation, error) {
	query := w.Own().Where("assessment_section_candidate_id = ? AND evaluated_by = ?", j.attempt.ID, w.Actor.ID)
	var panelID *int64
	if j.panel != nil {
		panelID = &j.panel.PanelID
		query = query.Where("panel_id = ?", *panelID)
	} else {
		query = query.Where("panel_id IS NULL")
	}
	var e models.Evaluation
	err := query.First(&e).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Evaluation{Owned: j.attempt.Owned, Authored: authored(w), PanelID: panelID, EvaluatedBy: w.Actor.ID,
			AssessmentCandidateID: j.attempt.AssessmentCandidateID, AssessmentSectionID: j.attempt.AssessmentSectionID,
			AssessmentSectionCandidateID: j.attempt.ID}, nil
	}
	if err != nil {
		return e, fmt.Errorf("find the evaluation: %w", err)
	}
	return e, nil
}

func (j *judging) saveEvaluation(w *Work, a *Evaluate) error {
	if err := a.checkRatings(j.criteria, true); err != nil {
		return err
	}
	e, err := j.own(w)
	if err != nil {
		return err
	}
	if e.IsSubmitted() {
		return fault.New(fault.Conflict, "Your evaluation of this section is in already.")
	}
	e.Recommendation, e.EvaluatedAt, e.UpdatedBy = a.Recommendation, &w.Now, w.Actor.UserID()
	e.Revision++
	if err := w.Tx.Save(&e).Error; err != nil {
		return database.Fault(fmt.Errorf("save evaluation: %w", err), "evaluation")
	}
	if a.FormInstanceID != nil {
		err = j.useForm(w, *a.FormInstanceID, &e)
	} else {
		err = j.saveForm(w, a.FormData, &a.files, &e, true)
	}
	a.Evaluation = e
	return err
}

// keepFiles puts files that the evaluator uploaded with the attempt.
func (j *judging) keepFiles(w *Work, files Refs) error {
	files = RefsTo(files.IDs())
	if len(files) == 0 {
		return nil
	}
	var own int64
	err := w.Own("files").Model(&models.File{}).Scopes(w.uploadedHere).Where("files.id IN ? AND NOT files.is_deleted", files.IDs()).Count(&own).Error
	if err != nil {
		return fmt.Errorf("find the files of an evaluation: %w", err)
	}
	if own < int64(len(files)) {
		return fault.Field("files", "One of these is no file of yours. Upload it first, then send its id.")
	}
	var links []models.AssessmentCandidateFile
	for _, file := range files {
		links = append(links, models.AssessmentCandidateFile{Owned: j.attempt.Owned, Authored: authored(w), FileID: file.ID,
			AssessmentCandidateID: j.attempt.AssessmentCandidateID, AssessmentSectionCandidateID: j.attempt.ID})
	}
	kept := w.Tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&links, rowsAtOnce)
	return wrapped(kept.Error, "keep the files of an evaluation")
}

// advanceAttempt marks the assignment done, and what it completes.
func (j *judging) advanceAttempt(w *Work) error {
	if j.panel != nil {
		if err := w.Tx.Model(j.panel).Update("is_evaluated", true).Error; err != nil {
			return fmt.Errorf("mark the assignment: %w", err)
		}
		if err := enterDue(w, []int64{j.panel.PanelID}); err != nil {
			return err
		}
	}
	open, err := openAssignments(w, "assessment_section_candidate_id", j.attempt.ID)
	if err != nil || open > 0 {
		return err
	}
	j.attempt.StatusID, j.attempt.EvaluatedAt = models.Evaluated.ID(), &w.Now
	if err := w.Tx.Save(&j.attempt).Error; err != nil {
		return fmt.Errorf("advance the attempt: %w", err)
	}
	return advanceEvaluated(w, j.attempt.AssessmentCandidateID)
}

// advanceEvaluated moves a completed participation on to Evaluated once no panelist has anything left to evaluate and
// somebody evaluated it.
func advanceEvaluated(w *Work, participationID int64) error {
	// Held before counting: of two who submit the last evaluations at once, the second sees the first.
	p, err := lockParticipation(w, participationID)
	if err != nil {
		return err
	}
	open, err := openAssignments(w, "assessment_candidate_id", participationID)
	if err != nil || open > 0 {
		return err
	}
	var given int64
	err = w.Own().Model(&models.Evaluation{}).Where("assessment_candidate_id = ? AND evaluated_at IS NOT NULL", participationID).
		Count(&given).Error
	if err != nil || given == 0 {
		return err
	}
	if models.StatusOf(p.SystemStatusID) != models.Completed {
		return nil
	}
	p.Advance(models.Evaluated, w.Now)
	p.EvaluatedAt = &w.Now
	if err := w.Tx.Save(&p).Error; err != nil {
		return fmt.Errorf("advance the participation: %w", err)
	}
	return nil
}

func openAssignments(w *Work, column string, id int64) (int64, error) {
	var open int64
	err := w.Own().Model(&models.PanelCandidate{}).Where(column+" = ? AND NOT is_evaluated", id).Count(&open).Error
	if err != nil {
		return 0, fmt.Errorf("count open assignments: %w", err)
	}
	return open, nil
}
