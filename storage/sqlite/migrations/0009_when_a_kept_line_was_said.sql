-- Of two edits of a kept line the later one counts, and an answer made of it was said when it was.
ALTER TABLE draft ADD COLUMN said_at INTEGER NOT NULL DEFAULT 0;
