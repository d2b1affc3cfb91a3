-- How a person or a place is reached over a connection, as its platform told last: it tells so with what people do, and cannot be asked.
CREATE TABLE contact (
    connection   INTEGER NOT NULL REFERENCES connection (id) DEFERRABLE INITIALLY DEFERRED,
    address      TEXT    NOT NULL,
    conversation TEXT    NOT NULL,
    name_there   TEXT    NOT NULL,
    service_url  TEXT    NOT NULL,
    is_removed   INTEGER NOT NULL,
    PRIMARY KEY (connection, address)
) STRICT, WITHOUT ROWID;
