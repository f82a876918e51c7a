package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

const mostFields = 500

// Fields lists the custom fields, with a form for one more or, with ?edit=, for one of them.
func (s Screens) Fields(c echo.Context) error { return s.fieldsPage(c, actions.SaveCustomField{}, nil) }

func (s Screens) fieldsPage(c echo.Context, typed actions.SaveCustomField, refused fault.Fields) error {
	p := views.Fields{Refused: refused}
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("NOT is_deleted").
		Order("type, sort_order, id").Limit(mostFields).Find(&p.Fields).Error
	if err != nil {
		return err
	}
	edit := typed.ID
	if edit == 0 && refused == nil {
		edit = number(c.QueryParam("edit"))
	}
	for _, f := range p.Fields {
		if f.ID == edit {
			p.Typed = f
		}
	}
	if refused != nil {
		p.Typed.Type, p.Typed.Key = max(p.Typed.Type, typed.Type), or(p.Typed.Key, typed.Key)
		p.Typed.Label, p.Typed.DataType, p.Typed.SortOrder = typed.Label, &typed.DataType, &typed.SortOrder
		p.Typed.IsReport, p.Typed.IsHidden = typed.IsReport, typed.IsHidden
	}
	if p.Page, err = web.Chrome(c, "Custom fields"); err != nil {
		return err
	}
	if refused != nil {
		return web.Form(c, views.FieldsPage(p))
	}
	return web.Page(c, views.FieldsPage(p))
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// CreateField defines a field.
func (s Screens) CreateField(c echo.Context) error { return s.saveField(c, 0) }

// UpdateField changes a field.
func (s Screens) UpdateField(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	return s.saveField(c, id)
}

func (s Screens) saveField(c echo.Context, id int64) error {
	form := actions.SaveCustomField{ID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.fieldsPage(c, form, refused)
		}
		return err
	}
	return done(c, "Saved “"+form.Field.Label+"”.", "/admin/fields")
}

// DeleteField hides a field; the message offers to bring it back.
func (s Screens) DeleteField(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteCustomField{ID: id}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	if err := web.SetFlashUndo(c, "Deleted “"+a.Field.Label+"”. Values stay stored.", fmt.Sprintf("/admin/fields/%d/restoration", id)); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/fields")
}

// RestoreField brings a deleted field back.
func (s Screens) RestoreField(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.DeleteCustomField{ID: id, Undo: true}); err != nil {
		return err
	}
	return done(c, "It is back.", "/admin/fields")
}

// Categories lists categories and the reasons for statuses.
func (s Screens) Categories(c echo.Context) error { return s.categoriesPage(c, views.Categories{}) }

func (s Screens) categoriesPage(c echo.Context, p views.Categories) error {
	own := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c)))
	if err := own.Where("NOT is_deleted").Order("type, name, id").Limit(mostFields).Find(&p.Categories).Error; err != nil {
		return err
	}
	own = s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c)))
	err := own.Order("status_id, label, id").Limit(mostFields).Find(&p.Reasons).Error
	if err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, "Categories and reasons"); err != nil {
		return err
	}
	if p.Refused != nil {
		return web.Form(c, views.CategoriesPage(p))
	}
	return web.Page(c, views.CategoriesPage(p))
}

// CreateCategory adds a category.
func (s Screens) CreateCategory(c echo.Context) error { return s.saveCategory(c, 0) }

// RenameCategory names a category anew.
func (s Screens) RenameCategory(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	return s.saveCategory(c, id)
}

func (s Screens) saveCategory(c echo.Context, id int64) error {
	form := actions.SaveCategory{ID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.categoriesPage(c, views.Categories{Typed: models.Category{Name: form.Name, Type: form.Type}, Refused: refused})
		}
		return err
	}
	return done(c, "Saved “"+form.Category.Name+"”.", "/admin/categories")
}

// DeleteCategory hides a category.
func (s Screens) DeleteCategory(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.DeleteCategory{ID: id}); err != nil {
		return err
	}
	if err := web.SetFlashUndo(c, "Deleted the category.", fmt.Sprintf("/admin/categories/%d/restoration", id)); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/categories")
}

// RestoreCategory brings a category back.
func (s Screens) RestoreCategory(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.DeleteCategory{ID: id, Undo: true}); err != nil {
		return err
	}
	return done(c, "It is back.", "/admin/categories")
}

// CreateReason adds a reason for a status.
func (s Screens) CreateReason(c echo.Context) error {
	var form actions.SaveStatusReason
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.categoriesPage(c, views.Categories{Reason: models.StatusReason{Label: form.Label, StatusID: &form.StatusID}, Refused: refused})
		}
		return err
	}
	return done(c, "Saved the reason.", "/admin/categories#reasons")
}

// DeleteReason takes a reason away.
func (s Screens) DeleteReason(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.DeleteStatusReason{ID: id}); err != nil {
		return refuse(c, err, "/admin/categories#reasons")
	}
	return done(c, "Deleted the reason.", "/admin/categories#reasons")
}
