-- Whether somebody's status says that they may be away, and until when: never what it says.
ALTER TABLE account ADD COLUMN away_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN away_until INTEGER;
