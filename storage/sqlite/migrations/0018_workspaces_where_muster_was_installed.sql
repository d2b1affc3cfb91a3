-- A workspace that somebody has installed Muster in, over and above those of the configuration. Its token can be read only with a key that
-- lies elsewhere; `token_key` says with which, and `workspace` is sealed in with the token.
CREATE TABLE installation (
    connection    INTEGER PRIMARY KEY REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,
    workspace     TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    enterprise    TEXT    NOT NULL,
    app           TEXT    NOT NULL,
    bot_user      TEXT    NOT NULL,
    token_key     TEXT    NOT NULL,
    token_nonce   TEXT    NOT NULL,
    token_content TEXT    NOT NULL,
    installed_at  INTEGER NOT NULL
) STRICT;
