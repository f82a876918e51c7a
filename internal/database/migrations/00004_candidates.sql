-- +goose Up
CREATE TABLE candidates (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    email TEXT NOT NULL,
    first_name TEXT NOT NULL DEFAULT '',
    middle_name TEXT,
    last_name TEXT,
    phone TEXT,
    external_id TEXT,
    assigned_to BIGINT,
    status_id BIGINT NOT NULL DEFAULT 25,
    profile_pic TEXT,
    bio TEXT,
    cf {{.JSON}},
    industry TEXT,
    is_registered BOOLEAN NOT NULL DEFAULT FALSE,
    icard TEXT,
    time_zone TEXT NOT NULL DEFAULT '',
    locale TEXT NOT NULL DEFAULT '',
    picture_key TEXT,
    import_id BIGINT,
    search_text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX idx_candidates_organization_id ON candidates (organization_id);
CREATE INDEX idx_candidates_external_id ON candidates (external_id);

CREATE TABLE candidate_educations (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    candidate_id BIGINT NOT NULL REFERENCES candidates (id),
    title TEXT,
    type TEXT,
    field_of_study TEXT,
    grade TEXT,
    degree TEXT,
    school TEXT NOT NULL,
    description TEXT,
    activities TEXT,
    started_at {{.Time}},
    completed_at {{.Time}}
);
CREATE INDEX idx_candidate_educations_organization_id ON candidate_educations (organization_id);
CREATE INDEX idx_candidate_educations_candidate_id ON candidate_educations (candidate_id);

CREATE TABLE candidate_experiences (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    candidate_id BIGINT NOT NULL REFERENCES candidates (id),
    is_current BOOLEAN NOT NULL DEFAULT FALSE,
    employer TEXT NOT NULL,
    designation TEXT,
    title TEXT NOT NULL,
    location TEXT,
    started_at DATE,
    completed_at DATE,
    description TEXT
);
CREATE INDEX idx_candidate_experiences_organization_id ON candidate_experiences (organization_id);
CREATE INDEX idx_candidate_experiences_candidate_id ON candidate_experiences (candidate_id);

CREATE TABLE candidate_files (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    candidate_id BIGINT NOT NULL REFERENCES candidates (id),
    file_id BIGINT NOT NULL REFERENCES files (id)
);
CREATE UNIQUE INDEX candidate_file ON candidate_files (candidate_id, file_id);
CREATE INDEX idx_candidate_files_organization_id ON candidate_files (organization_id);
CREATE INDEX idx_candidate_files_file_id ON candidate_files (file_id);

CREATE UNIQUE INDEX candidate_email ON candidates (organization_id, email) WHERE NOT is_deleted;
CREATE INDEX idx_candidates_import_id ON candidates (import_id);
CREATE INDEX candidate_list ON candidates (organization_id, id) WHERE NOT is_deleted;
CREATE INDEX candidate_by_name ON candidates (organization_id, search_text, id) WHERE NOT is_deleted;

{{.CandidateSearch}}
