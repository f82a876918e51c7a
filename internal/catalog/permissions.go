package catalog

import (
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// rbac are the grants within an organization. Changing and taking them back goes by item and holder, not by key, so those
// are operations.
func rbac() declared {
	return declared{
		Declaration: permission("admin.rbac", ofOrganization+"/rbac", "list create", resource.Declaration{
			About:  "The grant of an item to a user or, with user_id null, to the whole organization.",
			Create: "type! item_name! user_id organization_id", Inputs: map[string]resource.Kind{"organization_id": resource.Integer},
			Filters: "type item_name user_id organization_id",
		}),
		acts: map[resource.Verb]act{resource.Create: func(in Written) (actions.Action, func() int64) {
			a := &actions.GrantItem{Type: int(in.whole("type"))}
			a.Item, _ = in.Values["item_name"].(string)
			a.UserID, a.OrganizationID = in.key("user_id"), in.whole("organization_id")
			return a, func() int64 { return a.ID }
		}},
	}
}

// userPermission are the grants that a user has.
func userPermission() declared {
	return declared{
		Declaration: permission("admin.user-permission", ofOrganization+"/user/{uid}/permission", "list view create delete", resource.Declaration{
			About:  "A permission of a user: the user's own, and those of the whole organization.",
			Below:  func(ask resource.Ask, db *gorm.DB) *gorm.DB { return db.Scopes(permissionsOf(ask.Above["uid"])) },
			Create: "item_name!", Filters: "type item_name", Fields: unixTimes,
		}),
		acts: map[resource.Verb]act{
			resource.Create: func(in Written) (actions.Action, func() int64) {
				user := in.Ask.Above["uid"]
				a := &actions.GrantItem{Type: models.PermissionItem, FromList: true}
				a.UserID = &user
				a.Item, _ = in.Values["item_name"].(string)
				return a, func() int64 { return a.ID }
			},
			resource.Delete: func(in Written) (actions.Action, func() int64) {
				user := in.Ask.Above["uid"]
				a := &actions.RevokeItem{ID: in.ID}
				a.UserID = &user
				return a, nil
			},
		},
	}
}

// whole is a number of a body, 0 for none.
func (in Written) whole(name string) int64 {
	n, _ := in.Values[name].(int64)
	return n
}

// key is a key in a body, nil for none.
func (in Written) key(name string) *int64 {
	if n, ok := in.Values[name].(int64); ok {
		return &n
	}
	return nil
}

// permission completes the declaration of a kind of grant. What is withheld from a user is none.
func permission(name, path, verbs string, d resource.Declaration) resource.Declaration {
	d.Name, d.Path, d.Model, d.Verbs = name, path, models.PermissionGrant{}, verbs
	d.Rows = func(a access.Actor) access.Scope {
		own := access.Own(a, "permission_grants")
		return func(db *gorm.DB) *gorm.DB { return own(db).Where("NOT permission_grants.refused") }
	}
	d.Sorts = "item_name"
	if d.Grants == nil {
		d.Grants = by("user.view", "permission.grant")
	}
	return d
}

// permissionsOf are the grants to a user and those to everybody in the organization.
func permissionsOf(userID int64) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		return db.Where("(permission_grants.user_id = ? OR permission_grants.user_id IS NULL)", userID)
	}
}

// unixTimes are the times of permissions, which the document has in seconds.
var unixTimes = map[string]resource.Field{
	"created_at": resource.From(resource.Integer, func(g models.PermissionGrant, _ resource.Ask) any { return g.CreatedAt.Unix() }),
	"updated_at": resource.From(resource.Integer, func(g models.PermissionGrant, _ resource.Ask) any { return g.UpdatedAt.Unix() }),
}
