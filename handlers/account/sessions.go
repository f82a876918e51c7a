package account

import (
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

const mostSessions = 100

// Sessions lists where one is signed in.
func (s Screens) Sessions(c echo.Context) error {
	a := web.Actor(c)
	var found []models.Session
	err := s.DB.Read.WithContext(web.Context(c)).
		Where("user_id = ? AND revoked_at IS NULL AND expires_at > ?", a.ID, s.DB.Clock.Now()).
		Order("seen_at DESC, id DESC").Limit(mostSessions).Find(&found).Error
	if err != nil {
		return err
	}
	page, err := web.Chrome(c, "Where you are signed in")
	if err != nil {
		return err
	}
	return web.Page(c, views.SessionsPage(views.Sessions{Page: page, Sessions: found, CurrentID: a.SessionID, Zone: web.Zone(c)}))
}

// RevokeSession ends one session.
func (s Screens) RevokeSession(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.RevokeSession{ID: id}); err != nil {
		return err
	}
	return s.saved(c, "That device is signed out.", "/account/sessions")
}

// RevokeOthers ends all sessions but this one.
func (s Screens) RevokeOthers(c echo.Context) error {
	a := actions.RevokeSessions{}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	text := "Signed out on " + strconv.FormatInt(a.Ended, 10) + " other devices."
	switch a.Ended {
	case 0:
		text = "You are signed in nowhere else."
	case 1:
		text = "Signed out on 1 other device."
	}
	return s.saved(c, text, "/account/sessions")
}
