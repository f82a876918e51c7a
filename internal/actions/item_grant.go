package actions

import (
	"context"
	"fmt"
	"regexp"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Items are permissions and roles by the names under which they are granted to a user or to the whole organization. Those
// of the matrix are ours, and SetPermission's rules hold for them. Others are an integrating application's own: they are
// kept for it and open nothing here.

var itemName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,99}$`)

// ItemHolder is who has an item: a user, or with UserID nil the organization.
type ItemHolder struct {
	UserID *int64
	Item   string
}

func (h ItemHolder) rows(w *Work) *gorm.DB {
	q := w.Own().Model(&models.PermissionGrant{}).Where("item_name = ?", h.Item)
	if h.UserID == nil {
		return q.Where("user_id IS NULL")
	}
	return q.Where("user_id = ?", *h.UserID)
}

// GrantItem gives an item to a user or to the organization. One that is there already stays as it is.
type GrantItem struct {
	Type int // models.RoleItem or models.PermissionItem
	ItemHolder
	OrganizationID int64 // must be the actor's where it is named
	FromList       bool  // the item must be one that Items lists

	ID int64 // of the row
}

// Grant implements Action.
func (*GrantItem) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (a *GrantItem) Validate() error {
	bad := fault.Fields{}
	if !itemName.MatchString(a.Item) {
		bad["item_name"] = "Begin with a letter or a digit, then letters, digits, blanks and . _ : / - only."
	}
	known := access.Known(access.Grant(a.Item))
	if known && !access.Grantable(access.Grant(a.Item)) {
		bad["item_name"] = "This cannot be granted to anybody."
	}
	if a.Type != models.RoleItem && a.Type != models.PermissionItem {
		bad["type"] = "Send 1 for a role or 2 for a permission."
	}
	if known && a.Type == models.RoleItem {
		bad["type"] = "This item is a permission: send 2."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *GrantItem) Perform(_ context.Context, w *Work) error {
	if err := a.mayGrant(w); err != nil {
		return err
	}
	var rows []models.PermissionGrant
	if err := a.rows(w).Order("id").Find(&rows).Error; err != nil {
		return fmt.Errorf("look for the grant: %w", err)
	}
	row := models.PermissionGrant{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, UserID: a.UserID, ItemName: a.Item}
	if len(rows) > 0 {
		row = rows[0]
	}
	row.Type, row.Refused = a.Type, false
	if err := w.Tx.Save(&row).Error; err != nil {
		return database.Fault(fmt.Errorf("grant an item: %w", err), "permission")
	}
	a.ID = row.ID
	return auditItem(w, "grant-item", row)
}

func auditItem(w *Work, verb string, row models.PermissionGrant) error {
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "permission_grant", SubjectID: row.ID,
		Detail: map[string]any{"item": row.ItemName, "user": row.UserID, "type": row.Type}})
}

func (a *GrantItem) mayGrant(w *Work) error {
	if a.OrganizationID != 0 && a.OrganizationID != w.Actor.OrganizationID {
		return fault.Field("organization_id", "There is no such organization.")
	}
	if err := mayChangeItemsOf(w, a.UserID); err != nil {
		return err
	}
	if access.Known(access.Grant(a.Item)) && !access.Can(w.Actor, access.Grant(a.Item)) {
		return fault.New(fault.Forbidden, "You cannot give what you may not do yourself.")
	}
	if !a.FromList {
		return nil
	}
	listed, err := Items(w.Tx, w.Actor)
	if err != nil {
		return err
	}
	for _, name := range listed {
		if name == a.Item {
			return nil
		}
	}
	return fault.Field("item_name", "There is no such permission.")
}

// mayChangeItemsOf refuses users that the actor may not manage, and the own account.
func mayChangeItemsOf(w *Work, userID *int64) error {
	if userID == nil {
		return nil
	}
	user, err := managedUser(w, *userID)
	if fault.KindOf(err) == fault.NotFound {
		return fault.Field("user_id", "There is no such user.")
	}
	if err != nil {
		return err
	}
	return notOneself(w, user, "change permissions of")
}

// Items returns the names of what can be granted in the actor's organization: ours, then those of other applications.
func Items(db *gorm.DB, actor access.Actor) ([]string, error) {
	var names, others []string
	for _, line := range access.Matrix {
		if access.Grantable(line.Grant) {
			names = append(names, string(line.Grant))
		}
	}
	err := db.Model(&models.PermissionGrant{}).Scopes(access.Own(actor)).Where("NOT refused AND item_name NOT IN ?", names).
		Distinct().Order("item_name").Pluck("item_name", &others).Error
	if err != nil {
		return nil, fmt.Errorf("list granted items: %w", err)
	}
	return append(names, others...), nil
}

// ChangeItem makes another grant of one: another item, another holder, another type. What To does not name stays.
type ChangeItem struct {
	Of   ItemHolder
	To   GrantItem
	Type *int // nil for the one that it has
}

// Grant implements Action.
func (*ChangeItem) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (*ChangeItem) Validate() error { return nil } // To is validated as a step

// Perform implements Action.
func (a *ChangeItem) Perform(ctx context.Context, w *Work) error {
	taken := RevokeItem{ItemHolder: a.Of}
	if err := taken.Perform(ctx, w); err != nil {
		return err
	}
	a.To.Item, a.To.Type = orElse(a.To.Item, a.Of.Item), taken.row.Type
	if a.Type != nil {
		a.To.Type = *a.Type
	}
	return w.Also(ctx, &a.To)
}

func sameUser(one, other *int64) bool {
	return one == other || (one != nil && other != nil && *one == *other)
}

// RevokeItem takes an item from a user or from the organization.
type RevokeItem struct {
	ID int64 // of the row; 0 where the holder says which
	ItemHolder

	row models.PermissionGrant // what was taken
}

// Grant implements Action.
func (*RevokeItem) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (*RevokeItem) Validate() error { return nil }

// Perform implements Action.
func (a *RevokeItem) Perform(_ context.Context, w *Work) error {
	q := a.rows(w)
	if a.ID != 0 {
		q = w.Own().Where("id = ?", a.ID)
	}
	if err := database.Fault(q.Where("NOT refused").First(&a.row).Error, "permission"); err != nil {
		return err
	}
	if a.ID != 0 && !sameUser(a.row.UserID, a.UserID) {
		return fault.New(fault.Conflict, "The whole organization has this permission. Take it from the organization.")
	}
	if err := mayChangeItemsOf(w, a.row.UserID); err != nil {
		return err
	}
	if err := w.Tx.Delete(&a.row).Error; err != nil {
		return fmt.Errorf("take an item back: %w", err)
	}
	return auditItem(w, "revoke-item", a.row)
}
