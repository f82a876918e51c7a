-- +goose Up
CREATE TABLE organizations (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    created_by BIGINT,
    updated_by BIGINT,
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    name TEXT NOT NULL,
    external_id TEXT,
    domain TEXT,
    address1 TEXT,
    address2 TEXT,
    city TEXT,
    state TEXT,
    country TEXT,
    pincode TEXT,
    phone TEXT,
    description TEXT,
    time_zone TEXT NOT NULL DEFAULT 'UTC',
    from_address TEXT,
    logo TEXT,
    theme TEXT NOT NULL DEFAULT 'default',
    terms_link TEXT,
    switches {{.JSON}} NOT NULL,
    profile {{.JSON}}
);
CREATE INDEX idx_organizations_external_id ON organizations (external_id);

CREATE TABLE users (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT,
    updated_by BIGINT,
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    location TEXT,
    phone TEXT,
    country_code TEXT,
    roles {{.JSON}} NOT NULL,
    "current_role" TEXT NOT NULL,
    status BIGINT NOT NULL DEFAULT 10,
    is_common_login BOOLEAN NOT NULL DEFAULT TRUE,
    logged_in_at {{.Time}},
    logged_in_from TEXT,
    default_locale TEXT NOT NULL DEFAULT 'en-US',
    time_zone TEXT NOT NULL DEFAULT '',
    bio TEXT NOT NULL DEFAULT '',
    website TEXT NOT NULL DEFAULT '',
    cf {{.JSON}},
    is_single_sign_on BOOLEAN NOT NULL DEFAULT FALSE,
    is_privacy_accepted BOOLEAN NOT NULL DEFAULT FALSE,
    is_terms_accepted BOOLEAN NOT NULL DEFAULT FALSE,
    picture_key TEXT,
    password_hash TEXT,
    password_set_at {{.Time}},
    totp_secret TEXT,
    totp_since {{.Time}},
    totp_step BIGINT NOT NULL DEFAULT 0,
    app_state {{.JSON}},
    search_text TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX idx_users_email ON users (email);
CREATE UNIQUE INDEX idx_users_username ON users (username);
CREATE INDEX idx_users_organization_id ON users (organization_id);
CREATE INDEX idx_users_external_id ON users (external_id);

CREATE TABLE tickets (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    purpose TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id),
    token_hash TEXT NOT NULL,
    expires_at {{.Time}} NOT NULL,
    used_at {{.Time}},
    attempts BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX idx_tickets_token_hash ON tickets (token_hash);
CREATE INDEX idx_tickets_user_id ON tickets (user_id);

CREATE TABLE recovery_codes (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    code_hash TEXT NOT NULL,
    used_at {{.Time}}
);
CREATE INDEX idx_recovery_codes_user_id ON recovery_codes (user_id);

CREATE TABLE permission_grants (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    type BIGINT NOT NULL DEFAULT 2,
    user_id BIGINT REFERENCES users (id),
    item_name TEXT NOT NULL,
    refused BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX idx_permission_grants_organization_id ON permission_grants (organization_id);
CREATE INDEX idx_permission_grants_user_id ON permission_grants (user_id);

CREATE TABLE custom_fields (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    type BIGINT NOT NULL,
    sort_order BIGINT,
    data_type TEXT,
    is_report BOOLEAN NOT NULL DEFAULT FALSE,
    is_hidden BOOLEAN NOT NULL DEFAULT FALSE,
    label TEXT NOT NULL,
    key TEXT NOT NULL
);
CREATE INDEX idx_custom_fields_organization_id ON custom_fields (organization_id);

CREATE TABLE file_types (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    location TEXT
);

INSERT INTO file_types (id, name, description, created_at, updated_at) VALUES
    (1, 'flash flv', 'Raw video of the first recording server', {{.Now}}, {{.Now}}),
    (2, 'flash mp4', 'Converted video of the first recording server', {{.Now}}, {{.Now}}),
    (4, 'mp4 video', 'Video', {{.Now}}, {{.Now}}),
    (5, 'webm video', 'Video as the browser recorded it', {{.Now}}, {{.Now}}),
    (11, 'resume', 'Résumé of a candidate', {{.Now}}, {{.Now}}),
    (14, 'question image', 'Picture shown in a question', {{.Now}}, {{.Now}}),
    (15, 'image', 'Picture', {{.Now}}, {{.Now}}),
    (25, 'answer attachment', 'File attached to an answer', {{.Now}}, {{.Now}}),
    (26, 'question attachment', 'File that belongs to a question', {{.Now}}, {{.Now}}),
    (31, 'report', 'Report on a section attempt', {{.Now}}, {{.Now}}),
    (37, 'voice recording', 'Spoken answer', {{.Now}}, {{.Now}}),
    (38, 'voice attachment', 'File attached to a spoken answer', {{.Now}}, {{.Now}}),
    (40, 'behaviour report', 'Report of an external assessment', {{.Now}}, {{.Now}}),
    (41, 'webrtc recording', 'Recording made in the browser', {{.Now}}, {{.Now}}),
    (44, 'display picture', 'Profile picture', {{.Now}}, {{.Now}}),
    (50, 'import', 'File uploaded to import questions or candidates', {{.Now}}, {{.Now}}),
    (51, 'document', 'Any other file of a candidate', {{.Now}}, {{.Now}});

CREATE TABLE files (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    name TEXT NOT NULL,
    external_id TEXT,
    description TEXT,
    file_type_id BIGINT NOT NULL REFERENCES file_types (id),
    size BIGINT NOT NULL DEFAULT 0,
    extension TEXT NOT NULL DEFAULT '',
    original_name TEXT NOT NULL DEFAULT '',
    is_public BOOLEAN NOT NULL DEFAULT FALSE,
    storage_key TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX idx_files_organization_id ON files (organization_id, id);
CREATE INDEX idx_files_file_type_id ON files (file_type_id);
CREATE INDEX idx_files_external_id ON files (external_id);

ALTER TABLE users ADD COLUMN picture_file_id BIGINT REFERENCES files (id);

CREATE TABLE categories (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    name TEXT NOT NULL,
    type BIGINT NOT NULL
);
CREATE INDEX idx_categories_organization_id ON categories (organization_id, type);

CREATE TABLE skills (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    external_id TEXT,
    name TEXT NOT NULL,
    description TEXT,
    search_text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX idx_skills_organization_id ON skills (organization_id);
CREATE INDEX idx_skills_external_id ON skills (external_id);

CREATE UNIQUE INDEX skill_name ON skills (organization_id, search_text);
CREATE UNIQUE INDEX grant_item ON permission_grants (organization_id, item_name, user_id);
CREATE INDEX user_by_name ON users (organization_id, is_deleted, search_text, id);
