package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/models"
)

// Grant names one thing that may be done, as subject.verb: also the documented form of permission items.
type Grant string

// Line is one row of the matrix.
type Line struct {
	Grant     Grant
	Roles     []models.Role
	Everyone  bool   // every signed-in user, whatever the role
	Candidate bool   // a candidate within the own participation
	Feature   string // the organization switch that turns it off, by wire name
}

func (l Line) allows(r models.Role) bool { return l.Everyone || slices.Contains(l.Roles, r) }

var (
	admins     = []models.Role{models.SuperAdmin, models.Admin, models.AccountManager}
	recruiters = []models.Role{models.MasterRecruiter, models.Recruiter}
	authors    = []models.Role{models.ContentManager}
	managers   = []models.Role{models.HiringManager, models.MasterHiringManager}
	support    = []models.Role{models.SupportEngineer, models.Developer}
	sourcers   = []models.Role{models.Sourcer, models.WalkInAdmin, models.Consultant}
	integrator = []models.Role{models.APIUser}
	panelists  = []models.Role{models.Evaluator}
)

func roles(groups ...[]models.Role) []models.Role { return slices.Concat(groups...) }

// Matrix is who may do what, in the order in which a reviewer reads it.
var Matrix = []Line{
	{Grant: "account.use", Everyone: true},
	{Grant: "organization.found"}, // the program itself only

	{Grant: "question.view", Roles: roles(admins, recruiters, authors, managers, support, integrator)},
	{Grant: "question.create", Roles: roles(admins, recruiters, authors, integrator)},
	{Grant: "question.update", Roles: roles(admins, recruiters, authors, integrator)},
	{Grant: "question.delete", Roles: roles(admins, recruiters, authors, integrator)},
	{Grant: "question.import", Roles: roles(admins, recruiters, authors)},
	{Grant: "question.export", Roles: roles(admins, recruiters, authors)},

	{Grant: "assessment.view", Roles: roles(admins, recruiters, authors, managers, support, sourcers, integrator)},
	{Grant: "assessment.create", Roles: roles(admins, recruiters, authors, integrator), Feature: "hasAssessmentCreate"},
	{Grant: "assessment.update", Roles: roles(admins, recruiters, authors, integrator)},
	{Grant: "assessment.open", Roles: roles(admins, recruiters, integrator)},
	{Grant: "assessment.delete", Roles: roles(admins, recruiters, integrator)},

	{Grant: "candidate.view", Roles: roles(admins, recruiters, managers, support, sourcers, integrator)},
	{Grant: "candidate.create", Roles: roles(admins, recruiters, sourcers, integrator)},
	{Grant: "candidate.update", Roles: roles(admins, recruiters, sourcers, integrator)},
	{Grant: "candidate.delete", Roles: roles(admins, recruiters, integrator)},
	{Grant: "candidate.import", Roles: roles(admins, recruiters, sourcers)},
	{Grant: "candidate.export", Roles: roles(admins, recruiters)},

	{Grant: "file.view", Roles: roles(admins, recruiters, authors, managers, support, sourcers, panelists, integrator)}, // own uploads, and files of what may be seen
	{Grant: "file.upload", Roles: roles(admins, recruiters, managers, sourcers, panelists, integrator)},

	{Grant: "attempt.view", Roles: roles(admins, recruiters, managers, support, panelists, integrator)}, // panelists: those assigned
	{Grant: "pipeline.view", Roles: roles(admins, recruiters, managers, support, integrator)},
	{Grant: "participation.invite", Roles: roles(admins, recruiters, sourcers, integrator)},
	{Grant: "participation.remind", Roles: roles(admins, recruiters, integrator)},
	{Grant: "participation.extend", Roles: roles(admins, recruiters, integrator)},
	{Grant: "participation.decide", Roles: roles([]models.Role{models.SuperAdmin, models.Admin}, recruiters, integrator)},
	{Grant: "participation.attend", Candidate: true},
	{Grant: "attempt.close"}, // the program itself only, at the deadline
	{Grant: "attempt.end", Roles: roles(admins, recruiters, integrator)},
	{Grant: "attempt.rescore", Roles: roles(admins, recruiters, integrator)},

	{Grant: "panel.assign", Roles: roles(admins, recruiters, integrator), Feature: "isEvaluation"},
	{Grant: "evaluation.give", Roles: roles(admins, recruiters, managers, panelists, integrator), Feature: "isEvaluation"},
	{Grant: "evaluation.view", Roles: roles(admins, recruiters, managers, support, integrator)},
	{Grant: "evaluation.read", Roles: roles(admins, recruiters, managers, support, panelists, integrator)}, // panelists: their own
	{Grant: "parameter.view", Roles: roles(admins, recruiters, authors, managers, support, panelists, integrator)},
	{Grant: "parameter.manage", Roles: roles(admins, recruiters, authors, integrator)},
	{Grant: "form.view", Roles: roles(admins, recruiters, authors, managers, support, panelists, integrator)},
	{Grant: "form.manage", Roles: roles(admins, recruiters, authors, integrator)},

	{Grant: "live.view", Roles: roles(admins, recruiters, managers, support, panelists, integrator), Feature: "isLive"},
	{Grant: "live.schedule", Roles: roles(admins, recruiters, integrator), Feature: "isLive"},
	{Grant: "event.view", Roles: roles(admins, recruiters, managers, support, sourcers, panelists, integrator)},
	{Grant: "event.manage", Roles: roles(admins, recruiters, integrator)},
	{Grant: "event.invite", Roles: roles(admins, recruiters, integrator)},
	{Grant: "calendar.view", Roles: roles(admins, recruiters, managers, support, integrator)},
	{Grant: "menu-card.manage", Roles: roles(admins, recruiters, integrator)},
	{Grant: "external-assessment.manage", Roles: append(roles(admins, recruiters, integrator), models.ExternalAssessmentAdmin)},

	{Grant: "report.view", Roles: roles(admins, recruiters, managers, support, integrator)},
	{Grant: "report.share", Roles: roles(admins, recruiters)},
	{Grant: "report.export", Roles: roles(admins, recruiters)},

	{Grant: "user.view", Roles: roles(admins, recruiters, support, integrator)},
	{Grant: "user.manage", Roles: roles(admins)},
	{Grant: "catalogue.view", Roles: models.Roles}, // what can be chosen: settings, kinds of files; programs too
	{Grant: "organization.view", Roles: roles(admins, support)},
	{Grant: "organization.update", Roles: roles(admins)},
	{Grant: "organization.create", Roles: roles(admins)}, // another one, and delete it again
	{Grant: "permission.grant", Roles: roles(admins)},
	{Grant: "field.manage", Roles: roles(admins)},
	{Grant: "category.manage", Roles: roles(admins, authors)},
	{Grant: "template.manage", Roles: roles(admins, recruiters)},
	{Grant: "outbox.view", Roles: roles(admins, recruiters, support)},
	{Grant: "outbox.resend", Roles: roles(admins, recruiters)},
	{Grant: "audit.view", Roles: roles(admins)},
	{Grant: "webhook.view", Roles: roles(admins, integrator)},
	{Grant: "webhook.manage", Roles: roles(admins, integrator)},
}

