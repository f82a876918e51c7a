-- +goose Up
CREATE TABLE action_records (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    external_id TEXT,
    name TEXT NOT NULL,
    comment TEXT,
    status BIGINT NOT NULL,
    type BIGINT,
    skip_callback BOOLEAN,
    callback_url TEXT,
    total_count BIGINT,
    error_count BIGINT,
    success_count BIGINT,
    requested_at {{.Time}},
    started_at {{.Time}},
    completed_at {{.Time}},
    last_attempt_at {{.Time}},
    requested_by BIGINT REFERENCES users (id),
    is_notify BOOLEAN,
    message TEXT,
    response TEXT,
    input {{.JSON}},
    actor {{.JSON}},
    cursor BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX idx_action_records_organization_id ON action_records (organization_id);
CREATE INDEX idx_action_records_external_id ON action_records (external_id);

CREATE TABLE audit_entries (
    id {{.ID}},
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    seq BIGINT,
    at {{.Time}} NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT NOT NULL DEFAULT 0,
    actor_name TEXT NOT NULL DEFAULT '',
    verb TEXT NOT NULL,
    subject_type TEXT NOT NULL DEFAULT '',
    subject_id BIGINT NOT NULL DEFAULT 0,
    before_digest TEXT NOT NULL DEFAULT '',
    after_digest TEXT NOT NULL DEFAULT '',
    detail {{.JSON}},
    prev_hash TEXT NOT NULL DEFAULT '',
    hash TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX audit_place ON audit_entries (organization_id, seq);

CREATE TABLE audit_heads (
    organization_id BIGINT PRIMARY KEY REFERENCES organizations (id),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE saved_filters (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    object_type TEXT NOT NULL,
    filter {{.JSON}} NOT NULL,
    version TEXT NOT NULL DEFAULT '1.0',
    name TEXT NOT NULL DEFAULT '',
    is_shared BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX idx_saved_filters_organization_id ON saved_filters (organization_id);

CREATE TABLE report_shares (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    token_hash TEXT NOT NULL,
    expires_at {{.Time}} NOT NULL,
    revoked_at {{.Time}},
    views BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX idx_report_shares_token_hash ON report_shares (token_hash);
CREATE INDEX idx_report_shares_organization_id ON report_shares (organization_id);
CREATE INDEX idx_report_shares_assessment_candidate_id ON report_shares (assessment_candidate_id);

CREATE TABLE imports (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    file_id BIGINT NOT NULL REFERENCES files (id),
    file_name TEXT NOT NULL,
    format TEXT NOT NULL DEFAULT '',
    mapping {{.JSON}},
    options {{.JSON}},
    total BIGINT NOT NULL DEFAULT 0,
    done BIGINT NOT NULL DEFAULT 0,
    created BIGINT NOT NULL DEFAULT 0,
    updated BIGINT NOT NULL DEFAULT 0,
    skipped BIGINT NOT NULL DEFAULT 0,
    problems {{.JSON}},
    message TEXT
);
CREATE INDEX idx_imports_organization_id ON imports (organization_id);

CREATE INDEX audit_unsealed ON audit_entries (organization_id, id) WHERE seq IS NULL;
CREATE INDEX audit_list ON audit_entries (organization_id, id);
CREATE INDEX audit_subject ON audit_entries (organization_id, subject_type, subject_id, id);
CREATE INDEX audit_actor ON audit_entries (organization_id, actor_kind, actor_id, id);
CREATE INDEX audit_verb ON audit_entries (organization_id, verb, id);
