create schema pickups;
grant usage on schema pickups to postroad_app;

-- Where a carrier collects, when, and in slots of which length. `serves_network`: for every carrier's parcels.
create table pickups.area (
  organisation_id text not null,
  area_id text not null,
  code text not null,
  serves_network boolean not null,
  country text not null,
  divisions text[] not null,
  postcode_prefixes text[] not null,
  zone text not null,
  working_hours jsonb not null,
  exceptions jsonb not null,
  slot text not null,
  lead_minutes integer not null,
  horizon_days smallint not null,
  is_on boolean not null,
  has_capacities boolean not null,
  changed_at timestamptz not null,
  primary key (organisation_id, area_id),
  unique (organisation_id, code)
);
comment on table pickups.area is '@group organisation organisation_id';
create index on pickups.area (area_id);
create index on pickups.area (country) where is_on;
alter table pickups.area enable row level security;
alter table pickups.area force row level security;
create policy acts_for on pickups.area using (platform.acts_for(organisation_id));

-- Visits that a carrier can make in an hour: of every day (`daily`) or of one date.
create table pickups.capacity_rule (
  organisation_id text not null,
  area_id text not null,
  day text not null,
  hour smallint not null check (hour between 0 and 23),
  capacity integer not null check (capacity >= 0),
  primary key (organisation_id, area_id, day, hour),
  foreign key (organisation_id, area_id) references pickups.area
);
comment on table pickups.capacity_rule is '@group organisation organisation_id';
alter table pickups.capacity_rule enable row level security;
alter table pickups.capacity_rule force row level security;
create policy acts_for on pickups.capacity_rule using (platform.acts_for(organisation_id));

-- What is taken of an hour. Domain reference 11 (6): reserved + used never passes the capacity.
create table pickups.capacity_hour (
  organisation_id text not null,
  area_id text not null,
  starts_at timestamptz not null,
  capacity integer not null,
  reserved integer not null default 0,
  used integer not null default 0,
  primary key (organisation_id, area_id, starts_at),
  foreign key (organisation_id, area_id) references pickups.area,
  check (reserved >= 0 and used >= 0 and reserved + used <= capacity)
);
comment on table pickups.capacity_hour is '@group organisation organisation_id';
alter table pickups.capacity_hour enable row level security;
alter table pickups.capacity_hour force row level security;
create policy acts_for on pickups.capacity_hour using (platform.acts_for(organisation_id));

-- Staff data: name and the tail of a phone number, no more. `caller_id`: the API key that the courier works with.
create table pickups.courier (
  organisation_id text not null,
  courier_id text not null,
  name text not null,
  phone_tail text,
  area_ids text[] not null,
  is_on boolean not null,
  caller_id text,
  changed_at timestamptz not null,
  primary key (organisation_id, courier_id),
  unique (organisation_id, caller_id)
);
comment on table pickups.courier is '@group organisation organisation_id';
create index on pickups.courier (courier_id);
create index on pickups.courier (caller_id);
alter table pickups.courier enable row level security;
alter table pickups.courier force row level security;
create policy acts_for on pickups.courier using (platform.acts_for(organisation_id));

-- Addresses and customers that a carrier does not serve, with a reason; by reference, never by the address itself.
create table pickups.block (
  organisation_id text not null,
  block_id text not null,
  kind text not null check (kind in ('address', 'user')),
  blocked_organisation_id text,
  party_ref text,
  country text,
  postcode text,
  reason text not null,
  detail text,
  by_caller text not null,
  created_at timestamptz not null,
  primary key (organisation_id, block_id)
);
comment on table pickups.block is '@group organisation organisation_id';
create index on pickups.block (block_id);
alter table pickups.block enable row level security;
alter table pickups.block force row level security;
create policy acts_for on pickups.block using (platform.acts_for(organisation_id));

