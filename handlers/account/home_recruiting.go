package account

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/views/ui"
	"gorm.io/gorm"
)

const shown = 5

// waitingCandidate is a candidate with the assessment in which something waits.
type waitingCandidate struct {
	AssessmentID, CandidateID, AttemptID int64
	Participation                        int64
	IsBlind                              bool
	Title, Section, FirstName, Email     string
	MiddleName, LastName                 *string
	At                                   time.Time
	DueAt, DeadlineAt, HeardAt           *time.Time
	Score                                *float64
}

func (w waitingCandidate) name() string {
	return nameOf(w.FirstName, w.MiddleName, w.LastName, w.Email)
}

const candidateColumns = "candidates.first_name, candidates.middle_name, candidates.last_name, candidates.email, assessments.title"

// toDecide are candidates whose evaluation is complete, the longest waiting first.
func (h *homeLoader) toDecide() error {
	unfinished := h.db.Table("panel_candidates").Select("1").
		Where("panel_candidates.assessment_candidate_id = assessment_candidates.id AND NOT panel_candidates.is_evaluated")
	query := h.own("assessment_candidates").
		Where("assessment_candidates.status_id IN ?", []int64{models.Completed.ID(), models.Evaluated.ID()}).
		Where("NOT EXISTS (?)", unfinished)
	total, err := h.count(query)
	if err != nil || total == 0 {
		return err
	}
	var found []waitingCandidate
	err = query.Joins("JOIN candidates ON candidates.id = assessment_candidates.candidate_id").
		Joins("JOIN assessments ON assessments.id = assessment_candidates.assessment_id").
		Select("assessment_candidates.id AS participation, assessment_candidates.assessment_id, assessment_candidates.candidate_id, assessment_candidates.score, " +
			"assessment_candidates.status_since AS at, " + candidateColumns).
		Order("assessment_candidates.status_since").Limit(shown).Scan(&found).Error
	group := views.WaitGroup{ID: "decide", Title: "Candidates are waiting for a decision", Count: total, IsCandidates: true}
	for _, f := range found {
		sub := f.Title + "."
		if f.Score != nil {
			sub += fmt.Sprintf(" Scored %s of 100.", ui.Score(*f.Score))
		}
		href := fmt.Sprintf("/assessments/%d/pipeline/%d", f.AssessmentID, f.Participation)
		group.Waits = append(group.Waits, views.Wait{Person: f.name(), Title: "Decide on " + f.name(), Href: href, Sub: sub,
			Age: views.Ago(f.At, h.now), Act: "Decide", Key: len(group.Waits) == 0 && len(h.page.Groups) == 0})
	}
	h.add(group)
	return err
}

// overdue are evaluations past their day, by assessment.
func (h *homeLoader) overdue() error {
	var found []struct {
		UserName     string
		Title        string
		AssessmentID int64
		N            int
	}
	err := h.own("panel_candidates").
		Joins("JOIN panels ON panels.id = panel_candidates.panel_id").
		Joins("JOIN users ON users.id = panels.user_id").
		Joins("JOIN assessment_candidates ON assessment_candidates.id = panel_candidates.assessment_candidate_id").
		Joins("JOIN assessments ON assessments.id = assessment_candidates.assessment_id").
		Where("NOT panel_candidates.is_evaluated AND panel_candidates.due_at < ?", h.now).
		Select("users.name AS user_name, assessments.title, assessments.id AS assessment_id, count(*) AS n").
		Group("users.name, assessments.title, assessments.id").Order("n DESC, users.name").Limit(shown).Scan(&found).Error
	group := views.WaitGroup{ID: "overdue", Title: "Panels are behind", Count: len(found)}
	for _, f := range found {
		group.Waits = append(group.Waits, views.Wait{Icon: ui.IconClock,
			Title: fmt.Sprintf("%s has %s overdue", f.UserName, views.Counted(f.N, "evaluation", "evaluations")),
			Href:  fmt.Sprintf("/assessments/%d/pipeline", f.AssessmentID), Sub: f.Title + ".", Act: "Look"})
	}
	h.add(group)
	return err
}

