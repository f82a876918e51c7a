package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// change runs an action on the user of the address and says what was done, or why not, on the user's page.
func (s Screens) change(c echo.Context, act func(id int64) (actions.Action, func() string)) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	action, text := act(id)
	if err := web.Run(c, action); err != nil {
		return refuse(c, err, userPath(id))
	}
	return done(c, text(), userPath(id))
}

// ChangeRoles sets a user's roles.
func (s Screens) ChangeRoles(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.ChangeRoles{UserID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.userPage(c, refused)
		}
		return refuse(c, err, userPath(id))
	}
	return done(c, "Changed the roles of "+form.User.Name+".", userPath(id))
}

// SetPermission grants or refuses one item, or leaves it to the role.
func (s Screens) SetPermission(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.SetPermission{UserID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		return refuse(c, err, userPath(id))
	}
	return done(c, "Changed one permission.", userPath(id))
}

// ResendInvitation mails the link again.
func (s Screens) ResendInvitation(c echo.Context) error {
	return s.change(c, func(id int64) (actions.Action, func() string) {
		a := &actions.ResendInvitation{UserID: id}
		return a, func() string { return "Sent the invitation to " + a.User.Email + " again." }
	})
}

// Suspend keeps a user out.
func (s Screens) Suspend(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.SuspendUser{UserID: id}
	if err := web.Run(c, &a); err != nil {
		return refuse(c, err, userPath(id))
	}
	if err := web.SetFlashUndo(c, "Suspended "+a.User.Name+".", userPath(id)+"/activation"); err != nil {
		return err
	}
	return web.Redirect(c, userPath(id))
}

// Activate lets a user in again.
func (s Screens) Activate(c echo.Context) error {
	return s.change(c, func(id int64) (actions.Action, func() string) {
		a := &actions.ActivateUser{UserID: id}
		return a, func() string { return a.User.Name + " may sign in again." }
	})
}

// DropSecondFactor helps somebody who lost the device.
func (s Screens) DropSecondFactor(c echo.Context) error {
	return s.change(c, func(id int64) (actions.Action, func() string) {
		a := &actions.DropSecondFactor{UserID: id}
		return a, func() string { return "Switched the second factor of " + a.User.Name + " off." }
	})
}

// SignOutUser ends a user's sessions.
func (s Screens) SignOutUser(c echo.Context) error {
	return s.change(c, func(id int64) (actions.Action, func() string) {
		a := &actions.RevokeSessions{UserID: id}
		return a, func() string { return fmt.Sprintf("Ended %d sessions.", a.Ended) }
	})
}

// DeleteUser takes an account away for good.
func (s Screens) DeleteUser(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.DeleteUser{UserID: id}
	if err := web.Run(c, &a); err != nil {
		return refuse(c, err, userPath(id))
	}
	return done(c, "Deleted the account of "+a.User.Name+".", "/admin/users")
}
