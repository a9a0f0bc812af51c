-- What an event says, one row each, by the name of the field and in canonical form: what queries look for.
create table epcis.event_term (
  organisation_id text not null,
  capture_id text not null,
  -- Of the event in its document.
  position integer not null,
  name text not null,
  -- A long one by its digest. Compared byte by byte, for beginnings.
  value text collate "C" not null,
  -- Of what is compared by size; times in milliseconds since 1970.
  number double precision,
  primary key (organisation_id, name, value, capture_id, position)
);
comment on table epcis.event_term is '@group organisation organisation_id';
create index on epcis.event_term (organisation_id, name, number) where number is not null;
alter table epcis.event_term enable row level security;
alter table epcis.event_term force row level security;
create policy acts_for on epcis.event_term using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));
revoke update, delete on epcis.event_term from postroad_app;

-- Row-level security keeps operators of arrays from an index, so it served no query; and a long identifier did not fit.
drop index epcis.event_any_epcs_idx;

-- False: stored before there were terms; a job writes them.
alter table epcis.event add column has_terms boolean not null default false;
create index on epcis.event (organisation_id, capture_id) where not has_terms;
grant update (has_terms) on epcis.event to postroad_app;
