-- The key of a calendar whose days are among those of this one: a team's own days beside bank holidays.
ALTER TABLE calendar ADD COLUMN builds_on TEXT NOT NULL DEFAULT '';
