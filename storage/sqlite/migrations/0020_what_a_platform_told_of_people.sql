-- A name follows the platform where it was taken from it; a zone that it tells is asked about once.
ALTER TABLE account ADD COLUMN name_taken TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN zone_told TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN zone_questions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN zone_open INTEGER NOT NULL DEFAULT 0;
-- People of another organisation, in a place that is shared with it.
ALTER TABLE person ADD COLUMN outsider INTEGER NOT NULL DEFAULT 0;
-- Nobody is reminded while their platform keeps disturbance from them.
ALTER TABLE person ADD COLUMN quiet_from INTEGER;
ALTER TABLE person ADD COLUMN quiet_to INTEGER;
