-- The first tables: settings, stand-ups, what is to be done, what was heard, and the log.
-- Instants are UTC milliseconds, dates ISO text, enums their names, nested values JSON.
-- References are checked when the write ends, so that a decision may list its rows in any order.

-- ---- settings

CREATE TABLE organisation (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE connection (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    key          TEXT    NOT NULL,
    platform     TEXT    NOT NULL,
    UNIQUE (organisation, key)
) STRICT;

CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    key          TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    email        TEXT    NOT NULL,
    zone         TEXT    NOT NULL,
    calendar     TEXT    NOT NULL,
    hours        TEXT    NOT NULL,
    home         INTEGER NOT NULL,  -- an account; 0 = none yet
    language     TEXT    NOT NULL,
    plain        INTEGER NOT NULL,
    longer       INTEGER NOT NULL,
    archived     INTEGER NOT NULL,
    UNIQUE (organisation, key)
) STRICT;

CREATE TABLE account (
    id          INTEGER PRIMARY KEY,
    connection  INTEGER NOT NULL REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,
    person      INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    external_id TEXT    NOT NULL,
    verified_at INTEGER,
    UNIQUE (connection, external_id)
) STRICT;
CREATE INDEX account_of_person ON account (person, connection);

CREATE TABLE team (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    key          TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    zone         TEXT    NOT NULL,
    calendar     TEXT    NOT NULL,
    hours        TEXT    NOT NULL,
    language     TEXT    NOT NULL,
    next_number  INTEGER NOT NULL,
    archived     INTEGER NOT NULL,
    UNIQUE (organisation, key)
) STRICT;

CREATE TABLE channel (
    id          INTEGER PRIMARY KEY,
    team        INTEGER NOT NULL REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    connection  INTEGER NOT NULL REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,
    external_id TEXT    NOT NULL
) STRICT;
CREATE INDEX channel_of_team ON channel (team);

