package models

import "time"

// AccountRole says what the link of a user to an organization is worth.
type AccountRole string

// The documented roles of such links.
const (
	AccountAdmin      AccountRole = "Admin"
	AccountSuperadmin AccountRole = "Superadmin"
	AccountManaging   AccountRole = "Account Manager"
)

// OrganizationManager makes a user an account manager of an organization, not necessarily of the user's own.
type OrganizationManager struct {
	Row
	Owned
	Role       AccountRole `gorm:"not null" json:"role"`
	UserID     int64       `gorm:"not null;index" json:"user_id"`
	CategoryID *int64      `json:"category_id"`
	AddedBy    *int64      `json:"added_by"`
	AddedAt    *time.Time  `json:"added_at"`
	DeletedBy  *int64      `json:"deleted_by"`
	DeletedAt  *time.Time  `json:"deleted_at"`
	UpdatedBy  *int64      `json:"updated_by"`
	Deletable
}

// TableName is what the link is called where people speak of it.
func (OrganizationManager) TableName() string { return "account_managers" }
