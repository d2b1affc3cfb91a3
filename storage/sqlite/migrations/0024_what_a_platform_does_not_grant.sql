-- What Muster needs and may not do there, as it was told when it introduced itself last.
ALTER TABLE connection ADD COLUMN not_granted TEXT NOT NULL DEFAULT '';
