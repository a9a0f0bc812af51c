-- Open conflicts of a whole network, the newest first.
create index on shelves.device_action (organisation_id, received_at) where outcome = 'conflict' and resolved_at is null;
