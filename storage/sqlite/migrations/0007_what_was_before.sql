-- What a round was before its first answer, so that taking the answer back makes it that again.
ALTER TABLE round ADD COLUMN phase_before TEXT;
ALTER TABLE round ADD COLUMN not_asked_before TEXT NOT NULL DEFAULT 'none';
-- Who left a stand-up by themselves, unlike an observer whom the settings made one.
ALTER TABLE membership ADD COLUMN stopped_at INTEGER;
