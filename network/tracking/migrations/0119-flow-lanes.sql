-- The flow counts parcels by lane: grouped by one number it takes a third of the time that five words take.
create function tracking.lane_id(leg text, at_country text, at_city text, to_country text, to_city text) returns bigint
  language sql immutable parallel safe as $$
  -- Texts of places have no control characters, so that none of them reaches into its neighbour.
  select hashtextextended(leg || E'\x1f' || coalesce(at_country, '') || E'\x1f' || coalesce(at_city, '') || E'\x1f'
    || coalesce(to_country, '') || E'\x1f' || coalesce(to_city, ''), 0)
$$;

-- Lanes that parcels were ever on. Words only, nobody's: as many as there are pairs of places.
create table tracking.lane (
  lane_id bigint primary key,
  leg text not null,
  at_country text,
  at_city text,
  to_country text,
  to_city text
);
comment on table tracking.lane is '@group reference';
revoke update, delete on tracking.lane from postroad_app;

alter table tracking.motion rename to motion_in_words;
alter index tracking.motion_pkey rename to motion_in_words_pkey;

-- Parcels under way, narrow: on which lane each is. Written with the timeline, counted for the flow of the network; a
-- parcel that arrived has no row. What is counted stands first and has a fixed width: PostgreSQL reads no further.
create table tracking.motion (
  bucket smallint not null,
  lane_id bigint not null,
  -- `infinity` without a promise.
  promise_latest timestamptz not null,
  -- When its silence becomes too long.
  stuck_at timestamptz not null,
  organisation_id text,
  client_platform_id text,
  parcel_id text not null,
  primary key (bucket, parcel_id)
) with (fillfactor = 80);
comment on table tracking.motion is '@group parcel bucket';
alter table tracking.motion enable row level security;
alter table tracking.motion force row level security;
create policy acts_for on tracking.motion using (
  (select current_setting('postroad.organisation', true)) = '*'
  or (select current_setting('postroad.organisation', true)) in (organisation_id, client_platform_id));

-- The owner of the tables is held to the policies as well.
select set_config('postroad.organisation', '*', true);
insert into tracking.lane (lane_id, leg, at_country, at_city, to_country, to_city)
select distinct on (1) tracking.lane_id(leg, at_country, at_city, to_country, to_city), leg, at_country, at_city, to_country, to_city
from tracking.motion_in_words;
insert into tracking.motion (bucket, lane_id, promise_latest, stuck_at, organisation_id, client_platform_id, parcel_id)
select bucket, tracking.lane_id(leg, at_country, at_city, to_country, to_city), coalesce(promise_latest, 'infinity'),
  last_scan_at + case when leg = 'linehaul' then interval '6 days' else interval '3 days' end,
  organisation_id, client_platform_id, parcel_id
from tracking.motion_in_words;
drop table tracking.motion_in_words;
