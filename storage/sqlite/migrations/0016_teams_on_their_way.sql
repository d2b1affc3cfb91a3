-- A team that is set up in chat, from the invitation of Muster to its first day.
CREATE TABLE setup (
    id         INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,
    place      TEXT    NOT NULL,
    starter    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    proposals  INTEGER NOT NULL,
    found      TEXT    NOT NULL,
    people     TEXT    NOT NULL,
    entered    TEXT    NOT NULL,
    team       INTEGER REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX setup_of_place ON setup (connection, place);
CREATE INDEX setup_to_look_up ON setup (state) WHERE state IN ('looking', 'checking');
CREATE INDEX setup_of_team ON setup (team) WHERE team IS NOT NULL;
