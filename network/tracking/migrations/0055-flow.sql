-- Parcels under way, narrow: where each was last seen and where it goes. Written with the timeline, counted for the
-- flow of the network; a parcel that arrived has no row.
create table tracking.motion (
  bucket smallint not null,
  parcel_id text not null,
  organisation_id text,
  client_platform_id text,
  leg text not null,
  at_country text,
  at_city text,
  to_country text,
  to_city text,
  promise_latest timestamptz,
  last_scan_at timestamptz not null,
  primary key (bucket, parcel_id)
) with (fillfactor = 80);
comment on table tracking.motion is '@group parcel bucket';
alter table tracking.motion enable row level security;
alter table tracking.motion force row level security;
create policy acts_for on tracking.motion using (
  (select current_setting('postroad.organisation', true)) = '*'
  or (select current_setting('postroad.organisation', true)) in (organisation_id, client_platform_id));

-- How often each milestone was reached, by the hour in which it happened. Parcels without an order stand under '-'.
create table tracking.milestone_hour (
  organisation_id text not null,
  hour timestamptz not null,
  milestone text not null,
  client_platform_id text,
  count integer not null,
  primary key (organisation_id, hour, milestone)
);
comment on table tracking.milestone_hour is '@group organisation organisation_id';
create index on tracking.milestone_hour (hour);
alter table tracking.milestone_hour enable row level security;
alter table tracking.milestone_hour force row level security;
create policy acts_for on tracking.milestone_hour using (platform.acts_for(organisation_id)
  or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));
