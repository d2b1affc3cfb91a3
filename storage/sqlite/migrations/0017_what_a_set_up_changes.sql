-- The people of a team that is there are changed the same way: by a row that waits for what is looked up.
ALTER TABLE setup ADD COLUMN kind TEXT NOT NULL DEFAULT 'new_team';
