package models

import "gorm.io/datatypes"

// Organization is the tenant: users, questions, candidates and all else belong to exactly one.
type Organization struct {
	Row
	Authored
	Deletable
	Name        string  `gorm:"not null" json:"name"`
	ExternalID  *string `gorm:"index" json:"external_id"`
	Domain      *string `json:"domain"`
	Address1    *string `gorm:"column:address1" json:"address1"`
	Address2    *string `gorm:"column:address2" json:"address2"`
	City        *string `json:"city"`
	State       *string `json:"state"`
	Country     *string `json:"country"`
	Pincode     *string `json:"pincode"`
	Phone       *string `json:"phone"`
	Description *string `json:"description"`
	TimeZone    string  `gorm:"not null;default:UTC" json:"timeZone"`
	FromAddress *string `json:"fromAddress"`
	Logo        *string `json:"logo"`
	Theme       string  `gorm:"not null;default:default" json:"theme"`
	TermsLink   *string `json:"termsLink"`
	// Switches holds the documented feature switches (isLive, isCode …) by wire name. Read them with Switch: absent means on
	// for most.
	Switches datatypes.JSONType[map[string]bool] `gorm:"not null" json:"-"`
	// Profile holds the documented texts that no column has, by wire name. Read them with Member.
	Profile datatypes.JSONMap `json:"-"`
}

// Switch tells whether the feature with this wire name is on for the organization.
func (o Organization) Switch(name string) bool {
	if on, set := o.Switches.Data()[name]; set {
		return on
	}
	s, _ := KnownSwitch(name)
	return !s.IsOffAtFirst
}
