package catalog

import (
	"context"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// SettingsInForce returns every setting with the value that counts for an actor: the user's own choice, else the
// organization's, else the default. They go by the key of the setting, for where nobody chose there is no other.
func (c *Catalog) SettingsInForce(ctx context.Context, db *gorm.DB, ask resource.Ask) ([]resource.Object, error) {
	db = db.WithContext(ctx)
	all, err := actions.LoadSettings(db, ask.Actor.OrganizationID, ask.Actor.ID)
	if err != nil {
		return nil, err
	}
	var shown []resource.Object
	for _, s := range all.InForce(ask.Actor.ID) {
		shown = append(shown, settingObject(s))
	}
	return shown, c.expandSettings(ctx, db, ask, shown)
}

func settingObject(s models.SettingInForce) resource.Object {
	created, updated := s.Setting.CreatedAt, s.Setting.UpdatedAt
	if s.Datum != nil {
		created, updated = s.Datum.CreatedAt, s.Datum.UpdatedAt
	}
	var value, free any
	if s.Allowed != nil {
		value = s.Allowed.ID
	}
	if !s.Setting.Constrained {
		free = s.Value
	}
	var o resource.Object
	o.Set("id", s.Setting.ID)
	o.Set("settings_id", s.Setting.ID)
	o.Set("settings_allowed_value_id", value)
	o.Set("value", s.Value)
	o.Set("unconstrained_value", free)
	o.Set("created_at", resource.FormatMoment(created))
	o.Set("updated_at", resource.FormatMoment(updated))
	return o
}

// expandSettings adds the setting itself where expand=settings asks for it.
func (c *Catalog) expandSettings(ctx context.Context, db *gorm.DB, ask resource.Ask, shown []resource.Object) error {
	if !slices.Contains(ask.Params.Names("expand"), "settings") {
		return nil
	}
	every := resource.Ask{Actor: ask.Actor, Base: ask.Base, Now: ask.Now,
		Params: resource.Params{"pageSize": {{Value: strconv.Itoa(resource.MostPageSize)}}}}
	page, err := c.Named("helpers.settings").Resource.List(ctx, db, every)
	if err != nil {
		return err
	}
	for i := range shown {
		for _, o := range page.Objects {
			if o.Get("id") == shown[i].Get("settings_id") {
				shown[i].Set("settings", o)
			}
		}
	}
	return nil
}
