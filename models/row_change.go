package models

import "time"

// RowChange tells that a row of one of the root tables was made, changed or removed. The database writes it by itself,
// in the transaction of the change. Ids are in order of writing, not of committing: on PostgreSQL a reader that goes by
// ids takes only rows whose TxID is below pg_snapshot_xmin(pg_current_snapshot()), so that it misses nothing in flight.
// Transactions of the server's other databases hold it back too.
type RowChange struct {
	ID             int64     `gorm:"primaryKey" json:"-"`
	OrganizationID int64     `gorm:"not null;index:row_change_feed,priority:1" json:"-"`
	Table          string    `gorm:"column:table_name;not null;index:row_change_feed,priority:2" json:"-"`
	RowID          int64     `gorm:"not null" json:"-"`
	Deleted        bool      `gorm:"not null" json:"-"` // removed, or marked as deleted
	At             time.Time `gorm:"not null" json:"-"`
	TxID           uint64    `gorm:"column:txid;->" json:"-"` // 0 on SQLite, which has one writer
}
