-- +goose Up
CREATE TABLE forms (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    name TEXT NOT NULL,
    structure {{.JSON}} NOT NULL,
    url TEXT,
    type BIGINT NOT NULL,
    status BIGINT NOT NULL DEFAULT 0,
    start_date {{.Time}},
    end_date {{.Time}},
    field_keys {{.JSON}},
    is_public BOOLEAN NOT NULL DEFAULT FALSE,
    custom_url TEXT,
    position_id BIGINT,
    is_editable BOOLEAN NOT NULL DEFAULT TRUE,
    article_id BIGINT
);
CREATE INDEX idx_forms_organization_id ON forms (organization_id);

CREATE TABLE external_assessments (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    reference_id TEXT,
    title TEXT NOT NULL DEFAULT '',
    start_date {{.Time}},
    end_date {{.Time}},
    description TEXT,
    duration_seconds BIGINT,
    status BIGINT NOT NULL DEFAULT 100
);
CREATE INDEX external_assessment_list ON external_assessments (organization_id, id) WHERE NOT is_deleted;
CREATE INDEX idx_external_assessments_reference_id ON external_assessments (reference_id);

CREATE TABLE sections (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    title TEXT NOT NULL,
    is_template BOOLEAN NOT NULL DEFAULT FALSE,
    is_default BOOLEAN NOT NULL DEFAULT FALSE,
    content TEXT,
    section_type_id BIGINT NOT NULL,
    form_id BIGINT REFERENCES forms (id),
    evaluation_form_id BIGINT REFERENCES forms (id),
    external_assessment_id BIGINT REFERENCES external_assessments (id),
    candidate_form_url TEXT,
    evaluation_form_url TEXT,
    shuffle_questions BOOLEAN NOT NULL DEFAULT FALSE,
    shuffle_choices BOOLEAN NOT NULL DEFAULT FALSE,
    template_rules {{.JSON}}
);
CREATE INDEX idx_sections_organization_id ON sections (organization_id);
CREATE INDEX idx_sections_external_assessment_id ON sections (external_assessment_id);

CREATE TABLE section_slots (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    section_id BIGINT NOT NULL REFERENCES sections (id),
    question_id BIGINT REFERENCES questions (id),
    skill_id BIGINT REFERENCES skills (id),
    q_count BIGINT,
    difficulty TEXT NOT NULL DEFAULT '',
    sort_order BIGINT NOT NULL,
    is_mandatory BOOLEAN
);
CREATE INDEX idx_section_slots_organization_id ON section_slots (organization_id);
CREATE INDEX idx_section_slots_section_id ON section_slots (section_id);
CREATE INDEX idx_section_slots_question_id ON section_slots (question_id);
CREATE INDEX idx_section_slots_skill_id ON section_slots (skill_id);

CREATE TABLE parameters (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    external_id TEXT,
    category_id BIGINT REFERENCES categories (id),
    type BIGINT NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    recommended_value BIGINT,
    max_value BIGINT
);
CREATE INDEX idx_parameters_organization_id ON parameters (organization_id);
CREATE INDEX idx_parameters_category_id ON parameters (category_id);

CREATE TABLE section_parameters (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    parameter_id BIGINT NOT NULL REFERENCES parameters (id),
    section_id BIGINT NOT NULL REFERENCES sections (id),
    sort_order BIGINT,
    recommended_value BIGINT,
    is_mandatory BOOLEAN
);
CREATE UNIQUE INDEX section_parameter ON section_parameters (parameter_id, section_id);
CREATE INDEX idx_section_parameters_organization_id ON section_parameters (organization_id);
CREATE INDEX idx_section_parameters_section_id ON section_parameters (section_id);

