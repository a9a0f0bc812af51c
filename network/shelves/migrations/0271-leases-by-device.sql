-- A device that is blocked lets go of what it held at any outlet.
create index on shelves.parcel (organisation_id, lease_device) where lease_device is not null;