// toInvite are open assessments that nobody was invited to yet.
func (h *homeLoader) toInvite() error {
	var found []models.Assessment
	err := h.own("assessments").Where("assessments.status_id = ? AND NOT assessments.is_deleted", models.AssessmentOpen).
		Where("NOT EXISTS (SELECT 1 FROM assessment_candidates WHERE assessment_candidates.assessment_id = assessments.id)").
		Order("assessments.id DESC").Limit(shown).Find(&found).Error
	group := views.WaitGroup{ID: "invite", Title: "Open, and nobody invited", Count: len(found)}
	for _, a := range found {
		group.Waits = append(group.Waits, views.Wait{Icon: ui.IconSend, Title: "Invite candidates to " + a.Title,
			Href: fmt.Sprintf("/assessments/%d/pipeline", a.ID), Sub: "It has been open since it was made; nobody can attend yet.",
			Age: views.Ago(a.UpdatedAt, h.now), Act: "Invite"})
	}
	h.add(group)
	return err
}

// failedMail is one line about messages that did not arrive.
func (h *homeLoader) failedMail() error {
	n, err := h.count(h.own("notifications").
		Where("notifications.status IN ('failed', 'bounced')")) // written out, so that the partial index serves
	if n > 0 {
		h.add(views.WaitGroup{ID: "mail", Title: "Messages", Count: 1, Waits: []views.Wait{{Icon: ui.IconMail,
			Title: views.Counted(n, "message", "messages") + " did not arrive", Href: "/admin/outbox",
			Sub: "See why, correct the address or send again.", Act: "Look"}}})
	}
	return err
}

const importsShownFor = 48 * time.Hour

// imports are files that came in lately and ended with problems, or wait for their dry run to be confirmed.
func (h *homeLoader) imports() error {
	var found []models.Import
	err := h.own("imports").Where("imports.created_at > ? AND imports.created_by = ? AND imports.status <> ?",
		h.now.Add(-importsShownFor), h.actor.ID, models.ImportCommitted).Order("imports.id DESC").Limit(shown).Find(&found).Error
	group := views.WaitGroup{ID: "imports", Title: "Imports", Count: len(found)}
	for _, i := range found {
		group.Waits = append(group.Waits, importWait(i, h.now))
	}
	h.add(group)
	return err
}

func importWait(i models.Import, now time.Time) views.Wait {
	w := views.Wait{Icon: ui.IconUpload, Href: "/questions", Age: views.Ago(i.CreatedAt, now), Act: "Look"}
	if i.Kind == models.ImportCandidates {
		w.Href = "/candidates"
	}
	switch i.Status {
	case models.ImportRunning:
		w.Title, w.Sub = i.FileName+" is coming in", fmt.Sprintf("%d of %d rows so far.", i.Done, i.Total)
	case models.ImportFailed:
		w.Title, w.Sub = i.FileName+" did not come in", "Nothing was stored."
	default:
		w.Title, w.Sub = i.FileName+" waits for your word", "It was read; nothing is stored until you confirm."
	}
	return w
}

// goingOn are attempts that somebody sits now.
func (h *homeLoader) goingOn() error {
	query := h.own("assessment_section_candidates").
		Where("assessment_section_candidates.started_at IS NOT NULL AND assessment_section_candidates.completed_at IS NULL").
		Where("assessment_section_candidates.deadline_at IS NULL OR assessment_section_candidates.deadline_at > ?", h.now).
		Where("assessment_section_candidates.heard_at > ?", h.now.Add(-heardLately))
	var err error
	if h.page.GoingCount, err = h.count(query); err != nil || h.page.GoingCount == 0 {
		return err
	}
	var found []waitingCandidate
	err = query.Joins("JOIN assessment_candidates ON assessment_candidates.id = assessment_section_candidates.assessment_candidate_id").
		Joins("JOIN candidates ON candidates.id = assessment_candidates.candidate_id").
		Joins("JOIN assessments ON assessments.id = assessment_candidates.assessment_id").
		Select("assessments.id AS assessment_id, candidates.id AS candidate_id, assessment_section_candidates.deadline_at, " +
			"assessment_section_candidates.heard_at, " + candidateColumns).
		Order("assessment_section_candidates.deadline_at").Limit(shown).Scan(&found).Error
	for _, f := range found {
		h.page.Going = append(h.page.Going, views.Going{Name: f.name(), Href: fmt.Sprintf("/candidates/%d", f.CandidateID),
			Left: views.Left(f.DeadlineAt, h.now), Offline: views.Offline(f.HeardAt, h.now)})
	}
	return err
}

