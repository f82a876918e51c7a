package panelist

import (
	"fmt"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/answers"
	"github.com/assay-hire/assay/views/layout"
	views "github.com/assay-hire/assay/views/panelist"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// workspace loads the page for one attempt. For a panelist who was not asked to evaluate it there is no such attempt.
func (s Screens) workspace(c echo.Context) (views.Evaluation, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return views.Evaluation{}, err
	}
	db, actor := s.DB.Read.WithContext(web.Context(c)), web.Actor(c)
	queue, err := review.Queue(db, actor)
	if err != nil {
		return views.Evaluation{}, err
	}
	page := views.Evaluation{ID: id}
	task, err := taskOf(db, actor, queue, id)
	if err != nil {
		return page, err
	}
	chrome, err := web.Chrome(c, "Evaluate "+task.Name(actor))
	if err != nil {
		return page, err
	}
	chrome.Keys, chrome.Read = views.Keys(), true
	page.FocusPage = place(layout.FocusPage{Page: chrome, MainClass: "ev-main"}, queue, id)
	page.Name, page.Assessment, page.Section, page.IsReady = task.Name(actor), task.Assessment, task.Section, task.CompletedAt != nil
	return page, s.fill(db, actor, &page, task, web.Zone(c))
}

// taskOf finds the attempt in the queue; who may see every evaluation may evaluate without having been asked.
func taskOf(db *gorm.DB, actor access.Actor, queue []review.Task, id int64) (review.Task, error) {
	for _, t := range queue {
		if t.Attempt == id {
			return t, nil
		}
	}
	if !access.Can(actor, "evaluation.view") {
		return review.Task{}, fault.Missing("evaluation")
	}
	var found review.Task
	err := db.Table("assessment_section_candidates t").Scopes(access.Own(actor, "t")).
		Select(`t.id AS attempt, t.assessment_candidate_id AS participation, c.email AS c_email, c.first_name AS c_first_name,
			c.middle_name AS c_middle_name, c.last_name AS c_last_name, a.title AS assessment, b.title AS section, t.completed_at`).
		Joins("JOIN assessment_candidates ac ON ac.id = t.assessment_candidate_id").Joins("JOIN candidates c ON c.id = ac.candidate_id").
		Joins("JOIN sections b ON b.id = t.section_id").Joins("JOIN assessments a ON a.id = t.assessment_id").
		Where("t.id = ?", id).Take(&found).Error
	if err != nil {
		return found, database.Fault(err, "evaluation")
	}
	return found, nil
}

// place says where in the queue the attempt stands, among those that can be evaluated.
func place(p layout.FocusPage, queue []review.Task, id int64) layout.FocusPage {
	var before, after string
	seen := false
	for _, t := range queue {
		if !t.IsReady() && t.Attempt != id {
			if t.IsEvaluated {
				p.Done++
			}
			continue
		}
		href := fmt.Sprintf("/evaluations/%d", t.Attempt)
		p.Total++
		switch {
		case t.Attempt == id:
			seen, p.Position = true, p.Total
		case !seen:
			before = href
		case after == "":
			after = href
		}
	}
	if !seen {
		p.Total = 0
		return p
	}
	p.PrevHref, p.NextHref = before, after
	return p
}

// fill completes the page: answers, form, the own draft, and others' evaluations as far as they may be seen.
func (s Screens) fill(db *gorm.DB, actor access.Actor, page *views.Evaluation, task review.Task, zone *time.Location) error {
	var attempt models.AssessmentSectionCandidate
	if err := db.Scopes(access.Own(actor)).First(&attempt, page.ID).Error; err != nil {
		return database.Fault(err, "evaluation")
	}
	papers, err := review.Answers(db, actor, []int64{page.ID})
	if err != nil {
		return err
	}
	for i, a := range papers[page.ID] {
		page.Answers = append(page.Answers, answers.New(i+1, a.Answer, a.Question.MapHTML(s.Actions.Files.SignImages)))
	}
	criteria, err := review.Criteria(db, actor, attempt.SectionID)
	if err != nil {
		return err
	}
	for _, c := range criteria {
		page.Criteria = append(page.Criteria, criterion(c))
	}
	if err := fillForm(db, actor, page, attempt.SectionID); err != nil {
		return err
	}
	if err := s.fillOwn(db, actor, page); err != nil {
		return err
	}
	if err := s.fillTold(db, actor, page, task); err != nil {
		return err
	}
	return fillOthers(db, actor, page, task, zone)
}

