package models

// SelectFieldType is a named drop-down list; its options are SelectFieldData.
type SelectFieldType struct {
	Row
	Owned
	Authored
	Deletable
	Name     string `gorm:"not null" json:"name"`
	IsPublic bool   `gorm:"not null;default:false" json:"isPublic"`
}

// SelectFieldData is one option of a drop-down list. It may appear only once a parent option is chosen, which is named
// by its value, its id or both.
type SelectFieldData struct {
	Row
	Owned
	Authored
	Deletable
	SelectFieldTypeID int64   `gorm:"not null;index" json:"select_field_type_id"`
	Key               string  `gorm:"not null" json:"key"`
	Value             string  `gorm:"not null" json:"value"`
	ParentValue       *string `json:"parent_value"`
	ParentID          *int64  `gorm:"index" json:"parent_id"`
	Data              *int    `json:"-"` // whatever number the caller keeps with it
	SortOrder         *int    `json:"sort_order"`
}

// TableName keeps the documented plural.
func (SelectFieldData) TableName() string { return "select_field_data" }
