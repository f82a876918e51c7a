package actions

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// organizationFields are the wire names of what UpdateOrganization calls otherwise.
var organizationFields = map[string]string{"time_zone": "timeZone", "from_address": "fromAddress", "terms_link": "termsLink"}

// SettleOrganization checks an organization and puts the members into it that have no column. Nobody deletes the
// organization the own account belongs to.
func SettleOrganization(_ context.Context, change *resource.Change) error {
	o := change.Row.(*models.Organization)
	if change.Verb == resource.Delete {
		return refuseOwnOrganization(change, o.ID)
	}
	if change.Verb == resource.Create {
		o.Switches = datatypes.NewJSONType(map[string]bool{})
		o.TimeZone, o.Theme = orElse(o.TimeZone, "UTC"), orElse(o.Theme, "default")
	}
	bad := fault.Fields{}
	for _, name := range slices.Sorted(maps.Keys(change.Values)) {
		if _, known := models.OrganizationMemberOf(name); known {
			if f, wrong := fault.As(o.SetMember(name, change.Values[name])); wrong {
				maps.Copy(bad, f.Fields)
			}
		}
	}
	if from := textOf(o.FromAddress); from != "" {
		if _, ok := addresses.One(from); !ok {
			bad["fromAddress"] = "This is not an e-mail address, with or without a name before it."
		}
	}
	in := UpdateOrganization{Name: o.Name, TimeZone: o.TimeZone, TermsLink: textOf(o.TermsLink)}
	if f, wrong := fault.As(in.Validate()); wrong {
		for name, message := range f.Fields {
			bad[orElse(organizationFields[name], name)] = message
		}
	}
	o.Name = in.Name
	return fault.Refuse(bad)
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func refuseOwnOrganization(change *resource.Change, id int64) error {
	home, err := homeOf(change)
	if err == nil && home == id {
		err = fault.New(fault.Conflict, "This is the organization of your own account, so it stays.")
	}
	return err
}

// homeOf returns the organization that the actor's account belongs to, whichever it acts in.
func homeOf(change *resource.Change) (int64, error) {
	actor := change.Ask.Actor
	if actor.Kind != access.User {
		return actor.OrganizationID, nil
	}
	var user models.User
	if err := change.Tx.Select("organization_id").First(&user, actor.ID).Error; err != nil {
		return 0, fmt.Errorf("load the acting user: %w", err)
	}
	return user.OrganizationID, nil
}

// AddOrganization founds another organization, without people of its own: whoever does it becomes its first account
// manager. What its first administrator needs is CreateOrganization.
type AddOrganization struct{ Row *WriteRow }

// Grant implements Action.
func (*AddOrganization) Grant() access.Grant { return "organization.create" }

// Validate implements Action.
func (*AddOrganization) Validate() error { return nil }

// Perform implements Action.
func (a *AddOrganization) Perform(ctx context.Context, w *Work) error {
	if err := w.Also(ctx, a.Row); err != nil {
		return err
	}
	return linkFounder(w, a.Row.ID)
}

// linkFounder makes whoever founds an organization its first account manager.
func linkFounder(w *Work, id int64) error {
	if w.Actor.Kind != access.User {
		return fault.New(fault.Forbidden, "A new organization needs a user as its account manager.")
	}
	link := models.OrganizationManager{Owned: models.Owned{OrganizationID: id}, Role: models.AccountManaging,
		UserID: w.Actor.ID, AddedBy: &w.Actor.ID, AddedAt: &w.Now, UpdatedBy: &w.Actor.ID}
	if err := w.Tx.Create(&link).Error; err != nil {
		return fmt.Errorf("make the founder an account manager: %w", err)
	}
	within := w.Actor
	within.OrganizationID = id
	return ledger.Append(w.Tx, within, w.Now, ledger.Entry{Verb: "create-organization", SubjectType: "organization",
		SubjectID: id, After: link})
}
