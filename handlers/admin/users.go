package admin

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

const mostRows = 10_000

var statusNames = map[string]models.UserStatus{
	"new": models.UserNew, "active": models.UserActive, "suspended": models.UserSuspended,
}

// Users lists the people of the organization.
func (s Screens) Users(c echo.Context) error {
	var filter views.UserFilter
	if err := web.Bind(c, &filter); err != nil {
		return err
	}
	page, err := web.Chrome(c, "People and roles")
	if err != nil {
		return err
	}
	page.Wide = true
	p := views.Users{Page: page, Filter: filter, Now: s.DB.Clock.Now(), Zone: web.Zone(c), MayMakeSuper: web.Actor(c).Role == models.SuperAdmin}
	if p.Users, p.Total, err = s.findUsers(c, filter); err != nil {
		return err
	}
	if rows := web.PageRows(c); len(p.Users) > rows {
		p.Users = p.Users[:rows]
		p.NextID = p.Users[rows-1].ID
	}
	return web.PageOr(c, views.UsersPage(p), views.UserList(p))
}

func (s Screens) findUsers(c echo.Context, filter views.UserFilter) (found []models.User, total int, err error) {
	query := s.DB.Read.WithContext(web.Context(c)).Model(&models.User{}).Scopes(s.userFilter(c, filter))
	var n int64
	bounded := query.Session(&gorm.Session{}).Select("1").Limit(mostRows)
	if err := s.DB.Read.WithContext(web.Context(c)).Table("(?) AS bounded", bounded).Count(&n).Error; err != nil {
		return nil, 0, err
	}
	if filter.After != 0 {
		query = query.Where("(search_text, id) > (SELECT search_text, id FROM users WHERE id = ? AND organization_id = ?)",
			filter.After, web.Actor(c).OrganizationID)
	}
	err = query.Order("search_text, id").Limit(web.PageRows(c) + 1).Find(&found).Error
	return found, int(n), err
}

func (s Screens) userFilter(c echo.Context, f views.UserFilter) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Scopes(access.Own(web.Actor(c))).Where("NOT is_deleted")
		if f.Query != "" {
			db = db.Where(`search_text LIKE ? ESCAPE '\'`, "%"+textfold.Like(f.Query)+"%")
		}
		if models.Role(f.Role).Valid() {
			db = db.Where(s.DB.Dialect.JSONHas("roles"), f.Role)
		}
		if status, known := statusNames[f.Status]; known {
			db = db.Where("status = ?", status)
		}
		if f.SecondFactor == "off" {
			db = db.Where("totp_since IS NULL AND status = ?", models.UserActive)
		}
		return db
	}
}

// InviteForm asks whom to invite.
func (s Screens) InviteForm(c echo.Context) error {
	return s.invitePage(c, actions.InviteUser{}, nil)
}

// Invite makes an account and mails the invitation.
func (s Screens) Invite(c echo.Context) error {
	var form actions.InviteUser
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.invitePage(c, form, refused)
		}
		return err
	}
	return done(c, fmt.Sprintf("Invited %s.", form.User.Name), "/admin/users")
}

func (s Screens) invitePage(c echo.Context, typed actions.InviteUser, refused fault.Fields) error {
	page, err := web.Chrome(c, "Add people")
	if err != nil {
		return err
	}
	p := views.Invite{Page: page, Name: typed.Name, Email: typed.Email, Roles: typed.Roles, Refused: refused,
		MayMakeSuper: web.Actor(c).Role == models.SuperAdmin}
	if refused != nil {
		return web.Form(c, views.InvitePage(p))
	}
	return web.Page(c, views.InvitePage(p))
}

// done says what was done on the page it leads to.
func done(c echo.Context, text, to string) error {
	if err := web.SetFlash(c, text); err != nil {
		return err
	}
	return web.Redirect(c, to)
}

// refuse says why something was not done, on the page it leads back to.
func refuse(c echo.Context, cause error, to string) error {
	switch fault.KindOf(cause) {
	case fault.Conflict, fault.Invalid, fault.Forbidden:
		return done(c, messageOf(cause), to)
	}
	return cause
}

func messageOf(err error) string {
	f, _ := fault.As(err)
	for _, text := range f.Fields {
		return text
	}
	return f.Message
}

// UserPage shows one user with roles, permissions and sessions.
func (s Screens) UserPage(c echo.Context) error { return s.userPage(c, nil) }

func (s Screens) userPage(c echo.Context, refused fault.Fields) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	p := views.User{Refused: refused, Zone: web.Zone(c), Me: web.Actor(c)}
	if p.User, err = s.user(c, id); err != nil {
		return err
	}
	if err := s.loadUserParts(c, &p); err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, p.User.Name); err != nil {
		return err
	}
	if refused != nil {
		return web.Form(c, views.UserPage(p))
	}
	return web.Page(c, views.UserPage(p))
}

func (s Screens) user(c echo.Context, id int64) (user models.User, err error) {
	var found []models.User
	err = s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("id = ? AND NOT is_deleted", id).
		Limit(1).Find(&found).Error
	if err == nil && len(found) == 0 {
		err = fault.Missing("user")
	}
	if err != nil {
		return user, err
	}
	return found[0], nil
}

func (s Screens) loadUserParts(c echo.Context, p *views.User) error {
	db := s.DB.Read.WithContext(web.Context(c))
	err := db.Where("organization_id = ? AND user_id = ?", p.User.OrganizationID, p.User.ID).Order("item_name").Find(&p.Grants).Error
	if err != nil {
		return err
	}
	return db.Where("user_id = ? AND revoked_at IS NULL AND expires_at > ?", p.User.ID, s.DB.Clock.Now()).
		Order("seen_at DESC").Limit(20).Find(&p.Sessions).Error
}

func userPath(id int64) string { return fmt.Sprintf("/admin/users/%d", id) }

// ExportUsers answers the filtered list as a table.
func (s Screens) ExportUsers(c echo.Context) error {
	var filter views.UserFilter
	if err := web.Bind(c, &filter); err != nil {
		return err
	}
	var found []models.User
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(s.userFilter(c, filter)).Order("search_text, id").Limit(mostRows).Find(&found).Error
	if err != nil {
		return err
	}
	return writeUsers(c, found, web.Zone(c))
}

func seen(at *time.Time, zone *time.Location) string {
	if at == nil {
		return ""
	}
	return at.In(zone).Format("2006-01-02 15:04")
}
