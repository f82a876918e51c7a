package review

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Criterion is a parameter as a section asks for it.
type Criterion struct {
	models.Parameter
	Mandatory *bool
}

// IsMandatory tells whether an evaluation needs it.
func (c Criterion) IsMandatory() bool { return c.Mandatory != nil && *c.Mandatory }

// Criteria returns the parameters of a section in their order.
func Criteria(db *gorm.DB, actor access.Actor, sectionID int64) ([]Criterion, error) {
	var found []Criterion
	err := db.Table("parameters").Scopes(access.Own(actor, "parameters")).Select("parameters.*, sp.is_mandatory AS mandatory").
		Joins("JOIN section_parameters sp ON sp.parameter_id = parameters.id AND sp.section_id = ?", sectionID).
		Order("sp.sort_order, sp.id").Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load the section's parameters: %w", err)
	}
	return found, nil
}
