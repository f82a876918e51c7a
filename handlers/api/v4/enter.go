package v4

import (
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// enter has a request act within the organization that its path names: the actor's own, or one that the actor manages.
// Any other is not there. A user whom the path names below it must belong to it.
func (a API) enter(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := a.settingNamed(c); err != nil {
			return err
		}
		name := organizationParam(c)
		if name == "" || !web.Actor(c).IsSignedIn() {
			return next(c)
		}
		id, err := keyParam(c, name)
		if err != nil {
			return err
		}
		actor, err := a.Actions.Enter(web.Context(c), web.Actor(c), id)
		if err != nil {
			return err
		}
		web.ActAs(c, actor)
		if c.Param("uid") == "" {
			return next(c)
		}
		if err := a.memberNamed(c, actor); err != nil {
			return err
		}
		return next(c)
	}
}

// organizationParam names the variable of the route that holds an organization, "" where none does.
func organizationParam(c echo.Context) string {
	switch {
	case c.Param("oid") != "":
		return "oid"
	case c.Path() == Prefix+"/admin/organization/:id":
		return "id"
	}
	return ""
}

func (a API) memberNamed(c echo.Context, actor access.Actor) error {
	id, err := keyParam(c, "uid")
	if err != nil {
		return err
	}
	var found int64
	err = a.DB.Read.WithContext(web.Context(c)).Model(&models.User{}).Scopes(access.Own(actor)).
		Where("id = ? AND NOT is_deleted", id).Count(&found).Error
	if err == nil && found == 0 {
		err = fault.Missing("user")
	}
	return err
}

// settingNamed refuses an address below a setting that there is not.
func (a API) settingNamed(c echo.Context) error {
	if c.Param("settings_id") == "" || !web.Actor(c).IsSignedIn() {
		return nil
	}
	id, err := keyParam(c, "settings_id")
	if err != nil {
		return err
	}
	var found int64
	err = a.DB.Read.WithContext(web.Context(c)).Model(&models.Setting{}).Where("id = ?", id).Count(&found).Error
	if err == nil && found == 0 {
		err = fault.Missing("setting")
	}
	return err
}

// ownOnly refuses another organization than the actor's own where only that one is meant.
func ownOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if actor := web.Actor(c); c.Path() == Prefix+"/user/organization/:id" && actor.IsSignedIn() &&
			c.Param("id") != strconv.FormatInt(actor.OrganizationID, 10) {
			return fault.New(fault.Forbidden, "Only your own organization can be read here.")
		}
		return next(c)
	}
}
