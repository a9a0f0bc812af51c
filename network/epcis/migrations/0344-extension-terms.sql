-- How much of an event was noted as terms: 0 nothing, 1 what the standard has, 2 also its sender's own fields. A job notes what
-- is missing. A process of the version before, which may still run, stores events of 1.
alter table epcis.event add column term_version smallint not null default 1;
update epcis.event set term_version = 0 where not has_terms;
drop index epcis.event_organisation_id_capture_id_idx;
create index on epcis.event (organisation_id, term_version) where term_version < 2;
grant update (term_version) on epcis.event to postroad_app;
comment on column epcis.event.has_terms is 'Read by the version before alone.';

-- What an organisation tells of places, parties, goods and words, in the headers of its documents; in canonical form, long
-- values by their digest.
create table epcis.master_attribute (
  organisation_id text not null,
  -- As events name it.
  element text collate "C" not null,
  name text not null,
  value text collate "C" not null,
  primary key (organisation_id, element, name, value)
);
comment on table epcis.master_attribute is '@group organisation organisation_id';
create index on epcis.master_attribute (organisation_id, name, value);
alter table epcis.master_attribute enable row level security;
alter table epcis.master_attribute force row level security;
create policy acts_for on epcis.master_attribute using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));
