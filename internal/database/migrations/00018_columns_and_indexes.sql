-- +goose Up
ALTER TABLE tickets ADD COLUMN new_email TEXT;
ALTER TABLE action_records ADD COLUMN sent {{.JSON}};
ALTER TABLE action_records ADD COLUMN links {{.JSON}};
ALTER TABLE status_reasons DROP COLUMN type;

-- is_deleted stands in it, so that rows are counted from it alone.
DROP INDEX candidate_list;
CREATE INDEX candidate_list ON candidates (organization_id, id, is_deleted) WHERE NOT is_deleted;

-- The funnel is counted from tallies; a list by status follows this one.
DROP INDEX pipeline_funnel;
CREATE INDEX pipeline_listed ON assessment_candidates (assessment_id, status_id, id);

UPDATE settings SET description = 'Language of screens, as far as they speak it' WHERE id = 4;
UPDATE settings SET description = 'Days that the form for inviting offers as the last day' WHERE id = 10;
UPDATE settings SET description = 'Colour of the main buttons that candidates see, as #rrggbb' WHERE id = 11;
