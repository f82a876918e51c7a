-- +goose Up
CREATE TABLE evaluation_invitations (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    external_assessment_id BIGINT REFERENCES external_assessments (id),
    assessment_section_candidate_id BIGINT REFERENCES assessment_section_candidates (id),
    username TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    status BIGINT NOT NULL DEFAULT 10,
    score {{.Real}},
    evaluation {{.JSON}},
    report_url TEXT,
    attend_url TEXT NOT NULL
);
CREATE INDEX evaluation_invitation_list ON evaluation_invitations (organization_id, id) WHERE NOT is_deleted;
CREATE INDEX evaluation_invitation_by_code ON evaluation_invitations (organization_id, code);
CREATE INDEX idx_evaluation_invitations_external_id ON evaluation_invitations (external_id);
CREATE INDEX idx_evaluation_invitations_external_assessment_id ON evaluation_invitations (external_assessment_id, status);
CREATE INDEX idx_evaluation_invitations_assessment_section_candidate_id ON evaluation_invitations (assessment_section_candidate_id);

CREATE TABLE supplied_assessments (
    id {{.ID}},
    name TEXT NOT NULL,
    type TEXT NOT NULL
);
CREATE UNIQUE INDEX supplied_assessment_type ON supplied_assessments (type);

INSERT INTO supplied_assessments (id, name, type) VALUES (1, 'Screening test', 'screening'), (2, 'English test', 'english');

-- What hangs on an answer goes with it: attending once more begins with an empty paper.
CREATE TABLE answer_code_submissions (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    answer_id BIGINT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    type BIGINT NOT NULL DEFAULT 2,
    source TEXT NOT NULL,
    score BIGINT,
    status BIGINT NOT NULL DEFAULT 0,
    input TEXT,
    memory BIGINT NOT NULL DEFAULT 0,
    language_id TEXT NOT NULL,
    compiler TEXT,
    cmpinfo TEXT,
    stderr TEXT,
    run_time {{.Real}} NOT NULL DEFAULT 0,
    output TEXT,
    result TEXT
);
CREATE INDEX idx_answer_code_submissions_organization_id ON answer_code_submissions (organization_id, id);
CREATE INDEX idx_answer_code_submissions_answer_id ON answer_code_submissions (answer_id);
CREATE INDEX answer_code_submission_running ON answer_code_submissions (id) WHERE status < 11;

CREATE TABLE answer_files (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    answer_id BIGINT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    file_id BIGINT NOT NULL REFERENCES files (id)
);
CREATE UNIQUE INDEX answer_file ON answer_files (answer_id, file_id);
CREATE INDEX idx_answer_files_organization_id ON answer_files (organization_id, id);
CREATE INDEX idx_answer_files_file_id ON answer_files (file_id);

CREATE TABLE answer_recordings (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    answer_id BIGINT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    file_id BIGINT NOT NULL REFERENCES files (id),
    type TEXT NOT NULL
);
CREATE UNIQUE INDEX answer_recording ON answer_recordings (answer_id, file_id);
CREATE INDEX idx_answer_recordings_organization_id ON answer_recordings (organization_id, id);
CREATE INDEX idx_answer_recordings_file_id ON answer_recordings (file_id);

CREATE TABLE assessment_candidate_files (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    assessment_section_candidate_id BIGINT NOT NULL REFERENCES assessment_section_candidates (id),
    file_id BIGINT NOT NULL REFERENCES files (id)
);
CREATE UNIQUE INDEX assessment_candidate_file ON assessment_candidate_files (assessment_section_candidate_id, file_id);
CREATE INDEX idx_assessment_candidate_files_organization_id ON assessment_candidate_files (organization_id, id);
CREATE INDEX idx_assessment_candidate_files_assessment_candidate_id ON assessment_candidate_files (assessment_candidate_id);
CREATE INDEX idx_assessment_candidate_files_file_id ON assessment_candidate_files (file_id);
