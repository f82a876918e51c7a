package admin

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

const countedAtMost = 10_000

// outboxFilter is what the address of the log of messages says.
type outboxFilter struct {
	Q          string `query:"q"` // part of the recipient's address
	Status     string `query:"status"`
	Type       int64  `query:"type"`
	Assessment int64  `query:"assessment"`
	Before     int64  `query:"before"` // the page ends before this row, towards newer ones
	After      int64  `query:"after"`  // the page begins behind this row
}

func (f outboxFilter) where(db *gorm.DB) *gorm.DB {
	db = db.Model(&models.Notification{})
	if f.Q != "" {
		like := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(f.Q))
		db = db.Where(`lower(to_address) LIKE ? ESCAPE '\'`, "%"+like+"%")
	}
	if f.Status == "trouble" {
		db = db.Where("status IN ?", []models.NotificationStatus{models.NotificationFailed, models.NotificationBounced})
	} else if f.Status != "" {
		db = db.Where("status = ?", f.Status)
	}
	if f.Type > 0 {
		db = db.Where("type_id = ?", f.Type)
	}
	if f.Assessment > 0 {
		db = db.Where("assessment_id = ?", f.Assessment)
	}
	return db
}

// Outbox lists the organization's messages.
func (s Screens) Outbox(c echo.Context) error {
	var f outboxFilter
	if err := web.Bind(c, &f); err != nil {
		return err
	}
	chrome, err := web.Chrome(c, "Messages")
	if err != nil {
		return err
	}
	chrome.Wide = true
	p := views.Outbox{Page: chrome, Query: outboxQuery(c.QueryParams()), Q: f.Q, HasMail: s.Actions.HasMail, HasTexts: s.Actions.HasTexts, Zone: web.Zone(c), Now: s.DB.Clock.Now(),
		MayResend: access.Can(web.Actor(c), "outbox.resend"), MayWord: access.Can(web.Actor(c), "template.manage")}
	if err := s.fillOutbox(c, f, &p); err != nil {
		return err
	}
	return web.PageOr(c, views.OutboxPage(p), views.OutboxList(p))
}

func outboxQuery(values url.Values) url.Values {
	kept := url.Values{}
	for _, name := range []string{"q", "status", "type", "assessment"} {
		if v := values.Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	return kept
}

// messages sees the organization's messages. Those that open an account are for who manages accounts.
func (s Screens) messages(c echo.Context) *gorm.DB {
	db := s.own(c)
	if !access.Can(web.Actor(c), "user.manage") {
		db = db.Where("type_id NOT IN ?", notify.PersonalTypes())
	}
	return db
}

func (s Screens) own(c echo.Context) *gorm.DB {
	return s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c)))
}

// fillOutbox loads one page of messages: four queries, however many there are.
func (s Screens) fillOutbox(c echo.Context, f outboxFilter, p *views.Outbox) error {
	most := web.PageRows(c)
	page := f.where(s.messages(c)).Omit("content").Limit(most + 1)
	switch {
	case f.Before > 0:
		page = page.Where("id > ?", f.Before).Order("id")
	case f.After > 0:
		page = page.Where("id < ?", f.After).Order("id DESC")
	default:
		page = page.Order("id DESC")
	}
	var rows []models.Notification
	if err := page.Find(&rows).Error; err != nil {
		return fmt.Errorf("list messages: %w", err)
	}
	more := len(rows) > most
	rows = rows[:min(len(rows), most)]
	if f.Before > 0 {
		slices.Reverse(rows)
	}
	if n := len(rows); n > 0 {
		if more || f.Before > 0 {
			p.NextHref = p.At("after", rows[n-1].ID)
		}
		if f.After > 0 || (f.Before > 0 && more) {
			p.PrevHref = p.At("before", rows[0].ID)
		}
	}
	for _, n := range rows {
		kind, _ := notify.TypeWithID(n.TypeID)
		p.Rows = append(p.Rows, views.Message{Notification: n, Kind: kind.Label, IsText: kind.IsText()})
	}
	return s.fillOutboxFilters(c, f, p)
}

