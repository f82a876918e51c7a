package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// users are the accounts of an organization, and the permissions they were granted.
func users(p Parts) []declared {
	write := map[resource.Verb]act{
		resource.Create: func(in Written) (actions.Action, func() int64) {
			a := &actions.WriteUser{Values: in.Values}
			return a, func() int64 { return a.ID }
		},
		resource.Update: func(in Written) (actions.Action, func() int64) {
			return &actions.WriteUser{ID: in.ID, Values: in.Values}, nil
		},
		resource.Delete: func(in Written) (actions.Action, func() int64) {
			return &actions.DeleteUser{UserID: in.ID}, nil
		},
	}
	kept := p.user("models.user", "/models/user", "list view create update delete")
	kept.Create = "email! username! name location external_id roles status phone countryCode"
	kept.Update = "email username name location external_id roles status phone current_role appState countryCode"
	return append(plain(
		p.user("user", "/user", "list view"), p.me(),
		permission("user.permission", "/user/me/permission", "list view", resource.Declaration{
			About:   "A permission of the user who asks: the own ones, and those of the whole organization.",
			Below:   func(ask resource.Ask, db *gorm.DB) *gorm.DB { return db.Scopes(permissionsOf(ask.Actor.ID)) },
			Filters: "type item_name", Fields: unixTimes, Grants: by("account.use", "account.use"),
		}),
	), declared{Declaration: kept, acts: write}, rbac(), userPermission())
}

// user is a member of the organization.
func (p Parts) user(name, path, verbs string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.User{}, Verbs: verbs, Grants: by("user.view", "user.manage"),
		About:   "An account of a member of the organization. The username is the e-mail address.",
		Filters: "external_id status", Part: "username name email", Search: "search_text", Sorts: "name email",
		Where:  map[string]resource.Filter{"roles": {Kind: resource.Text, By: holdersOf}},
		Hide:   "is_deleted bio website cf isSingleSignOn isPrivacyAccepted isTermsAccepted",
		Fields: p.userFields(), Links: userLinks("/models/user-calendar"),
	}
}

// me is the account of whoever asks; operations read and write it, so it has no verbs.
func (p Parts) me() resource.Declaration {
	d := p.user("user.me", "/user/me", "")
	d.About = "The account of the user who asks."
	d.Rows = func(a access.Actor) access.Scope {
		return func(db *gorm.DB) *gorm.DB {
			return db.Where("users.id = ? AND users.organization_id = ?", a.UserID(), a.OrganizationID)
		}
	}
	d.Hide = "is_deleted bio website cf isSingleSignOn"
	d.Fields["password_reset_token"] = resource.From(resource.Text, func(models.User, resource.Ask) any { return nil })
	d.Links = userLinks("/user/me/calendar")
	d.Update = "external_id status phone location current_role cf name appState roles is_common_login isSingleSignOn " +
		"username email countryCode isPrivacyAccepted isTermsAccepted"
	return d
}

func userLinks(calendar string) map[string]string {
	links := map[string]string{
		"self": "/user/me", "permissions": "/user/me/permission?type=2", "settings_data": "/user/me/settings_data",
		"index": "/user", "metrics": "/user/metrics/{id}", "categories": "/models/user-category?user_id={id}",
		"userProfilePic": "/user/display-picture",
	}
	for name, kind := range map[string]string{"busyCalendar": "3", "liveCalendar": "1", "availability": "2"} {
		links[name] = calendar + "?type=" + kind + "&user_id={id}&startsAt={now_epoch}"
	}
	return links
}

func (p Parts) userFields() map[string]resource.Field {
	return map[string]resource.Field{
		"gravatarLink": resource.From(resource.Text, func(u models.User, _ resource.Ask) any {
			sum := sha256.Sum256([]byte(models.NormalEmail(u.Email)))
			return "https://www.gravatar.com/avatar/" + hex.EncodeToString(sum[:])
		}),
		"profilePicUrl": resource.From(resource.Text, p.pictureURL),
	}
}

// pictureURL is where the user's picture is for now, nil without one.
func (p Parts) pictureURL(u models.User, ask resource.Ask) any {
	if u.PictureKey == nil {
		return nil
	}
	url, err := p.Files.SignedURL(*u.PictureKey, "picture", signedUntil(ask.Now))
	if err != nil {
		return nil
	}
	return p.SiteURL + url
}

// holdersOf narrows to the users who hold one of the roles.
func holdersOf(_ resource.Ask, db *gorm.DB, names []any) *gorm.DB {
	var conditions []string
	var values []any
	for _, name := range names {
		role, _ := models.RoleNamed(name.(string))
		conditions, values = append(conditions, "CAST(users.roles AS TEXT) LIKE ?"), append(values, fmt.Sprintf("%%%q%%", role))
	}
	return db.Where("("+strings.Join(conditions, " OR ")+")", values...)
}
