create schema points;
grant usage on schema points to postroad_app;

-- The public directory of counters: read by everybody, written in the name of its network. `change_xid`: the
-- transaction of the last change, by which copies in memory find what is new.
create table points.point (
  point_id text primary key,
  organisation_id text not null,
  outlet_code text not null,
  name text not null,
  kind text not null check (kind in ('post_office', 'shop', 'station', 'locker')),
  services text[] not null,
  goods_classes text[] not null,
  country text not null,
  division_codes text[] not null,
  city text not null,
  postcode text,
  address_lines text[] not null,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  zone text not null,
  hours jsonb not null,
  exceptions jsonb not null,
  service_range jsonb,
  capacity jsonb not null,
  quality smallint not null check (quality between 0 and 100),
  fee_minor bigint,
  fee_currency text,
  test_behaviour text check (test_behaviour in ('always_full', 'closed', 'slow')),
  state text not null,
  trial_until timestamptz,
  paused_from timestamptz,
  paused_until timestamptz,
  exits_at timestamptz,
  applied_at timestamptz not null,
  changed_at timestamptz not null,
  version bigint not null,
  change_xid xid8 not null default pg_current_xact_id(),
  unique (organisation_id, outlet_code),
  check ((fee_minor is null) = (fee_currency is null))
);
comment on table points.point is '@group reference';
create index on points.point (change_xid);
create index on points.point (organisation_id, point_id);
create index on points.point (organisation_id, state);

-- What was decided or announced about a point, in order; never rewritten.
create table points.fact (
  organisation_id text not null,
  point_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  reason text,
  note text,
  by_caller text not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, point_id, version)
);
comment on table points.fact is '@group organisation organisation_id';
revoke update, delete on points.fact from postroad_app;
alter table points.fact enable row level security;
alter table points.fact force row level security;
create policy acts_for on points.fact using (platform.acts_for(organisation_id));

-- Persons who work at named outlets.
create table points.clerk (
  organisation_id text not null,
  person_id text not null,
  point_ids text[] not null,
  changed_at timestamptz not null,
  primary key (organisation_id, person_id)
);
comment on table points.clerk is '@group organisation organisation_id';
create index on points.clerk (person_id);
alter table points.clerk enable row level security;
alter table points.clerk force row level security;
create policy acts_for on points.clerk using (platform.acts_for(organisation_id));

-- Whom a network does not serve. `key`: a division's code, a postcode, or the blind index of an address or phone.
create table points.block (
  organisation_id text not null,
  block_id text not null,
  kind text not null check (kind in ('division', 'postcode', 'address', 'phone')),
  country text not null,
  key text not null,
  reason text not null,
  detail text,
  by_caller text not null,
  created_at timestamptz not null,
  primary key (organisation_id, block_id),
  unique (organisation_id, kind, country, key)
);
comment on table points.block is '@group organisation organisation_id';
create index on points.block (block_id);
alter table points.block enable row level security;
alter table points.block force row level security;
create policy acts_for on points.block using (platform.acts_for(organisation_id));

-- The one contract of a network for all its outlets, and what it asks of each of them.
create table points.contract (
  organisation_id text primary key,
  number text not null,
  needs_documents boolean not null,
  needs_site_check boolean not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  by_caller text not null,
  changed_at timestamptz not null,
  check (valid_to is null or valid_to > valid_from)
);
comment on table points.contract is '@group organisation organisation_id';
alter table points.contract enable row level security;
alter table points.contract force row level security;
create policy acts_for on points.contract using (platform.acts_for(organisation_id));
