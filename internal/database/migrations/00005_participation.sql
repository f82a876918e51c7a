-- +goose Up
CREATE TABLE statuses (
    id BIGINT PRIMARY KEY,
    sort_key BIGINT NOT NULL,
    label TEXT NOT NULL,
    type BIGINT NOT NULL
);
CREATE UNIQUE INDEX idx_statuses_sort_key ON statuses (sort_key);

CREATE TABLE status_reasons (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    external_id TEXT,
    status_id BIGINT REFERENCES statuses (id),
    type TEXT,
    key TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT ''
);
CREATE INDEX idx_status_reasons_organization_id ON status_reasons (organization_id);
CREATE INDEX idx_status_reasons_status_id ON status_reasons (status_id);

CREATE TABLE assessment_candidates (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    assessment_id BIGINT NOT NULL REFERENCES assessments (id),
    candidate_id BIGINT NOT NULL REFERENCES candidates (id),
    status_id BIGINT NOT NULL REFERENCES statuses (id),
    status_reason_id BIGINT REFERENCES status_reasons (id),
    invited_by BIGINT REFERENCES users (id),
    proview_rating BIGINT,
    invited_at {{.Time}},
    attended_at {{.Time}},
    evaluated_at {{.Time}},
    status_since {{.Time}} NOT NULL,
    reason_text TEXT,
    system_status_id BIGINT NOT NULL REFERENCES statuses (id),
    previous_status_id BIGINT REFERENCES statuses (id),
    score {{.Real}},
    end_date {{.Time}},
    link_epoch BIGINT NOT NULL DEFAULT 1,
    verify_code TEXT NOT NULL DEFAULT '',
    reminded_at {{.Time}},
    consented_at {{.Time}},
    is_bookmarked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX assessment_candidate ON assessment_candidates (assessment_id, candidate_id);
CREATE INDEX idx_assessment_candidates_organization_id ON assessment_candidates (organization_id, id);
CREATE INDEX idx_assessment_candidates_candidate_id ON assessment_candidates (candidate_id);

CREATE TABLE assessment_section_candidates (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    external_id TEXT,
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    assessment_section_id BIGINT NOT NULL REFERENCES assessment_sections (id),
    section_id BIGINT NOT NULL REFERENCES sections (id),
    assessment_id BIGINT NOT NULL REFERENCES assessments (id),
    start_date {{.Time}},
    end_date {{.Time}},
    external_complete BOOLEAN NOT NULL DEFAULT FALSE,
    status_id BIGINT NOT NULL REFERENCES statuses (id),
    status_reason_id BIGINT REFERENCES status_reasons (id),
    invited_at {{.Time}},
    started_at {{.Time}},
    completed_at {{.Time}},
    evaluated_at {{.Time}},
    score {{.Real}},
    max_score {{.Real}},
    positive_score {{.Real}} NOT NULL DEFAULT 0,
    negative_score {{.Real}} NOT NULL DEFAULT 0,
    skill_scores {{.JSON}},
    deadline_at {{.Time}},
    extra_seconds BIGINT NOT NULL DEFAULT 0,
    credit_seconds BIGINT NOT NULL DEFAULT 0,
    heard_at {{.Time}},
    closed_by TEXT,
    position BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX section_attempt ON assessment_section_candidates (assessment_candidate_id, assessment_section_id);
CREATE INDEX idx_assessment_section_candidates_organization_id ON assessment_section_candidates (organization_id, id);
CREATE INDEX idx_assessment_section_candidates_assessment_section_id ON assessment_section_candidates (assessment_section_id);
CREATE INDEX idx_assessment_section_candidates_section_id ON assessment_section_candidates (section_id);
CREATE INDEX idx_assessment_section_candidates_assessment_id ON assessment_section_candidates (assessment_id);
CREATE INDEX idx_assessment_section_candidates_status_id ON assessment_section_candidates (status_id);
CREATE INDEX idx_assessment_section_candidates_deadline_at ON assessment_section_candidates (deadline_at);

CREATE TABLE answers (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    assessment_section_candidate_id BIGINT NOT NULL REFERENCES assessment_section_candidates (id),
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    assessment_section_id BIGINT NOT NULL REFERENCES assessment_sections (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    question_version_id BIGINT NOT NULL REFERENCES question_versions (id),
    position BIGINT NOT NULL,
    option_order {{.JSON}},
    status BIGINT NOT NULL DEFAULT 1000,
    value {{.JSON}} NOT NULL,
    revision BIGINT NOT NULL DEFAULT 0,
    writer TEXT NOT NULL DEFAULT '',
    started_at {{.Time}},
    answered_at {{.Time}},
    typing_speed BIGINT NOT NULL DEFAULT 0,
    typing_accuracy {{.Real}},
    typing_completion {{.Real}},
    score {{.Real}},
    max_score {{.Real}},
    is_marked BOOLEAN NOT NULL DEFAULT FALSE,
    scored_at {{.Time}}
);
CREATE UNIQUE INDEX answer_on_paper ON answers (assessment_section_candidate_id, question_id);
CREATE INDEX idx_answers_organization_id ON answers (organization_id, id);
CREATE INDEX idx_answers_assessment_candidate_id ON answers (assessment_candidate_id);
CREATE INDEX idx_answers_assessment_section_id ON answers (assessment_section_id);
CREATE INDEX idx_answers_question_id ON answers (question_id);
CREATE INDEX idx_answers_question_version_id ON answers (question_version_id);

CREATE TABLE attempt_events (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    assessment_section_candidate_id BIGINT NOT NULL REFERENCES assessment_section_candidates (id),
    kind TEXT NOT NULL,
    at {{.Time}} NOT NULL,
    seconds {{.Real}},
    device TEXT NOT NULL DEFAULT '',
    detail {{.JSON}}
);
CREATE INDEX idx_attempt_events_organization_id ON attempt_events (organization_id);
CREATE INDEX idx_attempt_events_assessment_section_candidate_id ON attempt_events (assessment_section_candidate_id);

CREATE TABLE sessions (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    token_hash TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id),
    assessment_candidate_id BIGINT REFERENCES assessment_candidates (id),
    seen_at {{.Time}} NOT NULL,
    expires_at {{.Time}} NOT NULL,
    revoked_at {{.Time}},
    address TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX idx_sessions_token_hash ON sessions (token_hash);
CREATE INDEX idx_sessions_organization_id ON sessions (organization_id);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_sessions_assessment_candidate_id ON sessions (assessment_candidate_id);

CREATE INDEX pipeline_column ON assessment_candidates (assessment_id, status_id, status_since DESC, id DESC);
CREATE INDEX pipeline_recent ON assessment_candidates (assessment_id, status_since DESC, id DESC);
CREATE INDEX pipeline_score ON assessment_candidates (assessment_id, organization_id, score DESC, id DESC);
CREATE INDEX pipeline_funnel ON assessment_candidates (assessment_id, organization_id, status_id, system_status_id);

INSERT INTO statuses (id, sort_key, label, type) VALUES
    (1, 10, 'Invited', 20), (2, 20, 'Mailed', 20), (3, 30, 'Attending', 20), (13, 50, 'Completed', 20),
    (14, 60, 'Evaluated', 20), (15, 70, 'Selected', 20), (16, 80, 'Hold', 20), (17, 90, 'Rejected', 20),
    (18, 100, 'Suspended', 20), (19, 120, 'Archived', 20);

CREATE INDEX participation_waiting ON assessment_candidates (organization_id, status_id, status_since);
CREATE INDEX attempt_going_on ON assessment_section_candidates (organization_id, started_at) WHERE started_at IS NOT NULL AND completed_at IS NULL;
