package database

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/textfold"
	"gorm.io/gorm"
)

// sqliteCandidateSearch keeps which candidates hold which three letters in a row. Positions are left out: they would
// triple the index, and LIKE has the last word anyway.
const sqliteCandidateSearch = `CREATE VIRTUAL TABLE candidate_search USING fts5(search_text, content='candidates', content_rowid='id',
    tokenize='trigram case_sensitive 1', detail=none);
-- +goose StatementBegin
CREATE TRIGGER candidate_search_add AFTER INSERT ON candidates BEGIN
    INSERT INTO candidate_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER candidate_search_change AFTER UPDATE OF search_text ON candidates WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO candidate_search (candidate_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    INSERT INTO candidate_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER candidate_search_drop AFTER DELETE ON candidates BEGIN
    INSERT INTO candidate_search (candidate_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;
-- +goose StatementEnd`

// postgresCandidateSearch does without the index where the extension is not installed or may not be created: searching
// is slower then, and finds the same.
const postgresCandidateSearch = `-- +goose StatementBegin
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX candidate_search ON candidates USING gin (search_text gin_trgm_ops);
    END IF;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'searching candidates goes without an index: %', SQLERRM;
END $$;
-- +goose StatementEnd`

// mostListed is how many candidates a term may be held by to be found once and named by id from then on. Terms held by
// more are met soon enough along any list.
const mostListed = 2000

// CandidateSearch is a term that people type, ready to narrow queries over candidates.
type CandidateSearch struct {
	dialect Dialect
	pattern string  // for LIKE; "" narrows nothing
	isShort bool    // ids holds all there are
	ids     []int64 // of the candidates that hold the term
}

// SearchCandidates looks a term up among an organization's candidates, whatever its case and accents. Where few hold it,
// that is the only time that the index of letters is asked, however many queries the search narrows.
func SearchCandidates(db *gorm.DB, organizationID int64, term string) (CandidateSearch, error) {
	s, folded := CandidateSearch{dialect: Dialect(db.Name())}, textfold.Fold(term)
	if folded == "" {
		return s, nil
	}
	s.pattern = "%" + textfold.Like(folded) + "%"
	letters := trigrams(folded)
	if letters == "" {
		return s, nil
	}
	found := db.Session(&gorm.Session{NewDB: true, Context: db.Statement.Context})
	if s.dialect == SQLite {
		found = found.Table("candidate_search").Select("rowid AS id").Where("candidate_search MATCH ?", letters)
	} else {
		found = found.Table("candidates").Where(`organization_id = ? AND search_text LIKE ? ESCAPE '\'`, organizationID, s.pattern)
	}
	if err := found.Limit(mostListed+1).Pluck("id", &s.ids).Error; err != nil {
		return s, fmt.Errorf("search candidates: %w", err)
	}
	s.isShort = len(s.ids) <= mostListed
	return s, nil
}

// In returns a scope that narrows a query to the candidates that hold the term. Name is what they are called in it: a
// name from the program, never from a caller.
func (s CandidateSearch) In(name string) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if s.pattern == "" {
			return db
		}
		db = db.Where(fmt.Sprintf(`%s.search_text LIKE ? ESCAPE '\'`, name), s.pattern)
		if s.isShort {
			db = db.Where(s.dialect.among(name+".id"), s.list())
		}
		return db
	}
}

// IsShort tells whether few hold the term, so that reading all of them is cheap.
func (s CandidateSearch) IsShort() bool { return s.isShort }

// list is the ids as one argument: a placeholder for each would be thousands, in every part of a query.
func (s CandidateSearch) list() string {
	list := []byte{'['}
	for i, id := range s.ids {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, id, 10)
	}
	return string(append(list, ']'))
}

// trigrams returns every three letters in a row of a term as the index of letters is asked for them; "" when it cannot
// be asked.
func trigrams(term string) string {
	if strings.ContainsRune(term, 0) {
		return ""
	}
	letters := []rune(term)
	var all []string
	for i := 0; i+3 <= len(letters); i++ {
		all = append(all, `"`+strings.ReplaceAll(string(letters[i:i+3]), `"`, `""`)+`"`)
	}
	return strings.Join(all, " AND ")
}
