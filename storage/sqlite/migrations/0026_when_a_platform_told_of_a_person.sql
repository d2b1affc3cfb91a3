-- When the platform last told of the person: what it tells again later may be older than that.
ALTER TABLE account ADD COLUMN told_at INTEGER;
