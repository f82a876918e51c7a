package database

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// CountParticipations makes the triggers that keep the tallies of participations (models.ParticipationTally). Like row
// changes they refer to nothing, and PostgreSQL writes one row per cell and statement, SQLite one per participation.
func (c columnTypes) CountParticipations() string {
	if c.dialect == Postgres {
		came, gone := postgresCells("came", 1), postgresCells("gone", -1)
		return strings.Join([]string{
			postgresTally("insert", "NEW TABLE AS came", came),
			postgresTally("update", "OLD TABLE AS gone NEW TABLE AS came", gone, came),
			postgresTally("delete", "OLD TABLE AS gone", gone),
		}, "\n")
	}
	const (
		statuses = "VALUES (%[1]s.organization_id, %[1]s.assessment_id, %[1]s.status_id, %[1]s.system_status_id, -1, %[2]d);"
		scores   = "SELECT %[1]s.organization_id, %[1]s.assessment_id, 0, 0, CAST(ROUND(%[1]s.score) AS INTEGER), %[2]d WHERE %[1]s.score IS NOT NULL;"
		// Not every update that names a column changes it.
		moved  = "new.status_id <> old.status_id OR new.system_status_id <> old.system_status_id"
		scored = "new.score IS NOT old.score"
	)
	come := func(values string) string { return fmt.Sprintf(values, "new", 1) }
	left := func(values string) string { return fmt.Sprintf(values, "old", -1) }
	return strings.Join([]string{
		sqliteTally("insert", "INSERT", "TRUE", come(statuses), come(scores)),
		sqliteTally("move", "UPDATE OF status_id, system_status_id", moved, left(statuses), come(statuses)),
		sqliteTally("score", "UPDATE OF score", scored, left(scores), come(scores)),
		sqliteTally("delete", "DELETE", "TRUE", left(statuses), left(scores)),
	}, "\n")
}

const tallyColumns = "INSERT INTO participation_tallies (organization_id, assessment_id, status_id, system_status_id, percent, n) "

func sqliteTally(name, event, condition string, rows ...string) string {
	return fmt.Sprintf("-- +goose StatementBegin\nCREATE TRIGGER tally_%s AFTER %s ON assessment_candidates WHEN %s BEGIN\n    %s\nEND;\n-- +goose StatementEnd",
		name, event, condition, tallyColumns+strings.Join(rows, "\n    "+tallyColumns))
}

// postgresTally makes the trigger of one event; cells are the rows that it changes, each with what to count it for.
func postgresTally(event, tables string, cells ...string) string {
	return fmt.Sprintf(`-- +goose StatementBegin
CREATE FUNCTION tally_%[1]s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    %[3]s
    SELECT organization_id, assessment_id, status_id, system_status_id, percent, SUM(n) FROM (%[4]s) AS cells
    GROUP BY organization_id, assessment_id, status_id, system_status_id, percent HAVING SUM(n) <> 0;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER tally_%[1]s AFTER %[1]s ON assessment_candidates REFERENCING %[2]s
    FOR EACH STATEMENT EXECUTE FUNCTION tally_%[1]s();`, event, tables, tallyColumns, strings.Join(cells, " UNION ALL "))
}

func postgresCells(table string, n int) string {
	return fmt.Sprintf(`SELECT organization_id, assessment_id, status_id, system_status_id, -1 AS percent, %[2]d AS n FROM %[1]s
        UNION ALL SELECT organization_id, assessment_id, 0, 0, CAST(ROUND(score) AS INTEGER), %[2]d FROM %[1]s WHERE score IS NOT NULL`, table, n)
}

const (
	foldOver  = 100 // rows beyond the folded ones that an assessment may gather
	foldBatch = 200
)

// FoldTallies makes one row of the rows of each cell, for every assessment that has gathered many. Who counts meanwhile
// sees the rows from before or those from after, which have the same sums; rows that are added meanwhile stay.
func FoldTallies(ctx context.Context, db *DB) error {
	var gathered []int64
	err := db.Read.WithContext(ctx).Model(&models.ParticipationTally{}).Where("NOT is_folded").Group("assessment_id").
		Having("COUNT(*) > ?", foldOver).Pluck("assessment_id", &gathered).Error
	if err != nil {
		return fmt.Errorf("look for tallies to fold: %w", err)
	}
	for _, assessment := range gathered {
		err := db.InTx(ctx, func(tx *gorm.DB) error { return foldTallies(tx, assessment) })
		if err != nil {
			return fmt.Errorf("fold the tallies of assessment %d: %w", assessment, err)
		}
	}
	return nil
}

func foldTallies(tx *gorm.DB, assessmentID int64) error {
	var rows []models.ParticipationTally
	if err := tx.Clauses(clause.Returning{}).Where("assessment_id = ?", assessmentID).Delete(&rows).Error; err != nil {
		return err
	}
	sums := map[models.TallyCell]int64{}
	for _, r := range rows {
		sums[r.TallyCell] += r.N
	}
	folded := make([]models.ParticipationTally, 0, len(sums))
	for cell, n := range sums {
		if n != 0 {
			folded = append(folded, models.ParticipationTally{TallyCell: cell, N: n, IsFolded: true})
		}
	}
	return tx.CreateInBatches(folded, foldBatch).Error
}
