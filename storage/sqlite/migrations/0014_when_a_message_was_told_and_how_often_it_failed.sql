-- Pauses move `due`; what is news to a reader is counted from the moment of telling.
ALTER TABLE delivery ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
UPDATE delivery SET told_at = due;
-- Apart from the calls that were answered with a pause: those are no failures.
ALTER TABLE delivery ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
