package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

const mostListOptions = 2000

// Lists shows the organization's drop-down lists.
func (s Screens) Lists(c echo.Context) error { return s.listsPage(c, views.Lists{}) }

func (s Screens) listsPage(c echo.Context, p views.Lists) error {
	var err error
	if p.Page, err = web.Chrome(c, "Drop-down lists"); err != nil {
		return err
	}
	err = s.own(c).Table("select_field_types").Where("NOT is_deleted").Order("name, id").Limit(mostFields).
		Select(`id, name, (SELECT COUNT(*) FROM select_field_data o WHERE o.select_field_type_id = select_field_types.id
			AND o.organization_id = select_field_types.organization_id AND NOT o.is_deleted) AS options`).Scan(&p.Lists).Error
	if err != nil {
		return fmt.Errorf("list drop-down lists: %w", err)
	}
	if p.Refused != nil {
		return web.Form(c, views.ListsPage(p))
	}
	return web.Page(c, views.ListsPage(p))
}

// CreateList makes a drop-down list and opens it.
func (s Screens) CreateList(c echo.Context) error {
	var form actions.SaveList
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.listsPage(c, views.Lists{Name: form.Name, Refused: refused})
		}
		return err
	}
	return done(c, "Made “"+form.List.Name+"”.", fmt.Sprintf("/admin/lists/%d", form.List.ID))
}

// List shows one drop-down list with its options.
func (s Screens) List(c echo.Context) error { return s.listPage(c, views.List{}) }

func (s Screens) listPage(c echo.Context, p views.List) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := s.own(c).Where("NOT is_deleted").First(&p.List, id).Error; err != nil {
		return database.Fault(err, "drop-down list")
	}
	err = s.own(c).Where("select_field_type_id = ? AND NOT is_deleted", id).Order("COALESCE(sort_order, 0), id").
		Limit(mostListOptions + 1).Find(&p.Options).Error
	if err != nil {
		return fmt.Errorf("list options: %w", err)
	}
	if len(p.Options) > mostListOptions {
		p.Options, p.More = p.Options[:mostListOptions], true
	}
	if p.Page, err = web.Chrome(c, p.List.Name); err != nil {
		return err
	}
	if p.Refused != nil {
		return web.Form(c, views.ListPage(p))
	}
	return web.Page(c, views.ListPage(p))
}

// RenameList names a drop-down list anew.
func (s Screens) RenameList(c echo.Context) error {
	form := actions.SaveList{}
	return s.changeList(c, &form, func(id int64) { form.ID = id }, "Saved the name.")
}

// AddListOptions adds pasted lines to a list.
func (s Screens) AddListOptions(c echo.Context) error {
	form := actions.AddListOptions{}
	return s.changeList(c, &form, func(id int64) { form.ListID = id }, "Added the options.")
}

// changeList runs an action on the list of the path and shows the list again.
func (s Screens) changeList(c echo.Context, a actions.Action, aim func(id int64), said string) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Bind(c, a); err != nil {
		return err
	}
	aim(id)
	if err := web.Run(c, a); err != nil {
		if refused, again := web.Refused(err); again {
			return s.listPage(c, views.List{Lines: c.FormValue("lines"), Name: c.FormValue("name"), Refused: refused})
		}
		return err
	}
	return done(c, said, fmt.Sprintf("/admin/lists/%d", id))
}

// DeleteList hides a list without options.
func (s Screens) DeleteList(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteList{ID: id}
	if err := web.Run(c, &a); err != nil {
		return refuse(c, err, fmt.Sprintf("/admin/lists/%d", id))
	}
	if err := web.SetFlashUndo(c, "Deleted “"+a.List.Name+"”.", fmt.Sprintf("/admin/lists/%d/restoration", id)); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/lists")
}

// RestoreList brings a list back.
func (s Screens) RestoreList(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.DeleteList{ID: id, Undo: true}); err != nil {
		return err
	}
	return done(c, "It is back.", "/admin/lists")
}

// SaveListOption words an option anew.
func (s Screens) SaveListOption(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.SaveListOption{ID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if fault.KindOf(err) == fault.Invalid && form.Option.SelectFieldTypeID != 0 {
			return refuse(c, err, fmt.Sprintf("/admin/lists/%d", form.Option.SelectFieldTypeID))
		}
		return err
	}
	return done(c, "Saved “"+form.Option.Value+"”.", fmt.Sprintf("/admin/lists/%d#option-%d", form.Option.SelectFieldTypeID, id))
}

// MoveListOption puts an option one place up or down.
func (s Screens) MoveListOption(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.MoveListOption{ID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if form.By == 0 {
		form.By = 1
	}
	if err := web.Run(c, &form); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/admin/lists/%d#option-%d", form.Option.SelectFieldTypeID, id))
}

// DeleteListOption hides an option; the message offers to bring it back.
func (s Screens) DeleteListOption(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteListOption{ID: id}
	err = web.Run(c, &a)
	to := fmt.Sprintf("/admin/lists/%d", a.Option.SelectFieldTypeID)
	if err != nil {
		return refuse(c, err, to)
	}
	if err := web.SetFlashUndo(c, "Deleted “"+a.Option.Value+"”.", fmt.Sprintf("/admin/list-options/%d/restoration", id)); err != nil {
		return err
	}
	return web.Redirect(c, to)
}

// RestoreListOption brings an option back.
func (s Screens) RestoreListOption(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteListOption{ID: id, Undo: true}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	return done(c, "It is back.", fmt.Sprintf("/admin/lists/%d", a.Option.SelectFieldTypeID))
}
