package admin

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
)

const (
	permissionsPath = "/admin/permissions"
	mostGrants      = 500
)

// Permissions shows what was granted and refused beyond the roles, and what each role allows by itself.
func (s Screens) Permissions(c echo.Context) (err error) {
	p := views.Permissions{}
	db := s.DB.Read.WithContext(web.Context(c))
	err = db.Scopes(access.Own(web.Actor(c))).Order("item_name, id").Limit(mostGrants).Find(&p.Grants).Error
	if err != nil {
		return fmt.Errorf("list grants: %w", err)
	}
	var ids []int64
	for _, g := range p.Grants {
		if g.UserID != nil {
			ids = append(ids, *g.UserID)
		}
	}
	if err := db.Scopes(access.Own(web.Actor(c))).Where("id IN ? AND NOT is_deleted", ids).Order("search_text, id").Find(&p.Users).Error; err != nil {
		return fmt.Errorf("load who was granted something: %w", err)
	}
	if p.Page, err = web.Chrome(c, "Permissions"); err != nil {
		return err
	}
	return web.Page(c, views.PermissionsPage(p))
}

type everyonesPermission struct {
	Item string `form:"item"`
}

// GrantToEveryone gives an item to the whole organization.
func (s Screens) GrantToEveryone(c echo.Context) error {
	var form everyonesPermission
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	err := web.Run(c, &actions.GrantItem{Type: models.PermissionItem, ItemHolder: actions.ItemHolder{Item: form.Item}, FromList: true})
	if err != nil {
		return refuse(c, err, permissionsPath)
	}
	return done(c, "Everyone in the organization has this permission now.", permissionsPath)
}

// TakeFromEveryone takes an item back from the organization.
func (s Screens) TakeFromEveryone(c echo.Context) error {
	var form everyonesPermission
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &actions.RevokeItem{ItemHolder: actions.ItemHolder{Item: form.Item}}); err != nil {
		return refuse(c, err, permissionsPath)
	}
	return done(c, "Took the permission back: roles decide again.", permissionsPath)
}
