package database

import (
	"database/sql/driver"
	"sync"

	sqlite "github.com/glebarez/go-sqlite"

	"github.com/assay-hire/assay/internal/textfold"
)

// Folded returns an expression for a text column as searches compare it: see textfold.Fold. On PostgreSQL a function of
// the database comes as near as one expression can. Column is a name from the program, never from a caller.
func (d Dialect) Folded(column string) string { return "assay_fold(" + column + ")" }

// foldFunction gives every SQLite connection of the program the function of that name.
var foldFunction = sync.OnceFunc(func() {
	sqlite.MustRegisterDeterministicScalarFunction("assay_fold", 1,
		func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			switch text := args[0].(type) {
			case string:
				return textfold.Fold(text), nil
			case []byte:
				return textfold.Fold(string(text)), nil
			}
			return nil, nil
		})
})

// postgresFold lowers by Unicode's rules where the server knows them, takes accents off, and spells out the letters that
// have no accent to take.
const postgresFold = `-- +goose StatementBegin
DO $$
DECLARE lowered TEXT := 'lower($1)';
BEGIN
    IF EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu') THEN
        lowered := 'lower($1 COLLATE "und-x-icu")';
    END IF;
    EXECUTE 'CREATE FUNCTION assay_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS ''SELECT
        regexp_replace(replace(replace(replace(replace(translate(regexp_replace(normalize(' || lowered || ', NFKD),
            U&''''[\0300-\036F\0483-\0487\0591-\05BD\064B-\065F\093C\09BC\0A3C]'''', '''''''', ''''g''''),
        ''''ıłøđðħŧŋĸəىیک’‘‐‑–—'''', ''''iloddhtnkeييك''''''''''''''''----''''),
        ''''æ'''', ''''ae''''), ''''œ'''', ''''oe''''), ''''ß'''', ''''ss''''), ''''þ'''', ''''th''''),
        ''''\s+'''', '''' '''', ''''g'''')''';
END $$;
-- +goose StatementEnd`
