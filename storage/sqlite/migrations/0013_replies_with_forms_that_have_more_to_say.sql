-- A kept reply is written as this program's replies are made; one of an older program cannot be read any more. Its key
-- stays, so that nothing counts twice: a repeated request is merely answered with nothing.
DELETE FROM inbox_reply;
