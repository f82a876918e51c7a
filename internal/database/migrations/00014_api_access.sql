-- +goose Up
CREATE TABLE api_clients (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    name TEXT NOT NULL,
    client_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes TEXT NOT NULL DEFAULT '',
    last_used_at {{.Time}},
    revoked_at {{.Time}}
);
CREATE INDEX idx_api_clients_organization_id ON api_clients (organization_id);
CREATE UNIQUE INDEX idx_api_clients_client_id ON api_clients (client_id);

CREATE TABLE service_accounts (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    keys {{.JSON}} NOT NULL,
    scopes TEXT NOT NULL DEFAULT '',
    last_used_at {{.Time}},
    revoked_at {{.Time}}
);
CREATE INDEX idx_service_accounts_organization_id ON service_accounts (organization_id);
CREATE UNIQUE INDEX idx_service_accounts_email ON service_accounts (email);

CREATE TABLE assertions (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    service_account_id BIGINT NOT NULL REFERENCES service_accounts (id),
    name_hash TEXT NOT NULL,
    expires_at {{.Time}} NOT NULL
);
CREATE UNIQUE INDEX assertion_name ON assertions (service_account_id, name_hash);

CREATE TABLE access_tokens (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id),
    service_account_id BIGINT REFERENCES service_accounts (id),
    assessment_candidate_id BIGINT REFERENCES assessment_candidates (id),
    api_client_id BIGINT REFERENCES api_clients (id),
    name TEXT NOT NULL DEFAULT '',
    scopes TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL DEFAULT '',
    expires_at {{.Time}},
    last_used_at {{.Time}},
    revoked_at {{.Time}}
);
CREATE INDEX idx_access_tokens_organization_id ON access_tokens (organization_id);
CREATE UNIQUE INDEX idx_access_tokens_token_hash ON access_tokens (token_hash);
CREATE INDEX idx_access_tokens_user_id ON access_tokens (user_id);
CREATE INDEX idx_access_tokens_service_account_id ON access_tokens (service_account_id);
CREATE INDEX idx_access_tokens_assessment_candidate_id ON access_tokens (assessment_candidate_id);
CREATE INDEX idx_access_tokens_api_client_id ON access_tokens (api_client_id);
CREATE INDEX idx_access_tokens_family ON access_tokens (family);

CREATE TABLE refresh_tokens (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    token_hash TEXT NOT NULL,
    family TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id),
    api_client_id BIGINT NOT NULL REFERENCES api_clients (id),
    scopes TEXT NOT NULL DEFAULT '',
    expires_at {{.Time}} NOT NULL,
    used_at {{.Time}},
    revoked_at {{.Time}}
);
CREATE INDEX idx_refresh_tokens_organization_id ON refresh_tokens (organization_id);
CREATE UNIQUE INDEX idx_refresh_tokens_token_hash ON refresh_tokens (token_hash);
CREATE INDEX idx_refresh_tokens_family ON refresh_tokens (family);
CREATE INDEX idx_refresh_tokens_user_id ON refresh_tokens (user_id);
CREATE INDEX idx_refresh_tokens_api_client_id ON refresh_tokens (api_client_id);
