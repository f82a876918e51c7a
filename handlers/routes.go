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
}

// pipelinePages are an assessment's candidates on their way to a decision, and the reports on them.
func pipelinePages(on sitemap, s recruiter.Screens) {
	on.get("/assessments/:id/pipeline", "pipeline.view", s.ShowPipeline)
	on.get("/assessments/:id/pipeline/board", "pipeline.view", s.PipelineBoard)
	on.get("/assessments/:id/pipeline/cards", "pipeline.view", s.MoreCards)
	on.get("/assessments/:id/pipeline/events", "pipeline.view", s.PipelineEvents)
	on.post("/assessments/:id/pipeline/drops", "participation.decide", s.DropCard)
	on.get("/assessments/:id/pipeline/decisions/new", "participation.decide", s.AskDecision)
	on.post("/assessments/:id/pipeline/decisions", "participation.decide", s.Decide)
	on.post("/assessments/:id/pipeline/undo", "participation.decide", s.UndoDecision)
	on.post("/assessments/:id/pipeline/views", "pipeline.view", s.SavePipelineView)
	on.get("/assessments/:id/pipeline/:participation", "pipeline.view", s.ShowCandidate)
	on.get("/assessments/:id/compare", "pipeline.view", s.Compare)
	on.get("/assessments/:id/panels", "panel.assign", s.ShowPanels)
	on.post("/assessments/:id/panels", "panel.assign", s.AssignPanel)
	on.post("/assessments/:id/panels/reminders", "panel.assign", s.RemindPanels)
	on.get("/assessments/:id/results.csv", "report.export", s.ResultsCSV)
	on.get("/assessments/:id/results.xlsx", "report.export", s.ResultsXLSX)
	on.get("/participations/:id/report", "report.view", s.ShowReport)
	on.get("/participations/:id/report.pdf", "report.view", s.ReportPDF)
	on.post("/participations/:id/report/shares", "report.share", s.ShareReport)
	on.post("/participations/:id/report/shares/:share/end", "report.share", s.RevokeShare)
	on.get("/shared/:token", anyone, s.ShowShared)
}

// evaluationPages are a panelist's queue and workspace.
func evaluationPages(on sitemap, s panelist.Screens) {
	on.get("/evaluations", "evaluation.give", s.ShowQueue)
	on.get("/evaluations/:id", "evaluation.give", s.ShowEvaluation)
	on.post("/evaluations/:id", "evaluation.give", s.SubmitEvaluation)
	on.post("/evaluations/:id/draft", "evaluation.give", s.SaveDraft)
}

// adminPages are people, roles, settings, messages and the audit log.
func adminPages(on sitemap, s admin.Screens) {
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
