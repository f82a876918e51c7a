package models

import "time"

// RowChange tells that a row of one of the root tables was made, changed or removed. The database writes it by itself,
// in the transaction of the change. Ids are in order of writing, not of committing, so on PostgreSQL a reader goes by TxID
// and id, and no further than pg_snapshot_xmin(pg_current_snapshot()): below it every transaction has ended, and none
// that begins later gets a lower number. Transactions of the server's other databases hold it back too.
type RowChange struct {
	ID             int64     `gorm:"primaryKey" json:"-"`
	OrganizationID int64     `gorm:"not null;index:row_change_feed,priority:1" json:"-"`
	Table          string    `gorm:"column:table_name;not null;index:row_change_feed,priority:2" json:"-"`
	RowID          int64     `gorm:"not null" json:"-"`
	Deleted        bool      `gorm:"not null" json:"-"` // removed, or marked as deleted
	At             time.Time `gorm:"not null" json:"-"`
	TxID           uint64    `gorm:"column:txid;->" json:"-"` // 0 on SQLite, which has one writer
}

// RowChangeFloor is the last change that was pruned. There is one row, or none yet.
type RowChangeFloor struct {
	Row
	TxID     int64 `gorm:"not null"`
	ChangeID int64 `gorm:"not null"`
}
