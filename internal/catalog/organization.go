package catalog

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// organizations are the tenants that an actor may enter, and who manages them.
func organizations(Parts) []declared {
	columns := "name! external_id domain address1 address2 city state country pincode phone description timeZone fromAddress logo theme termsLink"
	fields, inputs, members := organizationMembers()
	return append(plain(
		resource.Declaration{
			Name: "user.organization", Path: "/user/organization", Model: models.Organization{}, Rows: ownOrganization,
			About: "The organization of the user who asks, with its switches.",
			Verbs: "view", Grants: by("catalogue.view", "catalogue.view"), Hide: "is_deleted", Fields: fields,
		},
		resource.Declaration{
			Name: "admin.amo", Path: "/admin/organization/{oid}/amo", Model: models.OrganizationManager{},
			About: "The link that makes a user an account manager of an organization. Ended links are listed too.",
			Verbs: "list view create update delete", Grants: by("organization.view", "organization.update"), Deleted: resource.ShowDeleted,
			Filters: "user_id category_id role is_deleted", Create: "user_id! category_id", Update: "user_id category_id",
			Before: actions.SettleManager,
			Fields: map[string]resource.Field{"user": resource.Together(resource.Map, managersThemselves).OnRequest()},
			Expands: map[string]resource.Relation{
				"category": {To: "models.category", By: "category_id"}, "organization": {To: "admin.organization", By: "organization_id"},
			},
		},
	), declared{
		Declaration: resource.Declaration{
			Name: "admin.organization", Path: "/admin/organization", Model: models.Organization{}, Rows: enterable,
			About: "An organization with its address, branding and switches: the own one, and those the user manages.",
			Verbs: "list view create update delete",
			Grants: map[resource.Verb]access.Grant{resource.List: "organization.view", resource.View: "organization.view",
				resource.Create: "organization.create", resource.Update: "organization.update", resource.Delete: "organization.create"},
			Filters: "external_id domain country", Part: "name city", Search: "name", Sorts: "name",
			Create: columns + members, Update: "name" + columns[len("name!"):] + members,
			Inputs: inputs, Fields: fields, Before: actions.SettleOrganization,
			Passes: "created_by updated_by created_at updated_at is_deleted",
		},
		acts: map[resource.Verb]act{resource.Create: func(in Written) (actions.Action, func() int64) {
			row := in.row()
			return &actions.AddOrganization{Row: row}, func() int64 { return row.ID }
		}},
	})
}

// organizationMembers are the members of an organization that no column holds: how they are sent, of which kind a body
// holds them, and their names in a row.
func organizationMembers() (map[string]resource.Field, map[string]resource.Kind, string) {
	fields, inputs, names := map[string]resource.Field{}, map[string]resource.Kind{}, ""
	for _, m := range models.OrganizationMembers {
		kind := resource.Text
		if m.Kind == models.FlagMember {
			kind = resource.Boolean
		}
		fields[m.Name] = resource.From(kind, func(o models.Organization, ask resource.Ask) any {
			if m.Secret && !access.Can(ask.Actor, "organization.update") {
				return m.Default
			}
			return o.Member(m.Name)
		})
		inputs[m.Name] = kind
		names += " " + m.Name
	}
	return fields, inputs, names
}

func ownOrganization(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB { return db.Where("organizations.id = ?", a.OrganizationID) }
}

// managedOrganizations are those that a link lets a user enter beside the own one.
const managedOrganizations = "SELECT organization_id FROM account_managers WHERE user_id = ? AND NOT is_deleted"

// enterable are the organizations that an actor may enter: the rule of actions.Enter, for lists.
func enterable(a access.Actor) access.Scope {
	if a.Kind != access.User {
		return ownOrganization(a)
	}
	return func(db *gorm.DB) *gorm.DB {
		return db.Where("(organizations.id = ? OR organizations.id IN ("+managedOrganizations+"))", a.OrganizationID, a.ID)
	}
}

// ofEnterable are the rows of a table in any organization that an actor may enter.
func ofEnterable(table string) resource.Rows {
	return func(a access.Actor) access.Scope {
		if a.Kind != access.User {
			return access.Own(a, table)
		}
		column := table + ".organization_id"
		return func(db *gorm.DB) *gorm.DB {
			return db.Where("("+column+" = ? OR "+column+" IN ("+managedOrganizations+"))", a.OrganizationID, a.ID)
		}
	}
}

// ownAndShared are the rows of an organization and those that are everybody's.
func ownAndShared(table string) resource.Rows {
	column := table + ".organization_id"
	return func(a access.Actor) access.Scope {
		return func(db *gorm.DB) *gorm.DB {
			return db.Where("("+column+" = ? OR "+column+" IS NULL)", a.OrganizationID)
		}
	}
}

// managersThemselves says little of the users behind links: they may belong to another organization.
func managersThemselves(_ context.Context, l resource.Load, links []models.OrganizationManager) ([]any, error) {
	ids := make([]int64, len(links))
	for i, link := range links {
		ids[i] = link.UserID
	}
	var users []models.User
	if err := l.DB.Select("id", "name", "email").Where("id IN ?", ids).Find(&users).Error; err != nil {
		return nil, fmt.Errorf("load account managers: %w", err)
	}
	shown := make([]any, len(links))
	for i, link := range links {
		for _, u := range users {
			if u.ID == link.UserID {
				shown[i] = map[string]any{"id": u.ID, "name": u.Name, "email": u.Email}
			}
		}
	}
	return shown, nil
}
