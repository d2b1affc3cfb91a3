-- Raised in a run that hides names: the raiser stays unnamed, also in messages about the blocker alone.
ALTER TABLE blocker ADD COLUMN without_name INTEGER NOT NULL DEFAULT 0;
UPDATE blocker SET without_name = 1 WHERE round IN (
    SELECT round.id FROM round JOIN run ON run.id = round.run WHERE run.names_hidden <> 0
);
