package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// Forms lists the organization's forms.
func (s Screens) Forms(c echo.Context) error {
	p := views.Forms{Zone: web.Zone(c), Now: s.DB.Clock.Now()}
	if err := web.Bind(c, &p.Filter); err != nil {
		return err
	}
	var err error
	if p.Page, err = web.Chrome(c, "Forms"); err != nil {
		return err
	}
	if err := s.findForms(c, &p); err != nil {
		return err
	}
	return web.PageOr(c, views.FormsPage(p), views.FormList(p))
}

func (s Screens) findForms(c echo.Context, p *views.Forms) error {
	query := s.formsLeft(c, p.Filter)
	var n int64
	bounded := query.Session(&gorm.Session{}).Select("1").Limit(mostRows)
	if err := s.DB.Read.WithContext(web.Context(c)).Table("(?) AS bounded", bounded).Count(&n).Error; err != nil {
		return fmt.Errorf("count forms: %w", err)
	}
	p.Total = int(n)
	if p.Filter.Before != 0 {
		query = query.Where("id < ?", p.Filter.Before)
	}
	if err := query.Order("id DESC").Limit(web.PageRows(c) + 1).Find(&p.Forms).Error; err != nil {
		return fmt.Errorf("list forms: %w", err)
	}
	if rows := web.PageRows(c); len(p.Forms) > rows {
		p.Forms = p.Forms[:rows]
		p.NextID = p.Forms[rows-1].ID
	}
	return s.countUses(c, p)
}

func (s Screens) formsLeft(c echo.Context, f views.FormFilter) *gorm.DB {
	query := s.own(c).Model(&models.Form{})
	if f.Deleted {
		query = query.Where("is_deleted")
	} else {
		query = query.Where("NOT is_deleted")
	}
	if f.Type != 0 {
		query = query.Where("type = ?", f.Type)
	}
	if f.Query != "" {
		query = query.Where(s.DB.Dialect.Folded("name")+` LIKE ? ESCAPE '\'`, "%"+textfold.Like(textfold.Fold(f.Query))+"%")
	}
	return query
}

// countUses counts the sections that ask for each form of the page.
func (s Screens) countUses(c echo.Context, p *views.Forms) error {
	ids := make([]int64, len(p.Forms))
	for i, f := range p.Forms {
		ids[i] = f.ID
	}
	var rows []struct {
		FormID int64
		Uses   int
	}
	err := s.DB.Read.WithContext(web.Context(c)).Raw(`SELECT form_id, COUNT(*) AS uses FROM (
			SELECT form_id FROM sections WHERE organization_id = @org AND form_id IN @ids AND NOT is_deleted
			UNION ALL SELECT evaluation_form_id FROM sections WHERE organization_id = @org AND evaluation_form_id IN @ids AND NOT is_deleted
		) AS used GROUP BY form_id`, map[string]any{"org": web.Actor(c).OrganizationID, "ids": ids}).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("count the sections of forms: %w", err)
	}
	p.Uses = map[int64]int{}
	for _, r := range rows {
		p.Uses[r.FormID] = r.Uses
	}
	return nil
}

// DeleteForm hides a form; the message offers to bring it back.
func (s Screens) DeleteForm(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteForm{ID: id}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	if err := web.SetFlashUndo(c, "Deleted “"+a.Form.Name+"”. What was filled in stays.", fmt.Sprintf("/admin/forms/%d/restoration", id)); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/forms")
}

// RestoreForm brings a deleted form back.
func (s Screens) RestoreForm(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteForm{ID: id, Undo: true}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	return done(c, "“"+a.Form.Name+"” is back.", "/admin/forms")
}

// DuplicateForm copies a form and opens the copy.
func (s Screens) DuplicateForm(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DuplicateForm{ID: id}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	return done(c, "This is the copy.", fmt.Sprintf("/admin/forms/%d", a.Form.ID))
}

// form loads the form of the path.
func (s Screens) form(c echo.Context) (found models.Form, err error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return found, err
	}
	return found, database.Fault(s.own(c).Where("NOT is_deleted").First(&found, id).Error, "form")
}
