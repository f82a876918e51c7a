-- +goose Up
CREATE TABLE participation_tallies (
    id {{.ID}},
    organization_id BIGINT NOT NULL,
    assessment_id BIGINT NOT NULL,
    status_id BIGINT NOT NULL,
    system_status_id BIGINT NOT NULL,
    percent BIGINT NOT NULL,
    n BIGINT NOT NULL,
    is_folded BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX tally_of ON participation_tallies (assessment_id, percent, status_id, system_status_id, n);
CREATE INDEX tally_unfolded ON participation_tallies (assessment_id) WHERE NOT is_folded;

{{.CountParticipations}}