CREATE TABLE membership (
    team     INTEGER NOT NULL REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    person   INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    standing TEXT    NOT NULL,
    PRIMARY KEY (team, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_of_person ON membership (person, team);

CREATE TABLE role_holder (
    team   INTEGER NOT NULL,  -- 0 = of the organisation
    role   TEXT    NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    days   TEXT    NOT NULL,
    PRIMARY KEY (team, role, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_of_person ON role_holder (person, team);

CREATE TABLE cover (
    id        INTEGER PRIMARY KEY,
    team      INTEGER REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    role      TEXT    NOT NULL,
    person    INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    first_day TEXT    NOT NULL,
    last_day  TEXT    NOT NULL
) STRICT;

CREATE TABLE ceremony (
    id             INTEGER PRIMARY KEY,
    team           INTEGER NOT NULL REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    key            TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    recurrence     TEXT    NOT NULL,
    slots          TEXT    NOT NULL,
    zone_rule      TEXT    NOT NULL,
    window_minutes INTEGER NOT NULL,
    reminder       TEXT    NOT NULL,
    on_holiday     TEXT    NOT NULL,
    questions      TEXT    NOT NULL,
    names_hidden   INTEGER NOT NULL,
    show_silent    INTEGER NOT NULL,
    paused         INTEGER NOT NULL,
    archived       INTEGER NOT NULL,
    UNIQUE (team, key)
) STRICT;

CREATE TABLE calendar (
    organisation INTEGER NOT NULL REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    key          TEXT    NOT NULL,
    days         TEXT    NOT NULL,
    data_ends    TEXT,
    revision     INTEGER NOT NULL,  -- counts the times it was written: readers keep what they parsed
    PRIMARY KEY (organisation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE absence (
    id         INTEGER PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    team       INTEGER REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    first_day  TEXT    NOT NULL,
    last_day   TEXT    NOT NULL,
    first_part TEXT    NOT NULL,
    last_part  TEXT    NOT NULL,
    source     TEXT    NOT NULL
) STRICT;
CREATE INDEX absence_of_person ON absence (person, last_day);

-- ---- stand-ups

CREATE TABLE planned_run (
    ceremony INTEGER PRIMARY KEY REFERENCES ceremony (id) DEFERRABLE INITIALLY DEFERRED,
    date     TEXT    NOT NULL,
    held_on  TEXT    NOT NULL,
    slot     TEXT    NOT NULL,
    opens_at INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
    id            INTEGER PRIMARY KEY,
    ceremony      INTEGER NOT NULL REFERENCES ceremony (id) DEFERRABLE INITIALLY DEFERRED,
    team          INTEGER NOT NULL REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    date          TEXT    NOT NULL,
    slot          TEXT    NOT NULL,
    held_on       TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    opens_at      INTEGER NOT NULL,
    completes_at  INTEGER NOT NULL,
    closes_at     INTEGER NOT NULL,
    questions     TEXT    NOT NULL,
    ceremony_name TEXT    NOT NULL,
    names_hidden  INTEGER NOT NULL,
    show_silent   INTEGER NOT NULL,
    unscheduled   INTEGER NOT NULL,
    UNIQUE (ceremony, date, slot)
) STRICT;
CREATE INDEX run_of_team ON run (team, opens_at);
CREATE INDEX run_not_closed ON run (ceremony, opens_at) WHERE state <> 'closed';

CREATE TABLE round (
    id            INTEGER PRIMARY KEY,
    run           INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    person        INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    phase         TEXT    NOT NULL,
    not_asked     TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    opens_at      INTEGER,
    closes_at     INTEGER,
    asked_at      INTEGER,
    answered_at   INTEGER,
    edited_at     INTEGER,
    snoozed_until INTEGER,
    prompts       INTEGER NOT NULL,
    receipts      INTEGER NOT NULL,
    reminded      INTEGER NOT NULL,
    step          INTEGER NOT NULL,
    UNIQUE (run, person)
) STRICT;
CREATE INDEX round_of_person ON round (person, opens_at);

CREATE TABLE answer (
    round     INTEGER NOT NULL REFERENCES round (id) DEFERRABLE INITIALLY DEFERRED,
    question  TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    source    TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (round, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_message ON answer (message) WHERE message <> '';

CREATE TABLE draft (
    id         INTEGER PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    kind       TEXT    NOT NULL,
    round      INTEGER REFERENCES round (id) DEFERRABLE INITIALLY DEFERRED,
    text       TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_of_person ON draft (person, expires_at);
CREATE INDEX draft_of_round ON draft (round) WHERE round IS NOT NULL;

CREATE TABLE blocker (
    id                    INTEGER PRIMARY KEY,
    team                  INTEGER NOT NULL REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED,
    number                INTEGER NOT NULL,
    title                 TEXT    NOT NULL,
    raiser                INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    raised_at             INTEGER NOT NULL,
    round                 INTEGER REFERENCES round (id) DEFERRABLE INITIALLY DEFERRED,
    state                 TEXT    NOT NULL,
    ended_at              INTEGER,
    ended_by              INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    helper                INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    root                  INTEGER REFERENCES blocker (id) DEFERRABLE INITIALLY DEFERRED,
    needed_from           TEXT    NOT NULL,
    needed_by             TEXT,
    ask                   TEXT    NOT NULL,
    only_delivery_manager INTEGER NOT NULL,
    held_until            INTEGER,
    UNIQUE (team, number)
) STRICT;
CREATE INDEX blocker_open ON blocker (team, number) WHERE state = 'open';
CREATE INDEX blocker_ended ON blocker (team, ended_at) WHERE state <> 'open';
CREATE INDEX blocker_of_round ON blocker (round) WHERE round IS NOT NULL;
CREATE INDEX blocker_merged ON blocker (root) WHERE root IS NOT NULL;

CREATE TABLE blocker_note (
    id      INTEGER PRIMARY KEY,
    blocker INTEGER NOT NULL REFERENCES blocker (id) DEFERRABLE INITIALLY DEFERRED,
    author  INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    kind    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX note_of_blocker ON blocker_note (blocker, at);

-- ---- what is to be done

CREATE TABLE timer (
    kind TEXT    NOT NULL,
    ref  INTEGER NOT NULL,
    due  INTEGER NOT NULL,
    PRIMARY KEY (kind, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due, kind, ref);

CREATE TABLE delivery (
    id              INTEGER PRIMARY KEY,
    purpose         TEXT    NOT NULL,
    subject         INTEGER NOT NULL,
    recipient       TEXT    NOT NULL,  -- "person:1" or "channel:2"
    seq             INTEGER NOT NULL,
    thread_of       INTEGER,
    priority        INTEGER NOT NULL,
    due             INTEGER NOT NULL,
    expires_at      INTEGER,
    state           TEXT    NOT NULL,
    revision_wanted INTEGER NOT NULL,
    revision_sent   INTEGER NOT NULL,
    attempt         INTEGER NOT NULL,
    sending_since   INTEGER,
    sent_at         INTEGER,
    changed_at      INTEGER,
    provider_id     TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    UNIQUE (purpose, subject, recipient, seq)
) STRICT;
CREATE INDEX delivery_pending ON delivery (priority, due, id) WHERE state = 'pending';
CREATE INDEX delivery_unsettled ON delivery (due, id) WHERE state IN ('sending', 'uncertain');
CREATE INDEX delivery_by_message ON delivery (provider_id) WHERE provider_id <> '';

CREATE TABLE downtime (
    id        INTEGER PRIMARY KEY,
    began_at  INTEGER NOT NULL,
    ended_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;

-- ---- what was heard

CREATE TABLE inbox_key (
    connection INTEGER NOT NULL,
    key        TEXT    NOT NULL,
    request    TEXT    NOT NULL,  -- the first key of the same request: where its reply is
    at         INTEGER NOT NULL,
    PRIMARY KEY (connection, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_key_age ON inbox_key (at);

CREATE TABLE inbox_reply (
    connection INTEGER NOT NULL,
    request    TEXT    NOT NULL,
    reply      TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (connection, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_reply_age ON inbox_reply (at);

CREATE TABLE quarantine (
    id         INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL,
    request    TEXT    NOT NULL,
    inbound    TEXT    NOT NULL,
    attempt    INTEGER NOT NULL,
    error      TEXT    NOT NULL,
    next_at    INTEGER NOT NULL,
    UNIQUE (connection, request)
) STRICT;
CREATE INDEX quarantine_due ON quarantine (next_at);

-- ---- the log: append-only, each row sealed by the hash of the one before

CREATE TABLE event_log (
    number       INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    subject      INTEGER NOT NULL,
    actor        INTEGER,
    digest       BLOB    NOT NULL,  -- SHA-256 (salt, payload)
    previous     BLOB    NOT NULL,
    own          BLOB    NOT NULL
) STRICT;

CREATE TABLE event_payload (
    number  INTEGER PRIMARY KEY,  -- erasure removes the row
    salt    BLOB NOT NULL,
    payload TEXT NOT NULL
) STRICT;

CREATE TABLE event_log_end (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    own    BLOB    NOT NULL
) STRICT;

-- ---- the local workspace: what a real platform would keep on its own servers

CREATE TABLE local_message (
    id        TEXT    PRIMARY KEY,
    number    INTEGER NOT NULL UNIQUE,  -- order of arrival
    place     TEXT    NOT NULL,
    thread    TEXT,
    author    TEXT    NOT NULL,
    message   TEXT,
    line      TEXT    NOT NULL,
    delivery  INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    edited_at INTEGER,
    removed   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX local_message_of_place ON local_message (place, number) WHERE removed = 0;
CREATE INDEX local_message_of_delivery ON local_message (delivery, number) WHERE delivery <> 0;
