package recruiter

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ShowPipeline shows an assessment's candidates as board or table.
func (s Screens) ShowPipeline(c echo.Context) error {
	page, _, err := s.pipelinePage(c)
	if err != nil {
		return err
	}
	return web.Page(c, views.PipelinePage(page))
}

// PipelineBoard shows the board again, as it stands now.
func (s Screens) PipelineBoard(c echo.Context) error {
	page, _, err := s.pipelinePage(c)
	if err != nil {
		return err
	}
	return web.PageOr(c, views.PipelinePage(page), views.PipelineAgain(page))
}

// MoreCards shows the cards of a column that follow.
func (s Screens) MoreCards(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	key, _ := strconv.Atoi(c.QueryParam("column"))
	after, ok := cursorOf(c.QueryParam("after"))
	if !ok || models.StatusKey(key).ID() == 0 {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	if !web.IsPart(c) {
		return web.Redirect(c, fmt.Sprintf("/assessments/%d/pipeline?view=table&status=%d", p.assessment.ID, key))
	}
	column, err := p.more(models.StatusKey(key), after)
	if err != nil {
		return err
	}
	return web.Part(c, views.PipelineCards(column))
}

// dropForm is a card let go over a column.
type dropForm struct {
	Participation int64 `form:"participation"`
	Status        int   `form:"status"`
}

// DropCard moves one candidate to where the card was dropped: a decision, or back to where it was before one.
func (s Screens) DropCard(c echo.Context) error {
	var form dropForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	card, err := s.participation(c, form.Participation)
	if err != nil {
		return err
	}
	undoURL, err := s.drop(c, card, models.StatusKey(form.Status))
	if err != nil {
		return err
	}
	if !web.IsPart(c) {
		return web.Back(c, fmt.Sprintf("/assessments/%d/pipeline", p.assessment.ID))
	}
	return s.dropResult(c, p, card, models.StatusKey(form.Status), undoURL)
}

// drop records the move and returns where it is taken back.
func (s Screens) drop(c echo.Context, card models.AssessmentCandidate, to models.StatusKey) (undoURL string, err error) {
	refs := actions.RefsTo([]int64{card.ID})
	if !to.IsDecision() {
		if !card.Status().IsDecision() {
			return "", fault.New(fault.Conflict, "Candidates reach %s by themselves. Only decisions are set by hand.", to.Label())
		}
		return "", web.Run(c, &actions.UndoStatus{AssessmentCandidates: refs, To: to})
	}
	row, err := s.Actions.Record(web.Context(c), web.Actor(c), &actions.ChangeStatus{StatusSortKey: to, AssessmentCandidates: refs})
	return fmt.Sprintf("/assessments/%d/pipeline/undo?action=%d", card.AssessmentID, row.ID), err
}

func (s Screens) dropResult(c echo.Context, p *pipeline, card models.AssessmentCandidate, to models.StatusKey, undoURL string) error {
	counts, err := p.counts()
	if err != nil {
		return err
	}
	columns, err := p.columns([]models.StatusKey{card.Status(), to}, counts, columnCards)
	if err != nil {
		return err
	}
	name, err := p.nameOf(card)
	if err != nil {
		return err
	}
	return web.Part(c, views.DropResult(columns[0], columns[1], counts, fmt.Sprintf("/assessments/%d/pipeline", p.assessment.ID)),
		web.Toast(fmt.Sprintf("Moved %s to %s.", name, to.Label()), undoURL))
}

// pipelineOf reads the assessment that the address names, under its filter.
func (s Screens) pipelineOf(c echo.Context) (*pipeline, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return nil, err
	}
	return s.pipeline(web.Context(c), web.Actor(c), id, filterOf(c))
}

// pipelinePage loads the page without a drawer.
func (s Screens) pipelinePage(c echo.Context) (views.Pipeline, *pipeline, error) {
	p, err := s.pipelineOf(c)
	if err != nil {
		return views.Pipeline{}, nil, err
	}
	chrome, err := web.Chrome(c, p.assessment.Title)
	if err != nil {
		return views.Pipeline{}, nil, err
	}
	chrome.Keys, chrome.Read = views.PipelineKeys(), true
	page := views.Pipeline{Page: chrome, Assessment: p.assessment, Query: p.filter.query(), Scored: p.spread.Total,
		IsTable: c.QueryParam("view") == "table", Sort: c.QueryParam("sort"), Spread: p.histogram()}
	page.Board, page.Wide = !page.IsTable, true
	page.Low, page.High = p.spread.MiddleHalf()
	if page.Head, err = s.assessmentHead(c, p.assessment); err != nil {
		return page, p, err
	}
	actor := web.Actor(c)
	page.MayDecide, page.MayAssign = access.Can(actor, "participation.decide"), access.Can(actor, "panel.assign")
	page.MayInvite = access.Can(actor, "participation.invite") && p.assessment.AllowsInviting()
	page.MayExport = access.Can(actor, "report.export")
	page.LiveURL = fmt.Sprintf("/assessments/%d/pipeline/board", p.assessment.ID)
	if q := c.QueryString(); q != "" {
		page.LiveURL += "?" + q
	}
	if err := s.fillCards(c, p, &page); err != nil {
		return page, p, err
	}
	return page, p, s.fillFilter(c, p, &page)
}

func (s Screens) fillCards(c echo.Context, p *pipeline, page *views.Pipeline) (err error) {
	if page.Counts, err = p.counts(); err != nil {
		return err
	}
	if page.IsTable {
		var next string
		if page.Cards, next, err = p.table(page.Sort, c.QueryParam("after")); next != "" {
			page.NextHref = fmt.Sprintf("/assessments/%d/pipeline%s", p.assessment.ID,
				p.filter.query("view", "table", "sort", page.Sort, "after", next))
		}
		return err
	}
	shown, _ := strconv.Atoi(c.QueryParam("shown"))
	page.Columns, err = p.board(page.Counts, min(max(columnCards, shown), mostCards))
	return err
}

// participation returns one of the participations of the assessment in the address.
func (s Screens) participation(c echo.Context, id int64) (models.AssessmentCandidate, error) {
	var found models.AssessmentCandidate
	assessment, err := web.ID(c, "id")
	if err != nil {
		return found, err
	}
	err = s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).
		Where("id = ? AND assessment_id = ?", id, assessment).Limit(1).Find(&found).Error
	if err != nil {
		return found, fmt.Errorf("load participation: %w", err)
	}
	if found.ID == 0 {
		return found, fault.Missing("candidate in this assessment")
	}
	return found, nil
}

func (p *pipeline) histogram() ui.HistogramProps {
	h := ui.HistogramProps{ID: "spread", Title: "Scores of candidates"}
	for i, n := range p.spread.Tens() {
		h.Bins = append(h.Bins, ui.Bin{From: float64(i * 10), To: float64(i*10 + 10), Count: n})
	}
	return h
}

// withDrawer is the page with a candidate open.
func withDrawer(page views.Pipeline, drawer templ.Component, title string) views.Pipeline {
	page.Drawer, page.Page.Title = drawer, title+" · "+page.Assessment.Title
	return page
}
