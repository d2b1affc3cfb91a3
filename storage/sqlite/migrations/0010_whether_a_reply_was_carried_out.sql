-- Whether somebody was given the reply to carry it out: a request that comes again must not say it a second time.
ALTER TABLE inbox_reply ADD COLUMN carried INTEGER NOT NULL DEFAULT 1;