CREATE TABLE assessments (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    title TEXT NOT NULL,
    status_id BIGINT NOT NULL DEFAULT 1,
    description TEXT NOT NULL DEFAULT '',
    position_id BIGINT,
    cf {{.JSON}},
    start_date {{.Time}},
    end_date {{.Time}},
    owned_by BIGINT REFERENCES users (id),
    is_practice BOOLEAN NOT NULL DEFAULT FALSE,
    theme TEXT,
    pre_page TEXT,
    post_url TEXT,
    form_url TEXT,
    promo TEXT,
    template_id BIGINT,
    outage_credit_cap BIGINT NOT NULL DEFAULT 600,
    search_text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX idx_assessments_organization_id ON assessments (organization_id);
CREATE INDEX idx_assessments_external_id ON assessments (external_id);
CREATE INDEX idx_assessments_owned_by ON assessments (owned_by);

CREATE TABLE assessment_category_links (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    assessment_id BIGINT NOT NULL REFERENCES assessments (id),
    category_id BIGINT NOT NULL REFERENCES categories (id)
);
CREATE UNIQUE INDEX assessment_category ON assessment_category_links (assessment_id, category_id);
CREATE INDEX idx_assessment_category_links_organization_id ON assessment_category_links (organization_id);
CREATE INDEX idx_assessment_category_links_category_id ON assessment_category_links (category_id);

CREATE TABLE assessment_collaborators (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    role BIGINT NOT NULL,
    assessment_id BIGINT NOT NULL REFERENCES assessments (id),
    user_id BIGINT NOT NULL REFERENCES users (id)
);
CREATE UNIQUE INDEX assessment_collaborator ON assessment_collaborators (assessment_id, user_id);
CREATE INDEX idx_assessment_collaborators_organization_id ON assessment_collaborators (organization_id);
CREATE INDEX idx_assessment_collaborators_user_id ON assessment_collaborators (user_id);

CREATE TABLE assessment_sections (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    assessment_id BIGINT NOT NULL REFERENCES assessments (id),
    section_id BIGINT NOT NULL REFERENCES sections (id),
    sort_order BIGINT NOT NULL,
    is_public BOOLEAN NOT NULL DEFAULT FALSE,
    is_proctor BOOLEAN NOT NULL DEFAULT FALSE,
    is_screenshare BOOLEAN NOT NULL DEFAULT FALSE,
    is_review BOOLEAN NOT NULL DEFAULT TRUE,
    is_skip_allowed BOOLEAN NOT NULL DEFAULT TRUE,
    is_visible BOOLEAN NOT NULL DEFAULT TRUE,
    is_retake BOOLEAN NOT NULL DEFAULT TRUE,
    is_playlist BOOLEAN NOT NULL DEFAULT TRUE,
    start_date {{.Time}},
    end_date {{.Time}},
    max_section_time BIGINT,
    max_question_time BIGINT,
    question_display_time BIGINT NOT NULL DEFAULT 0,
    intro TEXT,
    conclusion TEXT,
    is_score_breakup BOOLEAN NOT NULL DEFAULT TRUE,
    cut_off {{.Real}},
    positive_mark {{.Real}} NOT NULL DEFAULT 1,
    negative_mark {{.Real}} NOT NULL DEFAULT 0,
    evaluation_start_date {{.Time}},
    evaluation_end_date {{.Time}},
    proview_type TEXT,
    allowed_compilers {{.JSON}},
    multiple_answer TEXT NOT NULL DEFAULT 'all',
    shuffle_questions BOOLEAN NOT NULL DEFAULT FALSE,
    shuffle_choices BOOLEAN NOT NULL DEFAULT FALSE,
    hide_others BOOLEAN NOT NULL DEFAULT TRUE,
    is_blind BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX idx_assessment_sections_organization_id ON assessment_sections (organization_id);
CREATE INDEX idx_assessment_sections_assessment_id ON assessment_sections (assessment_id);
CREATE INDEX idx_assessment_sections_section_id ON assessment_sections (section_id);

CREATE INDEX assessment_list ON assessments (organization_id, is_deleted, id);