create table pickups.pickup (
  organisation_id text not null,
  pickup_id text not null,
  client_platform_id text,
  carrier_id text not null,
  area_id text not null,
  version bigint not null,
  state text not null,
  courier_id text,
  sender_ref text not null,
  place jsonb not null,
  window_starts_at timestamptz not null,
  window_ends_at timestamptz not null,
  -- The hour of the carrier's capacity that this visit holds; null when it holds none.
  held_hour timestamptz,
  attempts smallint not null,
  -- Sealed under the merchant's data key.
  code bytea not null,
  wrong_tries smallint not null,
  reason text,
  cancelled_by text,
  booked_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, pickup_id)
);
comment on table pickups.pickup is '@group organisation organisation_id';
create index on pickups.pickup (pickup_id);
create index on pickups.pickup (carrier_id, courier_id, window_starts_at);
alter table pickups.pickup enable row level security;
alter table pickups.pickup force row level security;
-- Seen by its merchant, his marketplace and the carrier that comes; written in the merchant's name.
create policy acts_for on pickups.pickup
  using (platform.acts_for(organisation_id)
    or carrier_id = current_setting('postroad.organisation', true)
    or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

create table pickups.pickup_shipment (
  organisation_id text not null,
  pickup_id text not null,
  shipment_id text not null,
  is_open boolean not null,
  primary key (organisation_id, pickup_id, shipment_id),
  foreign key (organisation_id, pickup_id) references pickups.pickup
);
comment on table pickups.pickup_shipment is '@group organisation organisation_id';
-- A shipment waits for one visit at a time.
create unique index on pickups.pickup_shipment (organisation_id, shipment_id) where is_open;
alter table pickups.pickup_shipment enable row level security;
alter table pickups.pickup_shipment force row level security;
create policy acts_for on pickups.pickup_shipment
  using (platform.acts_for(organisation_id) or exists (
    select from pickups.pickup p where p.organisation_id = pickup_shipment.organisation_id and p.pickup_id = pickup_shipment.pickup_id))
  with check (platform.acts_for(organisation_id));

create table pickups.item (
  organisation_id text not null,
  pickup_id text not null,
  parcel_id text not null,
  shipment_id text not null,
  number text not null,
  outcome text check (outcome in ('collected', 'not_ready', 'refused')),
  reason text,
  weight_grams integer,
  evidence text[] not null default '{}',
  primary key (organisation_id, pickup_id, parcel_id),
  foreign key (organisation_id, pickup_id) references pickups.pickup
);
comment on table pickups.item is '@group organisation organisation_id';
alter table pickups.item enable row level security;
alter table pickups.item force row level security;
create policy acts_for on pickups.item
  using (platform.acts_for(organisation_id) or exists (
    select from pickups.pickup p where p.organisation_id = item.organisation_id and p.pickup_id = item.pickup_id))
  with check (platform.acts_for(organisation_id));

-- Every fact of a visit in order; never rewritten.
create table pickups.fact (
  organisation_id text not null,
  pickup_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  reason text,
  by_caller text not null,
  evidence text[] not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, pickup_id, version),
  foreign key (organisation_id, pickup_id) references pickups.pickup
);
comment on table pickups.fact is '@group organisation organisation_id';
revoke update, delete on pickups.fact from postroad_app;
alter table pickups.fact enable row level security;
alter table pickups.fact force row level security;
create policy acts_for on pickups.fact using (platform.acts_for(organisation_id));

-- How the merchant brings a shipment himself: by a domestic carrier, or to the warehouse's door.
create table pickups.declaration (
  organisation_id text not null,
  shipment_id text not null,
  kind text not null check (kind in ('self_post', 'drop_off')),
  warehouse_id text not null,
  carrier_name text,
  number text,
  by_caller text not null,
  declared_at timestamptz not null,
  primary key (organisation_id, shipment_id),
  check (kind = 'drop_off' or (carrier_name is not null and number is not null))
);
comment on table pickups.declaration is '@group organisation organisation_id';
alter table pickups.declaration enable row level security;
alter table pickups.declaration force row level security;
create policy acts_for on pickups.declaration
  using (platform.acts_for(organisation_id) or warehouse_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));
