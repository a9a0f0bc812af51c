-- Parcels in order of birth: each is looked at once when it is old enough to have fallen silent. Neither column ever
-- changes, so that no scan writes to it.
create index parcel_birth on tracking.parcel (created_at, parcel_id);
