-- +goose Up
CREATE TABLE live_sessions (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    name TEXT NOT NULL,
    is_record BOOLEAN NOT NULL DEFAULT FALSE,
    description TEXT,
    status BIGINT NOT NULL DEFAULT 1,
    starts_at {{.Time}} NOT NULL,
    ends_at {{.Time}} NOT NULL,
    timezone TEXT NOT NULL DEFAULT 'UTC',
    assessment_section_candidate_id BIGINT REFERENCES assessment_section_candidates (id),
    recording_status BIGINT,
    hosted_by BIGINT REFERENCES users (id),
    version BIGINT NOT NULL DEFAULT 0,
    location TEXT,
    kind TEXT NOT NULL DEFAULT 'live',
    assessment_candidate_id BIGINT NOT NULL REFERENCES assessment_candidates (id),
    assessment_section_id BIGINT REFERENCES assessment_sections (id),
    is_offline BOOLEAN NOT NULL DEFAULT FALSE,
    ask_candidate BOOLEAN NOT NULL DEFAULT FALSE,
    ask_panel BOOLEAN NOT NULL DEFAULT FALSE,
    candidate_message TEXT,
    panel_message TEXT,
    uid TEXT NOT NULL,
    cancelled_at {{.Time}},
    reminded_at {{.Time}}
);
CREATE UNIQUE INDEX live_session_uid ON live_sessions (uid);
CREATE INDEX live_session_list ON live_sessions (organization_id, id);
CREATE INDEX live_session_by_start ON live_sessions (organization_id, starts_at, id);
CREATE INDEX live_session_by_end ON live_sessions (organization_id, ends_at, id);
CREATE INDEX live_session_going_on ON live_sessions (ends_at) WHERE status IN (1, 2);
CREATE INDEX idx_live_sessions_hosted_by ON live_sessions (hosted_by);
CREATE INDEX idx_live_sessions_assessment_candidate_id ON live_sessions (assessment_candidate_id);
CREATE INDEX idx_live_sessions_assessment_section_candidate_id ON live_sessions (assessment_section_candidate_id);
CREATE INDEX idx_live_sessions_assessment_section_id ON live_sessions (assessment_section_id);

CREATE TABLE live_attendees (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    live_session_id BIGINT NOT NULL REFERENCES live_sessions (id),
    email TEXT NOT NULL,
    phone TEXT,
    status BIGINT NOT NULL DEFAULT 1,
    role BIGINT NOT NULL,
    candidate_id BIGINT REFERENCES candidates (id),
    user_id BIGINT REFERENCES users (id),
    full_name TEXT NOT NULL DEFAULT '',
    c TEXT NOT NULL,
    passcode TEXT NOT NULL,
    joined_at {{.Time}},
    left_at {{.Time}},
    is_accepted BOOLEAN
);
CREATE UNIQUE INDEX live_attendee_code ON live_attendees (c);
CREATE UNIQUE INDEX live_attendee_user ON live_attendees (live_session_id, user_id);
CREATE UNIQUE INDEX live_attendee_candidate ON live_attendees (live_session_id, candidate_id);
CREATE INDEX live_attendee_list ON live_attendees (organization_id, id);
CREATE INDEX live_attendee_by_address ON live_attendees (organization_id, email);
CREATE INDEX idx_live_attendees_candidate_id ON live_attendees (candidate_id);
CREATE INDEX idx_live_attendees_user_id ON live_attendees (user_id);

CREATE TABLE live_recordings (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    live_session_id BIGINT NOT NULL REFERENCES live_sessions (id),
    file_id BIGINT NOT NULL REFERENCES files (id)
);
CREATE UNIQUE INDEX live_recording ON live_recordings (live_session_id, file_id);
CREATE INDEX idx_live_recordings_organization_id ON live_recordings (organization_id);
CREATE INDEX idx_live_recordings_file_id ON live_recordings (file_id);