func (s Screens) fillOutboxFilters(c echo.Context, f outboxFilter, p *views.Outbox) error {
	var total int64
	counted := f.where(s.messages(c)).Select("1").Limit(countedAtMost + 1)
	if err := s.DB.Read.WithContext(web.Context(c)).Table("(?) AS counted", counted).Count(&total).Error; err != nil {
		return fmt.Errorf("count messages: %w", err)
	}
	p.Total, p.AtLeast = int(min(total, countedAtMost)), total > countedAtMost
	var trouble int64
	err := outboxFilter{Status: "trouble"}.where(s.messages(c)).Count(&trouble).Error
	if err != nil {
		return fmt.Errorf("count messages that failed: %w", err)
	}
	p.Trouble = int(trouble)
	for _, t := range notify.Types {
		p.Types = append(p.Types, views.Choice{Value: strconv.FormatInt(t.ID, 10), Label: t.Label})
	}
	var assessments []models.Assessment
	if err := s.own(c).Where("NOT is_deleted").Select("id, title").Order("id DESC").Limit(100).Find(&assessments).Error; err != nil {
		return fmt.Errorf("list assessments: %w", err)
	}
	for _, a := range assessments {
		p.Assessments = append(p.Assessments, views.Choice{Value: strconv.FormatInt(a.ID, 10), Label: a.Title})
	}
	return nil
}

// Message shows one message as it was or would be sent.
func (s Screens) Message(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	p := views.MessagePageData{HasServer: s.Actions.HasMail, MayResend: access.Can(web.Actor(c), "outbox.resend"), Zone: web.Zone(c)}
	if err := s.messages(c).First(&p.Message.Notification, id).Error; err != nil {
		return database.Fault(err, "message")
	}
	kind, _ := notify.TypeWithID(p.Message.TypeID)
	p.Message.Kind, p.Message.IsText, p.HTML = kind.Label, kind.IsText(), richtext.Sanitize(p.Message.Content)
	if kind.IsText() {
		p.HasServer = s.Actions.HasTexts
	}
	above, err := s.isAbove(c, p.Message.Notification)
	if err != nil {
		return err
	}
	if kind.IsPersonal() && (p.HasServer || above) {
		// Its link opens somebody's account, and has reached its owner by mail, or is not the reader's to pass on.
		p.HTML = "<p>This message holds a link that opens an account. It is shown to its recipient only.</p>"
	}
	if kind.AdmitsCandidate() && kind.IsWithheld(web.Actor(c)) {
		p.HTML = "<p>This message holds what its candidate signs in with. Only those who may invite candidates can read it.</p>"
	}
	if p.Page, err = web.Chrome(c, p.Message.Subject); err != nil {
		return err
	}
	return web.Page(c, views.MessagePage(p))
}

// isAbove tells whether a message is to a super administrator, whose account the reader may not manage.
func (s Screens) isAbove(c echo.Context, n models.Notification) (bool, error) {
	if web.Actor(c).Role == models.SuperAdmin {
		return false, nil
	}
	var found []models.User
	err := s.own(c).Where("email = ? AND NOT is_deleted", models.NormalEmail(n.ToAddress)).Limit(1).Find(&found).Error
	if err != nil {
		return false, fmt.Errorf("find the recipient: %w", err)
	}
	return len(found) == 1 && found[0].HasRole(models.SuperAdmin), nil
}

// Resend tries messages again.
func (s Screens) Resend(c echo.Context) error {
	var a actions.ResendNotification
	if err := web.Bind(c, &a); err != nil {
		return err
	}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	text := fmt.Sprintf("%d messages are on their way again.", a.Count)
	if a.Count == 1 {
		text = "The message is on its way again."
	}
	if err := web.SetFlash(c, text); err != nil {
		return err
	}
	return web.Back(c, "/admin/outbox")
}
