-- The digest of the message as posted or edited last: an edit that would change nothing is not sent.
ALTER TABLE delivery ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
-- A kind of draft that is no more.
DELETE FROM draft WHERE kind = 'refused_form';
