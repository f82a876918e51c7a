// Package handlers is the sitemap: every URL, the grant it needs and the function that answers it. Nothing registers
// itself; to find what answers a request, read routes.go.
package handlers

import (
	"net/http"

	"github.com/assay-hire/assay/handlers/account"
	"github.com/assay-hire/assay/handlers/admin"
	"github.com/assay-hire/assay/handlers/candidate"
	"github.com/assay-hire/assay/handlers/panelist"
	"github.com/assay-hire/assay/handlers/recruiter"
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/static"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Parts is what the screens are built from.
type Parts struct {
	DB      *database.DB
	Actions *actions.Runner
	Edge    *web.Edge
}

// anyone marks a route that needs no grant.
const anyone access.Grant = ""

// New returns the server with every route of the product.
func New(p Parts) *echo.Echo {
	server := p.Edge.Echo()
	server.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
	server.GET(files.Path+"*", echo.WrapHandler(p.Actions.Files))
	server.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	server.GET("/readyz", ready(p.DB))

	pages := sitemap{server.Group("", p.Edge.Pages()...)}
	accountPages(pages, account.Screens{DB: p.DB, Actions: p.Actions})
	recruiting := recruiter.Screens{DB: p.DB, Actions: p.Actions}
	questionPages(pages, recruiting)
	assessmentPages(pages, recruiting)
	candidatePages(pages, recruiting)
	pipelinePages(pages, recruiting)
	evaluationPages(pages, panelist.Screens{DB: p.DB, Actions: p.Actions})
	adminPages(pages, admin.Screens{DB: p.DB, Actions: p.Actions})
	attendPages(pages, candidate.Screens{DB: p.DB, Actions: p.Actions})
	return server
}

// sitemap adds routes with the grant each needs.
type sitemap struct{ group *echo.Group }

func (s sitemap) get(path string, needs access.Grant, answer echo.HandlerFunc) {
	s.add(http.MethodGet, path, needs, answer)
}

func (s sitemap) post(path string, needs access.Grant, answer echo.HandlerFunc) {
	s.add(http.MethodPost, path, needs, answer)
}

func (s sitemap) add(method, path string, needs access.Grant, answer echo.HandlerFunc) {
	if needs == anyone {
		s.group.Add(method, path, answer)
		return
	}
	if !access.Known(needs) {
		panic("handlers: " + method + " " + path + " needs a grant that the matrix does not know: " + string(needs))
	}
	s.group.Add(method, path, answer, web.Needs(needs))
}

// accountPages are everyone's own screens.
func accountPages(on sitemap, s account.Screens) {
	on.get("/sign-in", anyone, s.SignInForm)
	on.post("/sign-in", anyone, s.SignIn)
	on.post("/sign-out", anyone, s.SignOut)
}

// questionPages are the question bank: list, editor, import and export.
func questionPages(on sitemap, s recruiter.Screens) {
}

// assessmentPages are the builder: assessments, their sections and what stands in them, preview, opening and closing.
func assessmentPages(on sitemap, s recruiter.Screens) {
}

// candidatePages are candidates: list, profile, import and export, invitations.
func candidatePages(on sitemap, s recruiter.Screens) {
	on.get("/candidates", "candidate.view", s.Candidates)
	on.post("/candidates", "candidate.create", s.CreateCandidate)
	on.get("/candidates/new", "candidate.create", s.NewCandidate)
	on.get("/candidates/export", "candidate.export", s.ExportCandidates)
	on.post("/candidates/deletions", "candidate.delete", s.DeleteCandidates)
	on.post("/candidates/restorations", "candidate.delete", s.RestoreCandidates)
	on.post("/candidates/views", "candidate.view", s.SaveCandidateView)

	on.get("/candidates/imports/new", "candidate.import", s.NewCandidateImport)
	on.post("/candidates/imports", "candidate.import", s.UploadCandidates)
	on.get("/candidates/imports/:id", "candidate.import", s.CandidateImport)
	on.post("/candidates/imports/:id/mapping", "candidate.import", s.MapCandidateImport)
	on.post("/candidates/imports/:id/commit", "candidate.import", s.CommitCandidateImport)
	on.get("/candidates/imports/:id/problems", "candidate.import", s.CandidateImportProblems)

	on.get("/candidates/:id", "candidate.view", s.Candidate)
	on.post("/candidates/:id", "candidate.update", s.UpdateCandidate)
	on.get("/candidates/:id/edit", "candidate.update", s.EditCandidate)
	on.post("/candidates/:id/education", "candidate.update", s.SaveEducation)
	on.post("/candidates/:id/education/:entry", "candidate.update", s.SaveEducation)
	on.post("/candidates/:id/education/:entry/deletion", "candidate.update", s.RemoveEducation)
	on.post("/candidates/:id/experience", "candidate.update", s.SaveExperience)
	on.post("/candidates/:id/experience/:entry", "candidate.update", s.SaveExperience)
	on.post("/candidates/:id/experience/:entry/deletion", "candidate.update", s.RemoveExperience)
	on.post("/candidates/:id/files", "candidate.update", s.AddCandidateFile)
	on.post("/candidates/:id/files/:entry/deletion", "candidate.update", s.RemoveCandidateFile)
	on.post("/candidates/:id/participations/:entry/reminders", "participation.remind", s.RemindParticipant)
	on.post("/candidates/:id/participations/:entry/extensions", "participation.extend", s.ExtendParticipant)
	on.post("/candidates/:id/participations/:entry/invitations", "participation.invite", s.ReInviteParticipant)

	on.get("/invitations/new", "participation.invite", s.ChooseAssessment)
	on.get("/assessments/:id/invitations/new", "participation.invite", s.NewInvitations)
	on.post("/assessments/:id/invitations", "participation.invite", s.Invite)
	on.post("/assessments/:id/invitations/preview", "participation.invite", s.PreviewInvitations)
	on.get("/actions/:id", "participation.invite", s.ActionProgress)
}

// pipelinePages are an assessment's candidates on their way to a decision, and the reports on them.
func pipelinePages(on sitemap, s recruiter.Screens) {
}

// evaluationPages are a panelist's queue and workspace.
func evaluationPages(on sitemap, s panelist.Screens) {
}

// adminPages are people, roles, settings, messages and the audit log.
func adminPages(on sitemap, s admin.Screens) {
	on.get("/admin/outbox", "outbox.view", s.Outbox)
	on.post("/admin/outbox/retries", "outbox.resend", s.Resend)
	on.get("/admin/outbox/:id", "outbox.view", s.Message)
	on.get("/admin/templates", "template.manage", s.Templates)
	on.get("/admin/templates/:name", "template.manage", s.Template)
	on.post("/admin/templates/:name", "template.manage", s.SaveTemplate)
	on.post("/admin/templates/:name/preview", "template.manage", s.PreviewTemplate)
	on.post("/admin/templates/:name/reset", "template.manage", s.ResetTemplate)
}

// attendPages are a candidate's way from the link in the invitation to the conclusion.
func attendPages(on sitemap, s candidate.Screens) {
}

// ready answers whether the database can be reached.
func ready(db *database.DB) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := db.Ping(web.Context(c)); err != nil {
			return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
		}
		return c.String(http.StatusOK, "ready\n")
	}
}
