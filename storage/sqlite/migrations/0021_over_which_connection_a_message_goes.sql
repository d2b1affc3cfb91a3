-- Over which connection a message goes that is not posted yet: that of its channel, of the page that it is, or of the home of
-- its person; none = nowhere. It follows from other tables, and stands here for an index: behind a platform that takes five
-- posts a second ten thousand may be due, and what may go now must be found without reading them all.
ALTER TABLE delivery ADD COLUMN goes_over INTEGER;

CREATE VIEW delivery_way AS
SELECT
    delivery.id,
    CASE
        WHEN delivery.recipient LIKE 'channel:%' THEN
            (SELECT connection FROM channel WHERE channel.id = CAST(substr(delivery.recipient, 9) AS INTEGER))
        WHEN delivery.purpose = 'home' THEN
            (SELECT connection FROM account WHERE account.id = delivery.subject)
        ELSE
            (SELECT account.connection FROM person JOIN account ON account.id = person.home
             WHERE person.id = CAST(substr(delivery.recipient, 8) AS INTEGER))
    END AS connection
FROM delivery;

CREATE TRIGGER delivery_finds_its_way AFTER INSERT ON delivery WHEN NEW.provider_id = ''
BEGIN
    UPDATE delivery SET goes_over = (SELECT connection FROM delivery_way WHERE id = NEW.id) WHERE id = NEW.id;
END;

CREATE TRIGGER delivery_follows_its_person AFTER UPDATE OF home ON person WHEN OLD.home IS NOT NEW.home
BEGIN
    UPDATE delivery SET goes_over = (SELECT connection FROM delivery_way WHERE id = delivery.id)
    WHERE state = 'pending' AND provider_id = '' AND recipient = 'person:' || NEW.id;
END;

CREATE TRIGGER delivery_follows_its_account AFTER UPDATE OF connection ON account WHEN OLD.connection IS NOT NEW.connection
BEGIN
    UPDATE delivery SET goes_over = (SELECT connection FROM delivery_way WHERE id = delivery.id)
    WHERE state = 'pending' AND provider_id = '';
END;

CREATE TRIGGER delivery_follows_its_channel AFTER UPDATE OF connection ON channel WHEN OLD.connection IS NOT NEW.connection
BEGIN
    UPDATE delivery SET goes_over = NEW.connection
    WHERE state = 'pending' AND provider_id = '' AND recipient = 'channel:' || NEW.id;
END;

UPDATE delivery SET goes_over = (SELECT connection FROM delivery_way WHERE id = delivery.id) WHERE provider_id = '';

CREATE INDEX delivery_to_post ON delivery (priority, goes_over, due, id) WHERE state = 'pending' AND provider_id = '';
CREATE INDEX delivery_to_change ON delivery (priority, connection, due, id) WHERE state = 'pending' AND provider_id <> '';
