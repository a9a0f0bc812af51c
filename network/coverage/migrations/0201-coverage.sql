create schema coverage;
grant usage on schema coverage to postroad_app;

-- Demand that no point could take, each subject once a day; the place is coarse, in hundredths of a degree. All of it is
-- the network's own (`organisation_id` is `network`).
create table coverage.unserved (
  organisation_id text not null,
  country text not null,
  service text not null,
  day date not null,
  subject_id text not null,
  latitude_e2 integer not null,
  longitude_e2 integer not null,
  parcels integer not null,
  primary key (organisation_id, country, service, day, subject_id)
);
comment on table coverage.unserved is '@group organisation organisation_id';
create index on coverage.unserved (day);
alter table coverage.unserved enable row level security;
alter table coverage.unserved force row level security;
create policy acts_for on coverage.unserved using (platform.acts_for(organisation_id));
