package models

import "time"

// Row is what every table has: its key and when it was made and last changed.
type Row struct {
	ID        int64     `gorm:"primaryKey" json:"id"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Owned says which organization a row belongs to. Rows of another organization do not exist for a caller.
type Owned struct {
	OrganizationID int64 `gorm:"not null;index" json:"organization_id"`
}

// Authored says which users made and last changed a row; nil when nobody signed in did.
type Authored struct {
	CreatedBy *int64 `json:"created_by"`
	UpdatedBy *int64 `json:"updated_by"`
}

// Deletable marks rows that a delete hides instead of removing.
type Deletable struct {
	IsDeleted bool `gorm:"not null;default:false" json:"is_deleted"`
}
