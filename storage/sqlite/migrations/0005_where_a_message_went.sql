-- Edits go where the message is, also when the person's home has changed since.
ALTER TABLE delivery ADD COLUMN connection INTEGER;
ALTER TABLE delivery ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE delivery SET connection = channel.connection, address = channel.external_id
    FROM channel
    WHERE delivery.recipient = 'channel:' || channel.id AND (delivery.provider_id <> '' OR delivery.state IN ('sending', 'uncertain'));
UPDATE delivery SET connection = account.connection, address = account.external_id
    FROM person JOIN account ON account.id = person.home
    WHERE delivery.recipient = 'person:' || person.id AND (delivery.provider_id <> '' OR delivery.state IN ('sending', 'uncertain'));
