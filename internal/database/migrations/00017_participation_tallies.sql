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

INSERT INTO participation_tallies (organization_id, assessment_id, status_id, system_status_id, percent, n, is_folded)
SELECT organization_id, assessment_id, status_id, system_status_id, -1, COUNT(*), TRUE FROM assessment_candidates
GROUP BY organization_id, assessment_id, status_id, system_status_id;

INSERT INTO participation_tallies (organization_id, assessment_id, status_id, system_status_id, percent, n, is_folded)
SELECT organization_id, assessment_id, 0, 0, CAST(ROUND(score) AS INTEGER), COUNT(*), TRUE FROM assessment_candidates
WHERE score IS NOT NULL GROUP BY organization_id, assessment_id, CAST(ROUND(score) AS INTEGER);
