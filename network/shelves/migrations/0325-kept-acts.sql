-- What a device did with a parcel and was kept, for the act that it follows and that arrives later.
create index on shelves.device_action (organisation_id, device_id, number) where outcome = 'conflict';
