-- +goose Up
CREATE TABLE notification_template_types (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    label TEXT NOT NULL,
    description TEXT NOT NULL,
    category_id BIGINT NOT NULL DEFAULT 1,
    name TEXT NOT NULL
);
CREATE UNIQUE INDEX idx_notification_template_types_name ON notification_template_types (name);

CREATE TABLE notification_templates (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    organization_id BIGINT REFERENCES organizations (id),
    assessment_id BIGINT REFERENCES assessments (id),
    from_address TEXT,
    type_id BIGINT NOT NULL REFERENCES notification_template_types (id),
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    category_id BIGINT
);
CREATE INDEX idx_notification_templates_organization_id ON notification_templates (organization_id);
CREATE INDEX idx_notification_templates_assessment_id ON notification_templates (assessment_id);
CREATE INDEX idx_notification_templates_type_id ON notification_templates (type_id);

CREATE TABLE notification_template_tags (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    tag TEXT NOT NULL,
    description TEXT,
    type_id BIGINT NOT NULL REFERENCES notification_template_types (id)
);
CREATE UNIQUE INDEX notification_template_tag ON notification_template_tags (type_id, tag);

CREATE TABLE notifications (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    created_by BIGINT REFERENCES users (id),
    organization_id BIGINT REFERENCES organizations (id),
    to_address TEXT NOT NULL,
    cc_address TEXT,
    bcc_address TEXT,
    from_address TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    type_id BIGINT NOT NULL REFERENCES notification_template_types (id),
    status TEXT NOT NULL,
    scheduled_at {{.Time}},
    sent_at {{.Time}},
    read_at {{.Time}},
    sent_by BIGINT REFERENCES users (id),
    assessment_id BIGINT REFERENCES assessments (id),
    candidate_id BIGINT REFERENCES candidates (id),
    assessment_candidate_id BIGINT REFERENCES assessment_candidates (id),
    assessment_section_candidate_id BIGINT REFERENCES assessment_section_candidates (id),
    calendar TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    message_id TEXT NOT NULL DEFAULT '',
    claimed_at {{.Time}}
);
CREATE INDEX idx_notifications_organization_id ON notifications (organization_id);
CREATE INDEX idx_notifications_type_id ON notifications (type_id);
CREATE INDEX idx_notifications_status ON notifications (status);
CREATE INDEX idx_notifications_assessment_id ON notifications (assessment_id);
CREATE INDEX idx_notifications_candidate_id ON notifications (candidate_id);
CREATE INDEX idx_notifications_assessment_section_candidate_id ON notifications (assessment_section_candidate_id);
CREATE INDEX notification_by_address ON notifications (organization_id, to_address);
CREATE INDEX idx_notifications_assessment_candidate_id ON notifications (assessment_candidate_id);

CREATE INDEX notification_due ON notifications (status, scheduled_at);
CREATE INDEX notification_list ON notifications (organization_id, id);

CREATE INDEX notification_trouble ON notifications (organization_id, id) WHERE status IN ('failed', 'bounced');
