-- Times that are past are not looked into any more: their prompts are over.
ALTER TABLE downtime ADD COLUMN read_back TEXT NOT NULL DEFAULT 'done';
CREATE TABLE recovered (
    downtime  INTEGER NOT NULL,
    round     INTEGER NOT NULL,
    PRIMARY KEY (downtime, round)
) STRICT, WITHOUT ROWID;
