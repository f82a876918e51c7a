package account

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/views/ui"
)

// firstSteps lead somebody who can build assessments to the first candidate, as long as the organization has invited
// nobody.
func (h *homeLoader) firstSteps() error {
	if !access.Can(h.actor, "participation.invite") {
		return nil
	}
	invited, err := h.any("assessment_candidates", "")
	if err != nil || invited {
		return err
	}
	questions, err := h.any("questions", "NOT questions.is_deleted")
	if err != nil {
		return err
	}
	assessments, err := h.any("assessments", "NOT assessments.is_deleted")
	if err != nil {
		return err
	}
	open, err := h.any("assessments", "NOT assessments.is_deleted AND assessments.status_id = ?", models.AssessmentOpen)
	if err != nil {
		return err
	}
	h.page.Steps = []views.Step{
		{Icon: ui.IconBank, Title: "Fill the question bank", Sub: "Import the questions you have, or write the first ones.", Act: "Import", Href: "/questions/imports/new", Done: questions},
		{Icon: ui.IconBoard, Title: "Build an assessment", Sub: "Sections of questions, with the time and the rules they are taken under.", Act: "Build", Href: "/assessments/new", Done: assessments},
		{Icon: ui.IconEye, Title: "Open it", Sub: "What would fail a candidate is shown to you first.", Act: "See", Href: "/assessments", Done: open},
		{Icon: ui.IconSend, Title: "Invite the first candidates", Sub: "Each gets a link and a code by mail. Nobody needs an account.", Act: "Invite", Href: "/invitations/new"},
	}
	return h.firstColleagues()
}

// firstColleagues adds the step that only who manages people can take.
func (h *homeLoader) firstColleagues() error {
	if !access.Can(h.actor, "user.manage") {
		return nil
	}
	others, err := h.any("users", "NOT users.is_deleted AND users.id <> ?", h.actor.ID)
	h.page.Steps = append(h.page.Steps, views.Step{Icon: ui.IconPeople, Title: "Ask your colleagues in",
		Sub: "Recruiters build and decide; panelists evaluate.", Act: "Invite", Href: "/admin/users/new", Done: others})
	return err
}

// any tells whether the organization has a row of a table that meets a condition.
func (h *homeLoader) any(table, condition string, values ...any) (bool, error) {
	query := h.own(table)
	if condition != "" {
		query = query.Where(condition, values...)
	}
	var found []int64
	err := query.Limit(1).Pluck(table+".id", &found).Error
	return len(found) > 0, err
}
