-- The relay takes the oldest of what waits for its number: with this index its price does not grow with how much waits.
create index on platform.outbox_organisation (transaction_id, event_id) where position is null;
create index on platform.outbox_parcel (transaction_id, event_id) where position is null;
