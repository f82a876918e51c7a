package admin

import (
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// namesakes bounds how many people of one name a filter looks for.
const namesakes = 50

// Audit lists the ledger, newest first.
func (s Screens) Audit(c echo.Context) error {
	var filter views.AuditFilter
	if err := web.Bind(c, &filter); err != nil {
		return err
	}
	p := views.Audit{Filter: filter, Zone: web.Zone(c)}
	query, err := s.auditFilter(c, filter)
	if err != nil {
		return err
	}
	if err := query.Order("id DESC").Limit(web.PageRows(c) + 1).Find(&p.Entries).Error; err != nil {
		return err
	}
	if rows := web.PageRows(c); len(p.Entries) > rows {
		p.Entries = p.Entries[:rows]
		p.NextID = p.Entries[rows-1].ID
	}
	err = s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Limit(1).Find(&p.Head).Error
	if err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, "Audit log"); err != nil {
		return err
	}
	p.Page.Wide = true
	return web.PageOr(c, views.AuditPage(p), views.AuditList(p))
}

func (s Screens) auditFilter(c echo.Context, f views.AuditFilter) (*gorm.DB, error) {
	query := s.DB.Read.WithContext(web.Context(c)).Model(&models.AuditEntry{}).Scopes(access.Own(web.Actor(c)))
	if f.Who != "" {
		ids, err := s.actorsNamed(c, f.Who)
		if err != nil {
			return nil, err
		}
		query = query.Where("actor_kind = ? AND actor_id IN ?", string(access.User), ids)
	}
	if f.Verb != "" {
		query = query.Where("verb = ?", f.Verb)
	}
	if f.Subject != "" {
		query = query.Where("subject_type = ?", f.Subject)
	}
	if id := number(f.SubjectID); id != 0 {
		query = query.Where("subject_id = ?", id)
	}
	if from, err := models.ReadDay(f.From, web.Zone(c)); err == nil {
		query = query.Where("at >= ?", from.UTC())
	}
	if to, err := models.ReadDay(f.To, web.Zone(c)); err == nil {
		query = query.Where("at < ?", to.AddDate(0, 0, 1).UTC())
	}
	if f.Before != 0 {
		query = query.Where("id < ?", f.Before)
	}
	return query, nil
}

// actorsNamed finds users by name, whatever the accents; those who were deleted did things too.
func (s Screens) actorsNamed(c echo.Context, name string) (ids []int64, err error) {
	err = s.DB.Read.WithContext(web.Context(c)).Model(&models.User{}).Scopes(access.Own(web.Actor(c))).
		Where(`search_text LIKE ? ESCAPE '\'`, "%"+textfold.Like(name)+"%").Limit(namesakes).Pluck("id", &ids).Error
	if len(ids) == 0 {
		ids = []int64{0}
	}
	return ids, err
}

// Verify seals what waits and recomputes the chain.
func (s Screens) Verify(c echo.Context) error {
	began := s.DB.Clock.Now()
	if _, err := ledger.Seal(web.Context(c), s.DB); err != nil {
		return err
	}
	chain, err := ledger.Verify(web.Context(c), s.DB.Read, web.Actor(c).OrganizationID)
	if err != nil {
		return fmt.Errorf("verify the ledger: %w", err)
	}
	p := views.Verification{Entries: chain.Entries, Head: chain.Head, At: began, Zone: web.Zone(c)}
	if chain.Broken != nil {
		p.Broken, p.BrokenSeq = chain.Broken.Why, chain.Broken.Seq
	}
	page, err := web.Chrome(c, "The chain of the audit log")
	if err != nil {
		return err
	}
	return web.PageOr(c, views.VerificationPage(page, p), views.VerificationBox(p))
}

// number reads an id typed into a filter, 0 for anything else.
func number(text string) int64 {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return id
}
