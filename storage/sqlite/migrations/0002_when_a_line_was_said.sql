-- Edits may arrive before their line or after a newer edit: the platform's time of the line decides.
ALTER TABLE answer ADD COLUMN said_at INTEGER NOT NULL DEFAULT 0;
