-- A courier may be a person who logs in, besides or instead of an API key.
alter table pickups.courier add column person_id text;
alter table pickups.courier add unique (organisation_id, person_id);
create index on pickups.courier (person_id);
