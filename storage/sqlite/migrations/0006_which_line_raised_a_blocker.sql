-- Of each blocker the typed line that raised it and when that was said: an edit of a line is an edit of its own blocker.
ALTER TABLE blocker ADD COLUMN message TEXT NOT NULL DEFAULT '';
ALTER TABLE blocker ADD COLUMN said_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX blocker_by_message ON blocker (message) WHERE message <> '';
