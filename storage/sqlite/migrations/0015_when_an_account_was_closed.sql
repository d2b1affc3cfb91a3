-- Whoever left the stand-ups at that very instant takes part again when their account is opened again.
ALTER TABLE account ADD COLUMN closed_at INTEGER;
