-- +goose Up
CREATE TABLE panels (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    assessment_section_id BIGINT NOT NULL REFERENCES assessment_sections (id),
    user_id BIGINT NOT NULL REFERENCES users (id)
);
CREATE UNIQUE INDEX panel_user ON panels (assessment_section_id, user_id);
CREATE INDEX idx_panels_organization_id ON panels (organization_id);
CREATE INDEX idx_panels_user_id ON panels (user_id);

CREATE TABLE panel_candidates (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    panel_id BIGINT NOT NULL REFERENCES panels (id),
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    assessment_section_candidate_id BIGINT NOT NULL REFERENCES assessment_section_candidates (id),
    is_evaluated BOOLEAN NOT NULL DEFAULT FALSE,
    added_by BIGINT REFERENCES users (id),
    due_at {{.Time}},
    reminded_at {{.Time}}
);
CREATE UNIQUE INDEX panel_attempt ON panel_candidates (panel_id, assessment_section_candidate_id);
CREATE INDEX idx_panel_candidates_organization_id ON panel_candidates (organization_id, id);
CREATE INDEX idx_panel_candidates_assessment_candidate_id ON panel_candidates (assessment_candidate_id);
CREATE INDEX idx_panel_candidates_assessment_section_candidate_id ON panel_candidates (assessment_section_candidate_id);

CREATE TABLE evaluations (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    panel_id BIGINT REFERENCES panels (id),
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    assessment_section_id BIGINT NOT NULL REFERENCES assessment_sections (id),
    form_instance_id BIGINT,
    assessment_section_candidate_id BIGINT NOT NULL REFERENCES assessment_section_candidates (id),
    recommendation TEXT NOT NULL DEFAULT '',
    evaluated_at {{.Time}},
    evaluated_by BIGINT NOT NULL REFERENCES users (id),
    revision BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX evaluation_once ON evaluations (panel_id, assessment_section_candidate_id);
CREATE INDEX idx_evaluations_organization_id ON evaluations (organization_id, id);
CREATE INDEX idx_evaluations_assessment_candidate_id ON evaluations (assessment_candidate_id);
CREATE INDEX idx_evaluations_assessment_section_id ON evaluations (assessment_section_id);
CREATE INDEX idx_evaluations_assessment_section_candidate_id ON evaluations (assessment_section_candidate_id);
CREATE INDEX idx_evaluations_evaluated_by ON evaluations (evaluated_by);

CREATE TABLE evaluation_ratings (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    evaluation_id BIGINT NOT NULL REFERENCES evaluations (id),
    parameter_id BIGINT NOT NULL REFERENCES parameters (id),
    rating {{.Real}},
    name TEXT NOT NULL,
    text TEXT
);
CREATE UNIQUE INDEX evaluation_rating ON evaluation_ratings (evaluation_id, parameter_id);
CREATE INDEX idx_evaluation_ratings_organization_id ON evaluation_ratings (organization_id, id);

CREATE TABLE evaluation_comments (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    evaluation_id BIGINT NOT NULL REFERENCES evaluations (id),
    answer_id BIGINT REFERENCES answers (id),
    content TEXT NOT NULL
);
CREATE INDEX idx_evaluation_comments_organization_id ON evaluation_comments (organization_id, id);
CREATE INDEX idx_evaluation_comments_evaluation_id ON evaluation_comments (evaluation_id);
CREATE INDEX idx_evaluation_comments_answer_id ON evaluation_comments (answer_id);

CREATE TABLE form_instances (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    status BIGINT NOT NULL,
    evaluation_id BIGINT REFERENCES evaluations (id),
    form_id BIGINT NOT NULL REFERENCES forms (id),
    data {{.JSON}} NOT NULL,
    assessment_section_id BIGINT REFERENCES assessment_sections (id),
    assessment_candidate_id BIGINT REFERENCES assessment_candidates (id),
    assessment_section_candidate_id BIGINT REFERENCES assessment_section_candidates (id)
);
CREATE INDEX idx_form_instances_organization_id ON form_instances (organization_id, id);
CREATE INDEX idx_form_instances_assessment_section_id ON form_instances (assessment_section_id);
CREATE INDEX idx_form_instances_evaluation_id ON form_instances (evaluation_id);
CREATE INDEX idx_form_instances_form_id ON form_instances (form_id);
CREATE INDEX idx_form_instances_assessment_candidate_id ON form_instances (assessment_candidate_id);
CREATE INDEX idx_form_instances_assessment_section_candidate_id ON form_instances (assessment_section_candidate_id);

CREATE TABLE form_instance_files (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    field_key TEXT NOT NULL,
    form_instance_id BIGINT NOT NULL REFERENCES form_instances (id),
    file_id BIGINT NOT NULL REFERENCES files (id)
);
CREATE INDEX idx_form_instance_files_organization_id ON form_instance_files (organization_id);
CREATE INDEX idx_form_instance_files_form_instance_id ON form_instance_files (form_instance_id);
CREATE INDEX idx_form_instance_files_file_id ON form_instance_files (file_id);

CREATE INDEX panel_waiting ON panel_candidates (organization_id, due_at) WHERE NOT is_evaluated;
