-- The first call that may have posted it: a look at the platform begins there. And how many were not heard of.
ALTER TABLE delivery ADD COLUMN tried_since INTEGER;
ALTER TABLE delivery ADD COLUMN unheard INTEGER NOT NULL DEFAULT 0;
