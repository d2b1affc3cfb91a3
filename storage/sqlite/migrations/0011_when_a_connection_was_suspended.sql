-- Since when a platform refuses Muster as a whole. What waits for it expires in its time all the same.
ALTER TABLE connection ADD COLUMN suspended_since INTEGER;
CREATE INDEX delivery_expiring ON delivery (expires_at, id) WHERE state = 'pending' AND provider_id = '' AND expires_at IS NOT NULL;
