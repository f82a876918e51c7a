-- +goose Up
CREATE TABLE select_field_types (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    name TEXT NOT NULL,
    is_public BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX select_field_type_list ON select_field_types (organization_id, id) WHERE NOT is_deleted;

CREATE TABLE select_field_data (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    select_field_type_id BIGINT NOT NULL REFERENCES select_field_types (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    parent_value TEXT,
    parent_id BIGINT REFERENCES select_field_data (id),
    data BIGINT,
    sort_order BIGINT
);
CREATE INDEX select_field_data_list ON select_field_data (organization_id, sort_order, id) WHERE NOT is_deleted;
CREATE INDEX select_field_data_of_type ON select_field_data (select_field_type_id, parent_value, sort_order);
CREATE INDEX select_field_data_by_key ON select_field_data (organization_id, key);
CREATE INDEX idx_select_field_data_parent_id ON select_field_data (parent_id);

CREATE TABLE account_managers (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    role TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    category_id BIGINT REFERENCES categories (id),
    added_by BIGINT REFERENCES users (id),
    added_at {{.Time}},
    deleted_by BIGINT REFERENCES users (id),
    deleted_at {{.Time}},
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX account_manager ON account_managers (organization_id, user_id) WHERE NOT is_deleted;
CREATE INDEX account_manager_list ON account_managers (organization_id, id);
CREATE INDEX idx_account_managers_user_id ON account_managers (user_id);

CREATE TABLE user_categories (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    category_id BIGINT NOT NULL REFERENCES categories (id)
);
CREATE UNIQUE INDEX user_category ON user_categories (user_id, category_id) WHERE NOT is_deleted;
CREATE INDEX idx_user_categories_organization_id ON user_categories (organization_id);
CREATE INDEX idx_user_categories_category_id ON user_categories (category_id);

CREATE TABLE ui_filters (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    organization_id BIGINT REFERENCES organizations (id),
    object_type TEXT NOT NULL,
    filter {{.JSON}} NOT NULL,
    version TEXT NOT NULL DEFAULT ''
);
CREATE INDEX idx_ui_filters_organization_id ON ui_filters (organization_id, object_type);