func criterion(c review.Criterion) views.Criterion {
	shown := views.Criterion{ID: c.ID, Name: c.Name, IsText: c.Type == models.TextParameter, IsMandatory: c.IsMandatory(), Max: 5}
	if c.MaxValue != nil {
		shown.Max = *c.MaxValue
	}
	if c.RecommendedValue != nil {
		shown.Recommended = strconv.Itoa(*c.RecommendedValue)
	}
	return shown
}

// fillForm adds the section's evaluation form, when it has one.
func fillForm(db *gorm.DB, actor access.Actor, page *views.Evaluation, sectionID int64) error {
	var forms []models.Form
	err := db.Scopes(access.Own(actor, "forms")).Joins("JOIN sections b ON b.evaluation_form_id = forms.id").
		Where("b.id = ?", sectionID).Limit(1).Find(&forms).Error
	if err != nil {
		return fmt.Errorf("load the evaluation form: %w", err)
	}
	for _, form := range forms {
		if page.Form.Fields, err = actions.FieldsOf(db, form); err != nil {
			return err
		}
	}
	return nil
}

// fillOwn fills in what the reader has written so far, or has submitted.
func (s Screens) fillOwn(db *gorm.DB, actor access.Actor, page *views.Evaluation) error {
	page.Values = map[string]string{}
	var own []models.Evaluation
	err := db.Scopes(access.Own(actor)).Where("assessment_section_candidate_id = ? AND evaluated_by = ?", page.ID, actor.ID).
		Order("evaluated_at IS NULL, id DESC").Limit(1).Find(&own).Error
	if err != nil || len(own) == 0 {
		return err
	}
	e := own[0]
	page.Revision, page.IsSubmitted = e.Revision, e.IsSubmitted()
	page.Values["recommendation"] = string(e.Recommendation)
	var ratings []models.EvaluationRating
	if err := db.Scopes(access.Own(actor)).Where("evaluation_id = ?", e.ID).Find(&ratings).Error; err != nil {
		return fmt.Errorf("load ratings: %w", err)
	}
	for _, r := range ratings {
		if r.Rating != nil {
			page.Values[fmt.Sprintf("rating-%d", r.ParameterID)] = ui.Score(*r.Rating)
		}
		if r.Text != nil {
			page.Values[fmt.Sprintf("text-%d", r.ParameterID)] = *r.Text
		}
	}
	var comments []models.EvaluationComment
	if err := db.Scopes(access.Own(actor)).Where("evaluation_id = ?", e.ID).Find(&comments).Error; err != nil {
		return fmt.Errorf("load comments: %w", err)
	}
	for _, comment := range comments {
		name := "comment"
		if comment.AnswerID != nil {
			name = fmt.Sprintf("note-%d", *comment.AnswerID)
		}
		page.Values[name] = comment.Content
	}
	return s.fillFormDraft(db, actor, page, e)
}

func (s Screens) fillFormDraft(db *gorm.DB, actor access.Actor, page *views.Evaluation, e models.Evaluation) error {
	if e.FormInstanceID == nil {
		return nil
	}
	var instance models.FormInstance
	if err := db.Scopes(access.Own(actor)).First(&instance, *e.FormInstanceID).Error; err != nil {
		return fmt.Errorf("load the form's draft: %w", err)
	}
	for _, v := range instance.Data {
		page.Values["form-"+v.Key] = v.Value
	}
	files, err := s.filesOf(db, actor, []models.FormInstance{instance})
	if err != nil {
		return err
	}
	page.Form.Kept = files[instance.ID]
	return nil
}

