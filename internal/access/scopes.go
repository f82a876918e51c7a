package access

import "gorm.io/gorm"

// Scope narrows a query to the rows an actor can see.
type Scope func(*gorm.DB) *gorm.DB

// Own returns the scope of every table with organization_id: the actor's own organization, nothing else. The table
// name is needed where a query joins.
func Own(a Actor, table ...string) Scope {
	column := "organization_id"
	if len(table) > 0 {
		column = table[0] + ".organization_id"
	}
	return func(db *gorm.DB) *gorm.DB { return db.Where(column+" = ?", a.OrganizationID) }
}