const heardLately = 30 * time.Minute

// open are the open assessments touched last, each with how far its candidates are.
func (h *homeLoader) open() error {
	var found []models.Assessment
	err := h.own("assessments").Where("assessments.status_id = ? AND NOT assessments.is_deleted", models.AssessmentOpen).
		Order("assessments.updated_at DESC, assessments.id DESC").Limit(4).Find(&found).Error
	if err != nil || len(found) == 0 {
		return err
	}
	ids := make([]int64, len(found))
	for i, a := range found {
		ids[i] = a.ID
	}
	standings, err := review.Standings(h.db.WithContext(h.ctx), h.actor, ids...)
	for _, a := range found {
		mini := views.Mini{Title: a.Title, Href: fmt.Sprintf("/assessments/%d/pipeline", a.ID), Counts: standings[a.ID].At}
		if a.EndDate != nil {
			mini.Until = a.EndDate.In(h.zone).Format("2 Jan")
		}
		h.page.Open = append(h.page.Open, mini)
	}
	return err
}

// ownQueue is what the actor has to evaluate, what is due first at the top.
func (h *homeLoader) ownQueue() error {
	query := h.own("panel_candidates").
		Joins("JOIN panels ON panels.id = panel_candidates.panel_id").
		Joins("JOIN assessment_section_candidates ON assessment_section_candidates.id = panel_candidates.assessment_section_candidate_id").
		Where("panels.user_id = ? AND NOT panel_candidates.is_evaluated AND assessment_section_candidates.completed_at IS NOT NULL", h.actor.ID)
	total, err := h.count(query)
	if err != nil || total == 0 {
		return err
	}
	found, err := h.queueRows(query)
	group := views.WaitGroup{ID: "evaluate", Title: "For you to evaluate", Count: total, EndLabel: "Your queue", EndHref: "/evaluations", IsCandidates: true}
	for _, f := range found {
		name := f.name()
		if f.IsBlind {
			name = review.Alias(f.Participation)
		}
		group.Waits = append(group.Waits, views.Wait{Person: name, Title: "Evaluate " + name,
			Href: fmt.Sprintf("/evaluations/%d", f.AttemptID), Sub: f.Title + ", " + f.Section + ".",
			Age: views.Due(f.DueAt, h.now, h.zone), Act: "Evaluate", Key: len(group.Waits) == 0 && len(h.page.Groups) == 0})
	}
	h.add(group)
	return err
}

func (h *homeLoader) queueRows(query *gorm.DB) (found []waitingCandidate, err error) {
	err = query.Joins("JOIN assessment_candidates ON assessment_candidates.id = panel_candidates.assessment_candidate_id").
		Joins("JOIN candidates ON candidates.id = assessment_candidates.candidate_id").
		Joins("JOIN assessments ON assessments.id = assessment_candidates.assessment_id").
		Joins("JOIN sections ON sections.id = assessment_section_candidates.section_id").
		Joins("JOIN assessment_sections ON assessment_sections.id = panels.assessment_section_id").
		Select("panel_candidates.assessment_section_candidate_id AS attempt_id, panel_candidates.assessment_candidate_id AS participation, " +
			"assessment_sections.is_blind, panel_candidates.due_at, sections.title AS section, " + candidateColumns).
		Order("panel_candidates.due_at IS NULL, panel_candidates.due_at, panel_candidates.id").Limit(shown).Scan(&found).Error
	return found, err
}