CREATE TABLE events (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    external_id TEXT,
    is_public BOOLEAN NOT NULL DEFAULT FALSE,
    registration_start_date {{.Time}},
    registration_end_date {{.Time}},
    can_select_assessment BOOLEAN NOT NULL DEFAULT FALSE,
    registration_form_id BIGINT REFERENCES forms (id),
    status BIGINT NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    code TEXT NOT NULL,
    city TEXT,
    location {{.JSON}},
    start_date {{.Time}},
    end_date {{.Time}},
    owned_by BIGINT REFERENCES users (id),
    special_instructions TEXT,
    point_of_contact BIGINT REFERENCES users (id),
    search_text TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX event_code ON events (code);
CREATE INDEX event_list ON events (organization_id, id) WHERE NOT is_deleted;
CREATE INDEX idx_events_external_id ON events (external_id);
CREATE INDEX idx_events_owned_by ON events (owned_by);
CREATE INDEX idx_events_point_of_contact ON events (point_of_contact);

CREATE TABLE event_assessments (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    event_id BIGINT NOT NULL REFERENCES events (id),
    assessment_id BIGINT NOT NULL REFERENCES assessments (id)
);
CREATE UNIQUE INDEX event_assessment ON event_assessments (event_id, assessment_id);
CREATE INDEX idx_event_assessments_organization_id ON event_assessments (organization_id);
CREATE INDEX idx_event_assessments_assessment_id ON event_assessments (assessment_id);

CREATE TABLE event_candidates (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    event_id BIGINT NOT NULL REFERENCES events (id),
    candidate_id BIGINT NOT NULL REFERENCES candidates (id),
    form_instance_id BIGINT REFERENCES form_instances (id),
    assessment_candidate_id BIGINT REFERENCES assessment_candidates (id),
    registered_at {{.Time}},
    reminded_at {{.Time}}
);
CREATE UNIQUE INDEX event_candidate ON event_candidates (event_id, candidate_id);
CREATE INDEX event_candidate_list ON event_candidates (organization_id, id);
CREATE INDEX idx_event_candidates_candidate_id ON event_candidates (candidate_id);
CREATE INDEX idx_event_candidates_assessment_candidate_id ON event_candidates (assessment_candidate_id);

-- What was made for a panel goes with it: taking a section out of a draft takes its panels out.
CREATE TABLE event_users (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    event_id BIGINT NOT NULL REFERENCES events (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    status BIGINT NOT NULL DEFAULT 1,
    panel_id BIGINT REFERENCES panels (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX event_user ON event_users (event_id, user_id, role);
CREATE INDEX idx_event_users_organization_id ON event_users (organization_id);
CREATE INDEX idx_event_users_user_id ON event_users (user_id);
CREATE INDEX idx_event_users_panel_id ON event_users (panel_id);

CREATE TABLE calendar_slots (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    user_id BIGINT REFERENCES users (id),
    candidate_id BIGINT REFERENCES candidates (id),
    from_at {{.Time}} NOT NULL,
    to_at {{.Time}} NOT NULL,
    event TEXT NOT NULL DEFAULT '',
    type BIGINT NOT NULL,
    event_type TEXT,
    is_all_day BOOLEAN NOT NULL DEFAULT FALSE,
    live_session_id BIGINT REFERENCES live_sessions (id) ON DELETE CASCADE,
    panel_id BIGINT REFERENCES panels (id) ON DELETE CASCADE,
    event_id BIGINT REFERENCES events (id) ON DELETE CASCADE,
    CHECK ((user_id IS NULL) <> (candidate_id IS NULL))
);
CREATE INDEX calendar_slot_list ON calendar_slots (organization_id, id);
CREATE INDEX calendar_slot_by_start ON calendar_slots (organization_id, from_at, id);
CREATE INDEX calendar_slot_of_user ON calendar_slots (user_id, from_at) WHERE user_id IS NOT NULL;
CREATE INDEX calendar_slot_of_candidate ON calendar_slots (candidate_id, from_at) WHERE candidate_id IS NOT NULL;
CREATE INDEX idx_calendar_slots_live_session_id ON calendar_slots (live_session_id);
CREATE INDEX idx_calendar_slots_panel_id ON calendar_slots (panel_id);
CREATE INDEX idx_calendar_slots_event_id ON calendar_slots (event_id);

CREATE TABLE menu_cards (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    name TEXT NOT NULL,
    is_private BOOLEAN NOT NULL DEFAULT FALSE,
    description TEXT,
    starts_at {{.Time}},
    ends_at {{.Time}},
    code TEXT NOT NULL,
    search_text TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX menu_card_code ON menu_cards (code);
CREATE INDEX menu_card_list ON menu_cards (organization_id, id) WHERE NOT is_deleted;

CREATE TABLE menu_card_assessments (
    id {{.ID}},
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    created_by BIGINT REFERENCES users (id),
    updated_by BIGINT REFERENCES users (id),
    menu_card_id BIGINT NOT NULL REFERENCES menu_cards (id),
    assessment_id BIGINT NOT NULL REFERENCES assessments (id)
);
CREATE UNIQUE INDEX menu_card_assessment ON menu_card_assessments (menu_card_id, assessment_id);
CREATE INDEX idx_menu_card_assessments_organization_id ON menu_card_assessments (organization_id);
CREATE INDEX idx_menu_card_assessments_assessment_id ON menu_card_assessments (assessment_id);
