-- +goose Up
CREATE TABLE questions (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    plain_content TEXT NOT NULL DEFAULT '',
    hint TEXT,
    body {{.JSON}} NOT NULL,
    answer_key {{.JSON}} NOT NULL,
    randomize_choice BOOLEAN NOT NULL DEFAULT FALSE,
    test_case {{.JSON}},
    tag_data {{.JSON}},
    difficulty TEXT NOT NULL DEFAULT '',
    guidance TEXT,
    feedback TEXT,
    positive_mark {{.Real}},
    negative_mark {{.Real}},
    version BIGINT NOT NULL DEFAULT 1,
    source TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL DEFAULT ''
);
CREATE INDEX idx_questions_organization_id ON questions (organization_id);
CREATE INDEX idx_questions_external_id ON questions (external_id);
CREATE INDEX idx_questions_type ON questions (type);

CREATE TABLE question_versions (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    version BIGINT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    hint TEXT,
    body {{.JSON}} NOT NULL,
    answer_key {{.JSON}} NOT NULL,
    randomize_choice BOOLEAN NOT NULL DEFAULT FALSE,
    positive_mark {{.Real}},
    negative_mark {{.Real}},
    created_by BIGINT REFERENCES users (id)
);
CREATE UNIQUE INDEX question_version ON question_versions (question_id, version);
CREATE INDEX idx_question_versions_organization_id ON question_versions (organization_id);

CREATE TABLE question_skills (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    skill_id BIGINT NOT NULL REFERENCES skills (id)
);
CREATE UNIQUE INDEX question_skill ON question_skills (question_id, skill_id);
CREATE INDEX idx_question_skills_organization_id ON question_skills (organization_id);
CREATE INDEX idx_question_skills_skill_id ON question_skills (skill_id);

CREATE TABLE question_category_links (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    category_id BIGINT NOT NULL REFERENCES categories (id)
);
CREATE UNIQUE INDEX question_category ON question_category_links (question_id, category_id);
CREATE INDEX idx_question_category_links_organization_id ON question_category_links (organization_id);
CREATE INDEX idx_question_category_links_category_id ON question_category_links (category_id);

CREATE TABLE question_files (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    file_id BIGINT NOT NULL REFERENCES files (id)
);
CREATE UNIQUE INDEX question_file ON question_files (question_id, file_id);
CREATE INDEX idx_question_files_organization_id ON question_files (organization_id);

CREATE INDEX question_list ON questions (organization_id, id) WHERE NOT is_deleted;
CREATE INDEX question_list_by_type ON questions (organization_id, type, updated_at, id) WHERE NOT is_deleted;
CREATE INDEX question_list_by_title ON questions (organization_id, substr(search_text, 1, 80), id) WHERE NOT is_deleted;
CREATE INDEX question_by_author ON questions (created_by);
CREATE INDEX question_fingerprint ON questions (organization_id, fingerprint);
CREATE INDEX question_list_by_change ON questions (organization_id, updated_at, id) WHERE NOT is_deleted;
