-- +goose Up
{{.ChangeTable}}

{{.NoteDeletable "candidates"}}
{{.NoteDeletable "assessments"}}
{{.NoteChanges "assessment_sections"}}
{{.NoteDeletable "sections"}}
{{.NoteDeletable "questions"}}
{{.NoteChanges "assessment_candidates"}}
{{.NoteChanges "evaluations"}}
{{.NoteDeletable "users"}}
{{.NoteDeletable "events"}}
{{.NoteChanges "live_sessions"}}
{{.NoteDeletable "files"}}
{{.NoteDeletable "forms"}}
{{.NoteChanges "skills"}}
{{.NoteDeletable "categories"}}

-- An attempt's row also tells every few seconds that its candidate is there; only what callers see of it counts.
{{.NoteColumns "assessment_section_candidates" "external_id" "start_date" "end_date" "external_complete" "status_id"
    "status_reason_id" "invited_at" "started_at" "completed_at" "evaluated_at" "score" "positive_score" "negative_score"}}
