create schema deliveries;
grant usage on schema deliveries to postroad_app;

-- A courier's tour of one day. Belongs to the carrier whose courier drives it.
create table deliveries.run (
  organisation_id text not null,
  run_id text not null,
  courier_id text not null,
  day date not null,
  state text not null check (state in ('planned', 'under_way', 'closed')),
  version bigint not null,
  departed_at timestamptz,
  closed_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  primary key (organisation_id, run_id)
);
comment on table deliveries.run is '@group organisation organisation_id';
create index on deliveries.run (organisation_id, courier_id, day);
create index on deliveries.run (run_id);
alter table deliveries.run enable row level security;
alter table deliveries.run force row level security;
create policy acts_for on deliveries.run using (platform.acts_for(organisation_id));

-- The last mile of one parcel, in the book of the carrier that delivers it.
create table deliveries.delivery (
  organisation_id text not null,
  delivery_id text not null,
  parcel_id text not null,
  shipment_id text not null,
  number text not null,
  merchant_id text not null,
  client_platform_id text,
  to_place jsonb not null,
  undeliverable text not null check (undeliverable in ('return', 'destroy')),
  cash_on_delivery jsonb,
  state text not null,
  version bigint not null,
  run_id text,
  courier_id text,
  stop smallint,
  attempts smallint not null default 0,
  last_attempt_at timestamptz,
  out_at timestamptz,
  hold_until timestamptz,
  reason text,
  sign_kind text,
  flags text[] not null default '{}',
  proof_ids text[] not null default '{}',
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, delivery_id),
  unique (organisation_id, parcel_id)
);
comment on table deliveries.delivery is '@group organisation organisation_id';
create index on deliveries.delivery (organisation_id, run_id, stop);
create index on deliveries.delivery (organisation_id, shipment_id);
create index on deliveries.delivery (shipment_id);
create index on deliveries.delivery (delivery_id);
alter table deliveries.delivery enable row level security;
alter table deliveries.delivery force row level security;
create policy acts_for on deliveries.delivery using (platform.acts_for(organisation_id));

-- What happened to a delivery; never rewritten. `client_id` stands on the first fact of a command and makes it once.
create table deliveries.step (
  organisation_id text not null,
  delivery_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  reason text,
  evidence jsonb,
  client_id text,
  digest bytea,
  by_caller text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, delivery_id, version),
  unique (organisation_id, delivery_id, client_id)
);
comment on table deliveries.step is '@group organisation organisation_id';
revoke update, delete on deliveries.step from postroad_app;
alter table deliveries.step enable row level security;
alter table deliveries.step force row level security;
create policy acts_for on deliveries.step using (platform.acts_for(organisation_id));
