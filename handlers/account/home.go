package account

import (
	"context"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// Home shows what waits for whoever asks: each part stands there if the role has to do with it.
func (s Screens) Home(c echo.Context) error {
	actor, now := web.Actor(c), s.DB.Clock.Now()
	page, err := web.Chrome(c, "Home")
	if err != nil {
		return err
	}
	h := homeLoader{ctx: web.Context(c), db: s.DB.Read, actor: actor, now: now, zone: web.Zone(c)}
	h.page = views.Home{Page: page, Now: now.In(h.zone), Name: actor.Name, Role: string(actor.Role), Doors: doors(page)}
	for _, load := range h.parts() {
		if err := load(); err != nil {
			return err
		}
	}
	return web.Page(c, views.HomePage(h.page))
}

// homeLoader fills the home page, part by part.
type homeLoader struct {
	ctx   context.Context
	db    *gorm.DB
	actor access.Actor
	now   time.Time
	zone  *time.Location
	page  views.Home
}

// parts are what the actor's home consists of, the most urgent first.
func (h *homeLoader) parts() []func() error {
	var parts []func() error
	add := func(needs access.Grant, load ...func() error) {
		if access.Can(h.actor, needs) {
			parts = append(parts, load...)
		}
	}
	add("assessment.create", h.firstSteps)
	add("participation.decide", h.toDecide)
	add("evaluation.give", h.ownQueue)
	add("panel.assign", h.overdue)
	add("participation.invite", h.toInvite)
	add("outbox.view", h.failedMail)
	add("question.import", h.imports)
	add("user.manage", h.people)
	add("audit.view", h.chain)
	add("pipeline.view", h.goingOn)
	add("assessment.view", h.open)
	return parts
}

// own returns a query that sees the actor's organization only.
func (h *homeLoader) own(table string) *gorm.DB {
	return h.db.WithContext(h.ctx).Table(table).Scopes(access.Own(h.actor, table))
}

// counted is the bound up to which what waits is counted.
const counted = 100

// count counts the rows of a query, up to the bound.
func (h *homeLoader) count(query *gorm.DB) (int, error) {
	var n int64
	bounded := query.Session(&gorm.Session{}).Select("1").Limit(counted)
	err := h.db.WithContext(h.ctx).Table("(?) AS bounded", bounded).Count(&n).Error
	return int(n), err
}

// add puts a group on the page, unless nothing waits there.
func (h *homeLoader) add(g views.WaitGroup) {
	if g.Count > 0 {
		h.page.Groups = append(h.page.Groups, g)
	}
}

func nameOf(first string, middle, last *string, email string) string {
	return models.Candidate{FirstName: first, MiddleName: middle, LastName: last, Email: email}.Name()
}
