-- +goose Up
CREATE TABLE idempotency_keys (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    claim TEXT NOT NULL,
    claimed_at {{.Time}} NOT NULL,
    expires_at {{.Time}} NOT NULL,
    performed_at {{.Time}},
    status INTEGER NOT NULL DEFAULT 0,
    location TEXT NOT NULL DEFAULT '',
    content_type TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX idempotency_key ON idempotency_keys (organization_id, actor, name);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);

CREATE TABLE webhook_endpoints (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    url TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    event_types {{.JSON}} NOT NULL,
    is_enabled BOOLEAN NOT NULL,
    disabled_reason TEXT,
    failing_since {{.Time}},
    secret TEXT NOT NULL,
    old_secret TEXT NOT NULL DEFAULT '',
    old_secret_until {{.Time}}
);
CREATE INDEX idx_webhook_endpoints_organization_id ON webhook_endpoints (organization_id);

CREATE TABLE callback_secrets (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    secret TEXT NOT NULL,
    old_secret TEXT NOT NULL DEFAULT '',
    old_secret_until {{.Time}}
);
CREATE UNIQUE INDEX callback_secret_of ON callback_secrets (organization_id);

CREATE TABLE webhook_deliveries (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    endpoint_id BIGINT REFERENCES webhook_endpoints (id),
    action_id BIGINT REFERENCES action_records (id),
    url TEXT NOT NULL,
    event_type TEXT NOT NULL,
    message_id TEXT NOT NULL,
    payload TEXT NOT NULL,
    status TEXT NOT NULL,
    attempt_count INTEGER NOT NULL DEFAULT 0,
    next_attempt_at {{.Time}},
    completed_at {{.Time}},
    response_status INTEGER,
    duration_ms BIGINT,
    error TEXT,
    attempts {{.JSON}} NOT NULL
);
CREATE INDEX webhook_delivery_log ON webhook_deliveries (organization_id, endpoint_id, id);
CREATE INDEX webhook_delivery_state ON webhook_deliveries (endpoint_id, status);
CREATE INDEX idx_webhook_deliveries_created_at ON webhook_deliveries (created_at);

-- A reader of changes goes by the writing transaction first: see models.RowChange.
CREATE INDEX row_change_order ON row_changes (organization_id, table_name, txid, id);
CREATE INDEX row_change_newest ON row_changes (organization_id, table_name, row_id, txid, id);
CREATE INDEX row_change_age ON row_changes (at);

-- Up to where changes were pruned; one row, once any were.
CREATE TABLE row_change_floors (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    tx_id BIGINT NOT NULL,
    change_id BIGINT NOT NULL
);
