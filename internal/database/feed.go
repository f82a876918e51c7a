package database

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// watched are the tables whose changes the migrations write down.
var watched = []string{
	"assessment_candidates", "assessment_section_candidates", "assessment_sections", "assessments", "candidates", "categories",
	"evaluations", "events", "files", "forms", "live_sessions", "questions", "sections", "skills", "users",
}

// IsWatched tells whether changes of a table's rows are written down.
func IsWatched(table string) bool { return slices.Contains(watched, table) }

// Place is a point in the order of row changes, which is that of their transactions on PostgreSQL and that of their ids
// on SQLite.
type Place struct {
	Tx uint64
	ID int64
}

// Before tells whether p comes before q.
func (p Place) Before(q Place) bool {
	return cmp.Or(cmp.Compare(p.Tx, q.Tx), cmp.Compare(p.ID, q.ID)) < 0
}

// SettledPlace returns the place up to which changes are complete: what is still in flight, or not begun, comes after it.
// It returns too where the changes that are kept begin.
func SettledPlace(db *gorm.DB) (settled, floor Place, err error) {
	var f models.RowChangeFloor
	if err := db.Order("id").Limit(1).Find(&f).Error; err != nil {
		return settled, floor, fmt.Errorf("read where changes begin: %w", err)
	}
	floor = Place{Tx: uint64(f.TxID), ID: f.ChangeID}
	query := "SELECT COALESCE(MAX(id), 0) AS id, 0 AS tx FROM row_changes"
	if Dialect(db.Name()) == Postgres {
		query = "SELECT 0 AS id, CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) AS tx"
	}
	if err := db.Raw(query).Scan(&settled).Error; err != nil {
		return settled, floor, fmt.Errorf("read how far changes are complete: %w", err)
	}
	if Dialect(db.Name()) == SQLite && settled.Before(floor) {
		settled = floor // nothing changed since the last pruning
	}
	return settled, floor, nil
}

// pair is a place as SQL compares it with (txid, id), and its arguments.
func (p Place) pair(d Dialect) (string, []any) {
	if d == Postgres {
		return "(CAST(CAST(? AS TEXT) AS XID8), ?)", []any{strconv.FormatUint(p.Tx, 10), p.ID}
	}
	return "(?, ?)", []any{p.Tx, p.ID}
}

// ChangesBetween returns the last change of each row of a table that changed after one place and not after another, in
// order, up to a number of rows.
func ChangesBetween(db *gorm.DB, organizationID int64, table string, after, until Place, limit int) ([]models.RowChange, error) {
	d := Dialect(db.Name())
	from, fromArguments := after.pair(d)
	to, toArguments := until.pair(d)
	arguments := slices.Concat([]any{organizationID, table}, fromArguments, toArguments, toArguments, []any{limit})
	var changes []models.RowChange
	err := db.Raw(`SELECT c.* FROM row_changes c
		WHERE c.organization_id = ? AND c.table_name = ? AND (c.txid, c.id) > `+from+` AND (c.txid, c.id) <= `+to+`
		AND NOT EXISTS (SELECT 1 FROM row_changes l WHERE l.organization_id = c.organization_id AND l.table_name = c.table_name
			AND l.row_id = c.row_id AND (l.txid, l.id) > (c.txid, c.id) AND (l.txid, l.id) <= `+to+`)
		ORDER BY c.txid, c.id LIMIT ?`, arguments...).Scan(&changes).Error
	if err != nil {
		return nil, fmt.Errorf("read what changed of %s: %w", table, err)
	}
	return changes, nil
}

// PlaceOf returns where a change stands.
func PlaceOf(c models.RowChange) Place { return Place{Tx: c.TxID, ID: c.ID} }

// pruneBatch is how many changes are removed at once: SQLite's one writer must not be held for long.
const pruneBatch = 5000

// PruneChanges removes the changes from before a time. Readers that had not come so far have to begin anew.
func PruneChanges(ctx context.Context, db *DB, before time.Time) error {
	if err := dropForeign(ctx, db); err != nil {
		return err
	}
	for {
		n := 0
		err := db.InTx(ctx, func(tx *gorm.DB) error {
			var old []models.RowChange
			if err := tx.Where("at < ?", before).Order("txid, id").Limit(pruneBatch).Find(&old).Error; err != nil {
				return err
			}
			if n = len(old); n == 0 {
				return nil
			}
			last := PlaceOf(old[n-1])
			until, arguments := last.pair(db.Dialect)
			if err := tx.Where("(txid, id) <= "+until, arguments...).Delete(&models.RowChange{}).Error; err != nil {
				return err
			}
			return raiseFloor(tx, last)
		})
		if err != nil {
			return fmt.Errorf("prune row changes: %w", err)
		}
		if n < pruneBatch {
			return nil
		}
	}
}

func raiseFloor(tx *gorm.DB, to Place) error {
	var floor models.RowChangeFloor
	err := Locked(tx).Order("id").First(&floor).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return err
	}
	floor.TxID, floor.ChangeID = int64(to.Tx), to.ID
	return tx.Save(&floor).Error
}

// dropForeign removes changes whose transactions have numbers that this server has not given yet: they were copied from
// another server. All readers begin anew then.
func dropForeign(ctx context.Context, db *DB) error {
	if db.Dialect != Postgres {
		return nil
	}
	const ahead = "pg_snapshot_xmax(pg_current_snapshot())"
	err := db.InTx(ctx, func(tx *gorm.DB) error {
		gone := tx.Where("txid >= " + ahead).Delete(&models.RowChange{})
		if gone.Error != nil {
			return gone.Error
		}
		settled, floor, err := SettledPlace(tx)
		if err != nil || gone.RowsAffected == 0 && !settled.Before(floor) {
			return err
		}
		return raiseFloor(tx, settled)
	})
	if err != nil {
		return fmt.Errorf("drop another server's row changes: %w", err)
	}
	return nil
}
