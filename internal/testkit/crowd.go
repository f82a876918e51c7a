package testkit

import (
	"testing"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
)

// Crowd fills Acme with many candidates and lets some of them take part in an assessment, spread over every status, for
// measuring lists. Rows are made by the database itself, past the actions: making 100,000 people one by one is not what
// is measured.
func (w *World) Crowd(t testing.TB, candidates, participations int) models.Assessment {
	t.Helper()
	assessment := w.Assessment(t)
	now := w.Clock.Now().Format("2006-01-02 15:04:05.000000-07:00")
	w.exec(t, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO candidates (created_at, updated_at, organization_id, email, first_name, last_name, cf, search_text)
SELECT `+w.timestamp("?")+`, `+w.timestamp("?")+`, `+w.integer("?")+`, 'crowd' || i || '@example.org', 'Person', 'Number ' || i, '{}',
 'person number ' || i || ' crowd' || i || '@example.org' FROM n`, candidates, now, now, w.Acme.ID)
	// Every status has a share; scores are spread evenly, those who have not finished have none.
	w.exec(t, `INSERT INTO assessment_candidates (created_at, updated_at, organization_id, assessment_id, candidate_id,
 status_id, system_status_id, status_since, invited_at, score, verify_code)
SELECT `+w.timestamp("?")+`, `+w.timestamp("?")+`, `+w.integer("?")+`, `+w.integer("?")+`, c.id, s.id,
 CASE WHEN s.sort_key > 60 THEN 14 ELSE s.id END, `+w.timestamp("?")+`, `+w.timestamp("?")+`,
 CASE WHEN s.sort_key >= 50 THEN (c.id * 7919) % 101 END, '12345678'
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM candidates WHERE organization_id = `+w.integer("?")+` ORDER BY id LIMIT ?) c
JOIN (SELECT id, sort_key, ROW_NUMBER() OVER (ORDER BY sort_key) - 1 AS place FROM statuses) s ON s.place = c.place % 10`,
		now, now, w.Acme.ID, assessment.ID, now, now, w.Acme.ID, participations)
	w.exec(t, `INSERT INTO assessment_section_candidates (created_at, updated_at, organization_id, assessment_candidate_id,
 assessment_section_id, section_id, assessment_id, status_id)
SELECT p.created_at, p.updated_at, p.organization_id, p.id, s.id, s.section_id, s.assessment_id, p.system_status_id
FROM assessment_candidates p JOIN assessment_sections s ON s.assessment_id = p.assessment_id WHERE p.assessment_id = ?`, assessment.ID)
	check(t, database.FoldTallies(t.Context(), w.DB)) // as a running program does every minute
	w.settle(t)
	return assessment
}

// settle is what a database does by itself before long when many rows have come.
func (w *World) settle(t testing.TB) {
	t.Helper()
	if w.DB.Pool == nil {
		w.exec(t, "ANALYZE")
		return
	}
	w.exec(t, "VACUUM ANALYZE")
	w.exec(t, "CHECKPOINT")
}

func (w *World) exec(t testing.TB, statement string, values ...any) {
	t.Helper()
	check(t, w.DB.Write.Exec(statement, values...).Error)
}

// timestamp and integer give a placeholder its type where PostgreSQL cannot infer one.
func (w *World) timestamp(placeholder string) string {
	if w.DB.Pool != nil {
		return "CAST(" + placeholder + " AS TIMESTAMPTZ)"
	}
	return placeholder
}

func (w *World) integer(placeholder string) string { return "CAST(" + placeholder + " AS BIGINT)" }
