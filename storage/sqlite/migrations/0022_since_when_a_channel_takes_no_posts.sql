-- Whoever looks after a team sees it until the channel takes posts again; what is due there waits in any case.
ALTER TABLE channel ADD COLUMN refused_since INTEGER;
