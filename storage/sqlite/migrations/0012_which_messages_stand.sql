-- What a platform refused to edit or remove is not tried again with each later change.
ALTER TABLE delivery ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