// fillTold adds what the candidate filled in before the section. Names and files would tell who it is, so under blind
// review nothing of it is shown.
func (s Screens) fillTold(db *gorm.DB, actor access.Actor, page *views.Evaluation, task review.Task) error {
	if task.IsBlindTo(actor) {
		return nil
	}
	var filled []struct {
		models.FormInstance
		Name string
	}
	err := db.Table("form_instances").Scopes(access.Own(actor, "form_instances")).Joins("JOIN forms ON forms.id = form_instances.form_id").
		Where("form_instances.assessment_section_candidate_id = ? AND form_instances.evaluation_id IS NULL AND forms.type IN ?", page.ID, models.PreFormTypes).
		Select("form_instances.*, forms.name").Order("form_instances.id").Scan(&filled).Error
	if err != nil {
		return fmt.Errorf("load what the candidate filled in: %w", err)
	}
	var instances []models.FormInstance
	for _, f := range filled {
		instances = append(instances, f.FormInstance)
	}
	files, err := s.filesOf(db, actor, instances)
	if err != nil {
		return err
	}
	for _, f := range filled {
		told := views.Told{Name: f.Name}
		for _, v := range f.Data {
			entry := ui.Entry{Term: v.Label, Text: v.Value, Href: files[f.ID][v.Key].Href}
			if entry.Text == "" {
				entry.Text = "Not filled in"
			}
			told.Entries = append(told.Entries, entry)
		}
		page.Told = append(page.Told, told)
	}
	return nil
}

const fileLinkLife = 12 * time.Hour // as long as somebody keeps the page open

// filesOf returns the files of forms that were filled in, by form and field.
func (s Screens) filesOf(db *gorm.DB, actor access.Actor, instances []models.FormInstance) (map[int64]map[string]ui.Entry, error) {
	kept := map[int64]map[string]ui.Entry{}
	if len(instances) == 0 {
		return kept, nil
	}
	var ids []int64
	for _, i := range instances {
		ids = append(ids, i.ID)
		kept[i.ID] = map[string]ui.Entry{}
	}
	files, err := actions.FormFiles(db, actor.OrganizationID, ids)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		link, err := s.Actions.Files.SignedURL(f.Key, f.Name, s.DB.Clock.Now().Add(fileLinkLife))
		if err != nil {
			return nil, fmt.Errorf("sign a file's link: %w", err)
		}
		kept[f.FormInstanceID][f.FieldKey] = ui.Entry{Text: f.Name, Href: link, Term: "is here"}
	}
	return kept, nil
}

// fillOthers adds the others' evaluations of this attempt, unless the veil is still drawn.
func fillOthers(db *gorm.DB, actor access.Actor, page *views.Evaluation, task review.Task, zone *time.Location) error {
	veil, err := review.VeilOver(db, actor, task.Participation)
	if err != nil {
		return err
	}
	given, hidden, err := review.Evaluations(db, actor, veil, task.Participation)
	if err != nil {
		return err
	}
	page.Hidden = hidden
	for _, g := range given {
		if g.Attempt == page.ID && g.ByID != actor.ID {
			page.Others = append(page.Others, views.Other{By: g.By, Recommendation: g.Recommendation, Comment: g.Comment,
				When: g.At.In(zone).Format("Mon 2 Jan")})
		}
	}
	return nil
}

// nextTask returns where to go on after an attempt, and how its candidate is called.
func (s Screens) nextTask(c echo.Context, done int64) (href, name string, err error) {
	db, actor := s.DB.Read.WithContext(web.Context(c)), web.Actor(c)
	queue, err := review.Queue(db, actor)
	if err != nil {
		return "", "", err
	}
	task, err := taskOf(db, actor, queue, done)
	if err != nil {
		return "", "", err
	}
	for _, t := range queue {
		if t.IsReady() {
			return fmt.Sprintf("/evaluations/%d", t.Attempt), task.Name(actor), nil
		}
	}
	return "/evaluations", task.Name(actor), nil
}