var lines = index(Matrix)

func index(matrix []Line) map[Grant]Line {
	m := make(map[Grant]Line, len(matrix))
	for _, l := range matrix {
		m[l.Grant] = l
	}
	return m
}

// Known tells whether the matrix has a line for the grant.
func Known(g Grant) bool {
	_, ok := lines[g]
	return ok
}

// Grantable tells whether a user can be given or refused the grant: not what is a candidate's or the program's own.
func Grantable(g Grant) bool {
	line, known := lines[g]
	return known && !line.Candidate && !line.Everyone && len(line.Roles) > 0
}

// Print renders the matrix as text, one line a grant with its roles in document order: what the golden file holds.
func Print() string {
	var b strings.Builder
	for _, l := range Matrix {
		var who []string
		switch {
		case l.Everyone:
			who = append(who, "every user")
		case l.Candidate:
			who = append(who, "the candidate")
		}
		for _, r := range models.Roles {
			if slices.Contains(l.Roles, r) {
				who = append(who, string(r))
			}
		}
		fmt.Fprintf(&b, "%-24s %s", l.Grant, strings.Join(who, ", "))
		if l.Feature != "" {
			fmt.Fprintf(&b, " [unless %s is off]", l.Feature)
		}
		b.WriteString("\n")
	}
	return b.String()
}
