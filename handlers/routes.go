// Package handlers is the sitemap: every URL, the grant it needs and the function that answers it. Nothing registers
// itself; to find what answers a request, read routes.go.
package handlers

import (
	"net/http"

	"github.com/assay-hire/assay/handlers/account"
	"github.com/assay-hire/assay/handlers/admin"
	v4 "github.com/assay-hire/assay/handlers/api/v4"
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
	API     v4.Settings
	Metrics http.Handler // answers /metrics; nil when they are served elsewhere or not at all
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
	if p.Metrics != nil {
		server.GET("/metrics", echo.WrapHandler(p.Metrics))
	}

	pages := sitemap{server.Group("", append(p.Edge.Pages(), firstRun(p.Actions))...)}
	own := account.Screens{DB: p.DB, Actions: p.Actions}
	homePages(pages, own)
	accountPages(pages, own)
	recruiting := recruiter.Screens{DB: p.DB, Actions: p.Actions}
	questionPages(pages, recruiting)
	assessmentPages(pages, recruiting)
	candidatePages(pages, recruiting)
	pipelinePages(pages, recruiting)
	evaluationPages(pages, panelist.Screens{DB: p.DB, Actions: p.Actions})
	adminPages(pages, admin.Screens{DB: p.DB, Actions: p.Actions})
	attendPages(pages, candidate.Screens{DB: p.DB, Actions: p.Actions})
	v4.New(p.DB, p.Actions, p.API).Mount(server, p.Edge)
	documentation(pages, p)
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

// homePages are where everyone starts, and the way to anything by name.
func homePages(on sitemap, s account.Screens) {
	on.get("/", "account.use", s.Home)
	on.get("/palette", "account.use", s.Palette)
}

// accountPages are everyone's own screens.
func accountPages(on sitemap, s account.Screens) {
	on.get("/setup", anyone, s.SetUpForm)
	on.post("/setup", anyone, s.SetUp)
	on.get("/sign-in", anyone, s.SignInForm)
	on.post("/sign-in", anyone, s.SignIn)
	on.get("/sign-in/code", anyone, s.CodeForm)
	on.post("/sign-in/code", anyone, s.Code)
	on.post("/sign-out", anyone, s.SignOut)
	on.get("/password/forgotten", anyone, s.ForgottenForm)
	on.post("/password/forgotten", anyone, s.Forgotten)
	on.get("/password/reset/:token", anyone, s.ResetForm)
	on.post("/password/reset/:token", anyone, s.Reset)
	on.post("/password/strength", anyone, s.Strength)
	on.get("/email/:token", anyone, s.ConfirmEmailForm)
	on.post("/email/:token", anyone, s.ConfirmEmail)
	on.get("/invitation/:token", anyone, s.InvitationForm)
	on.post("/invitation/:token", anyone, s.Invitation)

	on.get("/account", "account.use", s.Profile)
	on.post("/account/profile", "account.use", s.UpdateProfile)
	on.post("/account/email", "account.use", s.ChangeEmail)
	on.post("/account/email/withdrawal", "account.use", s.KeepEmail)
	on.get("/account/picture", "account.use", s.Picture)
	on.post("/account/picture", "account.use", s.SetPicture)
	on.post("/account/picture/removal", "account.use", s.RemovePicture)
	on.post("/account/role", "account.use", s.SwitchRole)
	on.get("/account/security", "account.use", s.Security)
	on.post("/account/password", "account.use", s.ChangePassword)
	on.get("/account/second-factor", "account.use", s.SecondFactor)
	on.post("/account/second-factor", "account.use", s.StartSecondFactor)
	on.post("/account/second-factor/confirmation", "account.use", s.ConfirmSecondFactor)
	on.post("/account/second-factor/removal", "account.use", s.DropSecondFactor)
	on.post("/account/recovery-codes", "account.use", s.RenewRecoveryCodes)
	on.get("/account/sessions", "account.use", s.Sessions)
	on.post("/account/sessions/others", "account.use", s.RevokeOthers)
	on.post("/account/sessions/:id/revocation", "account.use", s.RevokeSession)
	on.get("/account/settings", "account.use", s.Settings)
	on.post("/account/settings", "account.use", s.SaveSettings)
	on.get("/account/tokens", "account.use", s.Tokens)
	on.post("/account/tokens", "account.use", s.CreateToken)
	on.post("/account/tokens/:id/revocation", "account.use", s.RevokeToken)
}

// questionPages are the question bank: list, editor, import and export.
func questionPages(on sitemap, s recruiter.Screens) {
	on.get("/questions", "question.view", s.Questions)
	on.post("/questions", "question.create", s.CreateQuestion)
	on.get("/questions/new", "question.create", s.NewQuestion)
	on.post("/questions/form", "question.view", s.GrowQuestion)
	on.post("/questions/preview", "question.view", s.PreviewQuestion)
	on.post("/questions/images", "question.update", s.UploadQuestionImage)
	on.get("/questions/tags/new", "question.update", s.TagForm)
	on.post("/questions/tags", "question.update", s.TagQuestions)
	on.post("/questions/views", "question.view", s.SaveQuestionView)
	on.post("/questions/deletions", "question.delete", s.DeleteQuestions)
	on.post("/questions/restorations", "question.delete", s.RestoreQuestions)
	on.get("/questions/export", "question.export", s.ExportQuestions)
	on.get("/questions/imports/new", "question.import", s.NewQuestionImport)
	on.post("/questions/imports", "question.import", s.UploadQuestions)
	on.get("/questions/imports/:id", "question.import", s.QuestionImport)
	on.post("/questions/imports/:id/commit", "question.import", s.CommitQuestionImport)
	on.get("/questions/:id", "question.view", s.Question)
	on.post("/questions/:id", "question.update", s.UpdateQuestion)
	on.get("/questions/:id/preview", "question.view", s.QuestionPreview)
	on.get("/questions/:id/versions", "question.view", s.QuestionVersions)
	on.get("/questions/:id/key", "attempt.rescore", s.QuestionKey)
	on.post("/questions/:id/key", "attempt.rescore", s.CorrectKey)
	on.post("/questions/:id/copies", "question.create", s.CopyQuestion)
}

// assessmentPages are the builder: assessments, their sections and what stands in them, preview, opening and closing.
func assessmentPages(on sitemap, s recruiter.Screens) {
	on.get("/assessments", "assessment.view", s.Assessments)
	on.get("/assessments/export", "assessment.view", s.ExportAssessments)
	on.get("/assessments/new", "assessment.create", s.NewAssessment)
	on.post("/assessments", "assessment.create", s.CreateAssessment)
	on.post("/assessments/views", "assessment.view", s.SaveAssessmentView)
	on.post("/assessments/statuses", "assessment.open", s.SetAssessmentStatuses)
	on.post("/assessments/deletions", "assessment.delete", s.DeleteAssessments)
	on.post("/assessments/restorations", "assessment.delete", s.RestoreAssessments)
	on.post("/assessments/templates/:template/deletion", "assessment.update", s.DeleteSectionTemplate)

	on.get("/assessments/:id", "assessment.view", s.Assessment)
	on.get("/assessments/:id/build", "assessment.view", s.BuildAssessment)
	on.get("/assessments/:id/preview", "assessment.view", s.PreviewAssessment)
	on.post("/assessments/:id/details", "assessment.update", s.SaveAssessmentDetails)
	on.post("/assessments/:id/status", "assessment.open", s.SetAssessmentStatus)
	on.post("/assessments/:id/copies", "assessment.create", s.DuplicateAssessment)
	on.post("/assessments/:id/deletion", "assessment.delete", s.DeleteAssessment)
	on.post("/assessments/:id/restoration", "assessment.delete", s.RestoreAssessment)

	on.post("/assessments/:id/sections", "assessment.update", s.AddSection)
	on.post("/assessments/:id/sections/:section/rules", "assessment.update", s.SaveSectionRules)
	on.post("/assessments/:id/sections/:section/texts", "assessment.update", s.SaveSectionTexts)
	on.post("/assessments/:id/sections/:section/evaluation", "parameter.manage", s.SaveSectionEvaluation)
	on.post("/assessments/:id/sections/:section/position", "assessment.update", s.MoveSection)
	on.post("/assessments/:id/sections/:section/template", "assessment.update", s.SaveSectionTemplate)
	on.post("/assessments/:id/sections/:section/removal", "assessment.update", s.RemoveSection)

	on.get("/assessments/:id/sections/:section/picker", "assessment.update", s.QuestionPicker)
	on.get("/assessments/:id/sections/:section/draw", "assessment.update", s.DrawForm)
	on.post("/assessments/:id/sections/:section/questions", "assessment.update", s.PickQuestions)
	on.post("/assessments/:id/sections/:section/draws", "assessment.update", s.AddDraw)
	on.post("/assessments/:id/sections/:section/slots/:slot/draw", "assessment.update", s.SaveDraw)
	on.post("/assessments/:id/sections/:section/slots/:slot/position", "assessment.update", s.MoveSlot)
	on.post("/assessments/:id/sections/:section/slots/:slot/removal", "assessment.update", s.RemoveSlot)
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
	on.post("/views/:id/deletion", "account.use", s.DeleteView)
	on.post("/views/:id/restoration", "account.use", s.RestoreView)

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

	on.post("/candidates/:id/attempts/:entry/extensions", "participation.extend", s.ExtendAttempt)
	on.post("/candidates/:id/attempts/:entry/closure", "attempt.end", s.EndAttempt)

	on.get("/invitations/new", "participation.invite", s.ChooseAssessment)
	on.get("/assessments/:id/invitations/new", "participation.invite", s.NewInvitations)
	on.post("/assessments/:id/invitations", "participation.invite", s.Invite)
	on.post("/assessments/:id/invitations/preview", "participation.invite", s.PreviewInvitations)
	on.get("/actions/:id", "participation.invite", s.ActionProgress)
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
	on.get("/admin/users", "user.manage", s.Users)
	on.post("/admin/users", "user.manage", s.Invite)
	on.get("/admin/users/new", "user.manage", s.InviteForm)
	on.get("/admin/users/export", "user.manage", s.ExportUsers)
	on.get("/admin/users/:id", "user.manage", s.UserPage)
	on.post("/admin/users/:id/roles", "user.manage", s.ChangeRoles)
	on.post("/admin/users/:id/permissions", "permission.grant", s.SetPermission)
	on.post("/admin/users/:id/invitation", "user.manage", s.ResendInvitation)
	on.post("/admin/users/:id/suspension", "user.manage", s.Suspend)
	on.post("/admin/users/:id/activation", "user.manage", s.Activate)
	on.post("/admin/users/:id/sign-out", "user.manage", s.SignOutUser)
	on.post("/admin/users/:id/second-factor", "user.manage", s.DropSecondFactor)
	on.post("/admin/users/:id/deletion", "user.manage", s.DeleteUser)

	on.get("/admin/permissions", "permission.grant", s.Permissions)
	on.post("/admin/permissions", "permission.grant", s.GrantToEveryone)
	on.post("/admin/permissions/removals", "permission.grant", s.TakeFromEveryone)
	on.get("/admin/organizations", "organization.view", s.Organizations)
	on.post("/admin/organizations", "organization.create", s.FoundOrganization)
	on.get("/admin/organizations/:id", "organization.view", s.ManagedOrganization)
	on.post("/admin/organizations/:id", "organization.view", s.UpdateManaged)
	on.post("/admin/organizations/:id/managers", "organization.view", s.AddManager)
	on.post("/admin/organizations/:id/managers/:manager/removal", "organization.view", s.EndManager)

	on.get("/admin/organization", "organization.view", s.Organization)
	on.post("/admin/organization", "organization.update", s.UpdateOrganization)
	on.post("/admin/organization/switches", "organization.update", s.SetSwitch)
	on.get("/admin/fields", "field.manage", s.Fields)
	on.post("/admin/fields", "field.manage", s.CreateField)
	on.post("/admin/fields/:id", "field.manage", s.UpdateField)
	on.post("/admin/fields/:id/deletion", "field.manage", s.DeleteField)
	on.post("/admin/fields/:id/restoration", "field.manage", s.RestoreField)
	on.get("/admin/categories", "category.manage", s.Categories)
	on.post("/admin/categories", "category.manage", s.CreateCategory)
	on.post("/admin/categories/:id", "category.manage", s.RenameCategory)
	on.post("/admin/categories/:id/deletion", "category.manage", s.DeleteCategory)
	on.post("/admin/categories/:id/restoration", "category.manage", s.RestoreCategory)
	on.post("/admin/reasons", "category.manage", s.CreateReason)
	on.post("/admin/reasons/:id/deletion", "category.manage", s.DeleteReason)

	on.get("/admin/forms", "form.manage", s.Forms)
	on.post("/admin/forms", "form.manage", s.CreateForm)
	on.get("/admin/forms/new", "form.manage", s.NewForm)
	on.post("/admin/forms/preview", "form.manage", s.PreviewForm)
	on.get("/admin/forms/:id", "form.manage", s.Form)
	on.post("/admin/forms/:id", "form.manage", s.UpdateForm)
	on.post("/admin/forms/:id/copies", "form.manage", s.DuplicateForm)
	on.post("/admin/forms/:id/deletion", "form.manage", s.DeleteForm)
	on.post("/admin/forms/:id/restoration", "form.manage", s.RestoreForm)

	on.get("/admin/lists", "field.manage", s.Lists)
	on.post("/admin/lists", "field.manage", s.CreateList)
	on.get("/admin/lists/:id", "field.manage", s.List)
	on.post("/admin/lists/:id", "field.manage", s.RenameList)
	on.post("/admin/lists/:id/options", "field.manage", s.AddListOptions)
	on.post("/admin/lists/:id/deletion", "field.manage", s.DeleteList)
	on.post("/admin/lists/:id/restoration", "field.manage", s.RestoreList)
	on.post("/admin/list-options/:id", "field.manage", s.SaveListOption)
	on.post("/admin/list-options/:id/position", "field.manage", s.MoveListOption)
	on.post("/admin/list-options/:id/deletion", "field.manage", s.DeleteListOption)
	on.post("/admin/list-options/:id/restoration", "field.manage", s.RestoreListOption)

	on.get("/admin/settings", "organization.view", s.Settings)
	on.post("/admin/settings", "organization.update", s.SaveSettings)
	on.get("/admin/api", "permission.grant", s.Programs)
	on.post("/admin/api/clients", "permission.grant", s.CreateClient)
	on.post("/admin/api/clients/:id/revocation", "permission.grant", s.RevokeClient)
	on.post("/admin/api/accounts", "permission.grant", s.CreateAccount)
	on.post("/admin/api/accounts/:id/revocation", "permission.grant", s.RevokeAccount)
	on.post("/admin/api/accounts/:id/keys", "permission.grant", s.AddKey)
	on.post("/admin/api/accounts/:id/keys/removal", "permission.grant", s.RemoveKey)

	on.get("/admin/audit", "audit.view", s.Audit)
	on.post("/admin/audit/verification", "audit.view", s.Verify)
	on.get("/admin/webhooks", "webhook.view", s.Webhooks)
	on.post("/admin/webhooks", "webhook.manage", s.CreateWebhook)
	on.get("/admin/webhooks/:id", "webhook.view", s.Webhook)
	on.post("/admin/webhooks/:id", "webhook.manage", s.SaveWebhook)
	on.post("/admin/webhooks/:id/state", "webhook.manage", s.SwitchWebhook)
	on.post("/admin/webhooks/:id/secret", "webhook.manage", s.RotateWebhook)
	on.post("/admin/webhooks/:id/tests", "webhook.manage", s.TestWebhook)
	on.post("/admin/webhooks/:id/replays", "webhook.manage", s.ReplayFailed)
	on.post("/admin/webhooks/:id/deletion", "webhook.manage", s.DeleteWebhook)
	on.get("/admin/webhooks/:id/deliveries/:delivery", "webhook.view", s.Delivery)
	on.post("/admin/webhooks/:id/deliveries/:delivery/replays", "webhook.manage", s.ReplayDelivery)
	on.get("/admin/callbacks", "webhook.view", s.Callbacks)
	on.post("/admin/callbacks/secrets", "webhook.manage", s.RotateCallbackSecret)
	on.get("/admin/callbacks/:delivery", "webhook.view", s.Callback)
	on.post("/admin/callbacks/:delivery/replays", "webhook.manage", s.ReplayCallback)

	on.get("/admin/outbox", "outbox.view", s.Outbox)
	on.post("/admin/outbox/retries", "outbox.resend", s.Resend)
	on.get("/admin/outbox/:id", "outbox.view", s.Message)
	on.get("/admin/templates", "template.manage", s.Templates)
	on.get("/admin/templates/:name", "template.manage", s.Template)
	on.post("/admin/templates/:name", "template.manage", s.SaveTemplate)
	on.post("/admin/templates/:name/preview", "template.manage", s.PreviewTemplate)
	on.post("/admin/templates/:name/reset", "template.manage", s.ResetTemplate)
	on.get("/assessments/:id/messages", "template.manage", s.Templates)
	on.get("/assessments/:id/messages/:name", "template.manage", s.Template)
	on.post("/assessments/:id/messages/:name", "template.manage", s.SaveTemplate)
	on.post("/assessments/:id/messages/:name/preview", "template.manage", s.PreviewTemplate)
	on.post("/assessments/:id/messages/:name/reset", "template.manage", s.ResetTemplate)
}

// attendPages are a candidate's way from the link in the invitation to the conclusion.
func attendPages(on sitemap, s candidate.Screens) {
	on.get("/attend", "participation.attend", s.Overview)
	on.get("/attend/consent", "participation.attend", s.ConsentForm)
	on.post("/attend/consent", "participation.attend", s.Consent)
	on.post("/attend/leaving", "participation.attend", s.Leave)
	on.get("/attend/sections/:id", "participation.attend", s.Section)
	on.get("/attend/sections/:id/form", "participation.attend", s.PreForm)
	on.post("/attend/sections/:id/form", "participation.attend", s.SubmitPreForm)
	on.post("/attend/sections/:id/start", "participation.attend", s.Start)
	on.get("/attend/sections/:id/questions/:n", "participation.attend", s.Question)
	on.post("/attend/answers/:id", "participation.attend", s.SaveAnswer)
	on.post("/attend/answers/:id/mark", "participation.attend", s.MarkQuestion)
	on.post("/attend/sections/:id/heartbeats", "participation.attend", s.Heartbeat)
	on.get("/attend/sections/:id/events", "participation.attend", s.AttemptEvents)
	on.post("/attend/sections/:id/events", "participation.attend", s.RecordEvents)
	on.get("/attend/sections/:id/review", "participation.attend", s.Review)
	on.post("/attend/sections/:id/submission", "participation.attend", s.Submit)
	on.get("/attend/sections/:id/conclusion", "participation.attend", s.Conclusion)
	on.get("/live/:c", anyone, s.Appointment)
	on.get("/live/:c/calendar", anyone, s.AppointmentFile)
	on.get("/event/:code", anyone, s.Event)
	on.get("/attend/:c", anyone, s.Landing)
	on.post("/attend/:c", anyone, s.Verify)
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
