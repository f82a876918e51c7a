package database

import (
	"fmt"
	"strings"
)

// ChangeTable makes the table of row changes and, on PostgreSQL, the functions that fill it. It refers to nothing: a
// change outlives its row, and a reference would be looked up for each.
func (c columnTypes) ChangeTable() string {
	table := fmt.Sprintf(`CREATE TABLE row_changes (
    id %s,
    organization_id BIGINT NOT NULL,
    table_name TEXT NOT NULL,
    row_id BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL,
    at %s NOT NULL,
    txid %s
);
CREATE INDEX row_change_feed ON row_changes (organization_id, table_name, id);`, c.ID, c.Time, c.TxID)
	if c.dialect == Postgres {
		return table + "\n" + postgresChangeFunctions
	}
	return table
}

// postgresChangeFunctions note what one statement changed, all at once; the last one does so row by row, for tables of
// which only some columns count: PostgreSQL has no triggers that do both.
const postgresChangeFunctions = `-- +goose StatementBegin
CREATE FUNCTION note_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_NARGS = 0 OR TG_OP = 'DELETE' THEN
        INSERT INTO row_changes (organization_id, table_name, row_id, deleted, at)
        SELECT organization_id, TG_TABLE_NAME, id, TG_OP = 'DELETE', now() FROM changed;
    ELSE
        INSERT INTO row_changes (organization_id, table_name, row_id, deleted, at)
        SELECT organization_id, TG_TABLE_NAME, id, is_deleted, now() FROM changed;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO row_changes (organization_id, table_name, row_id, deleted, at)
    VALUES (NEW.organization_id, TG_TABLE_NAME, NEW.id, FALSE, now());
    RETURN NULL;
END $$;
-- +goose StatementEnd`

// NoteChanges makes the triggers that write down every row of a table that is made, changed or removed.
func (c columnTypes) NoteChanges(table string) string {
	return c.changeTriggers(table, "", false)
}

// NoteDeletable is NoteChanges for a table with is_deleted: marking a row so counts as removing it.
func (c columnTypes) NoteDeletable(table string) string {
	return c.changeTriggers(table, "", true)
}

// NoteColumns is NoteChanges for a table of which only changes of the named columns count.
func (c columnTypes) NoteColumns(table string, columns ...string) string {
	return c.changeTriggers(table, strings.Join(columns, ", "), false)
}

func (c columnTypes) changeTriggers(table, columns string, isDeletable bool) string {
	if c.dialect == Postgres {
		return postgresChangeTriggers(table, columns, isDeletable)
	}
	deleted, of := "FALSE", ""
	if isDeletable {
		deleted = "new.is_deleted"
	}
	if columns != "" {
		of = " OF " + columns
	}
	return strings.Join([]string{
		c.sqliteChangeTrigger(table, "insert", "INSERT", "new", deleted),
		c.sqliteChangeTrigger(table, "update", "UPDATE"+of, "new", deleted),
		c.sqliteChangeTrigger(table, "delete", "DELETE", "old", "TRUE"),
	}, "\n")
}

func (c columnTypes) sqliteChangeTrigger(table, name, when, row, deleted string) string {
	return fmt.Sprintf(`-- +goose StatementBegin
CREATE TRIGGER %[1]s_note_%[2]s AFTER %[3]s ON %[1]s BEGIN
    INSERT INTO row_changes (organization_id, table_name, row_id, deleted, at)
    VALUES (%[4]s.organization_id, '%[1]s', %[4]s.id, %[5]s, %[6]s);
END;
-- +goose StatementEnd`, table, name, when, row, deleted, c.Now)
}

func postgresChangeTriggers(table, columns string, isDeletable bool) string {
	argument := ""
	if isDeletable {
		argument = "'is_deleted'"
	}
	statement := func(name, when, rows string) string {
		return fmt.Sprintf(`CREATE TRIGGER %[1]s_note_%[2]s AFTER %[3]s ON %[1]s REFERENCING %[4]s TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_changes(%[5]s);`, table, name, when, rows, argument)
	}
	update := statement("update", "UPDATE", "NEW")
	if columns != "" {
		update = fmt.Sprintf("CREATE TRIGGER %[1]s_note_update AFTER UPDATE OF %[2]s ON %[1]s FOR EACH ROW EXECUTE FUNCTION note_change();", table, columns)
	}
	return strings.Join([]string{statement("insert", "INSERT", "NEW"), update, statement("delete", "DELETE", "OLD")}, "\n")
}
