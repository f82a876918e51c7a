package models

// UserCategory assigns a category to a user.
type UserCategory struct {
	Row
	Owned
	Authored
	Deletable
	UserID     int64 `gorm:"not null;index" json:"user_id"`
	CategoryID int64 `gorm:"not null;index" json:"category_id"`
}
