create schema handovers;
grant usage on schema handovers to postroad_app;

create table handovers.handover (
  organisation_id text not null,
  handover_id text not null,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  version bigint not null,
  state text not null,
  kind text not null check (kind in ('platform_pickup', 'self_post', 'self_send')),
  -- What the driver writes down; unique in the organisation.
  number text not null,
  carrier_name text,
  tracking_number text,
  goods_ready_at timestamptz,
  parcel_count integer not null check (parcel_count between 0 and 1000),
  reason text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, handover_id),
  unique (organisation_id, number),
  check (kind <> 'self_post' or (carrier_name is not null and tracking_number is not null))
);
comment on table handovers.handover is '@group organisation organisation_id';
create index on handovers.handover (handover_id);
create index on handovers.handover (warehouse_id, handover_id);
alter table handovers.handover enable row level security;
alter table handovers.handover force row level security;
create policy acts_for on handovers.handover
  using (platform.acts_for(organisation_id)
    or current_setting('postroad.organisation', true) in (client_platform_id, carrier_id, warehouse_id))
  with check (platform.acts_for(organisation_id));

create table handovers.bag (
  organisation_id text not null,
  bag_id text not null,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  version bigint not null,
  state text not null,
  code text not null,
  container text not null check (container in ('pallet', 'bag', 'loose')),
  handover_id text,
  -- 0 draft, 1 committed, 2 complete: nothing changes any more.
  commits smallint not null,
  has_edits boolean not null,
  weight_grams integer,
  goods_ready_at timestamptz,
  parcel_count integer not null check (parcel_count between 0 and 1000),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, bag_id),
  unique (organisation_id, code),
  foreign key (organisation_id, handover_id) references handovers.handover
);
comment on table handovers.bag is '@group organisation organisation_id';
create index on handovers.bag (bag_id);
create index on handovers.bag (organisation_id, handover_id);
alter table handovers.bag enable row level security;
alter table handovers.bag force row level security;
create policy acts_for on handovers.bag
  using (platform.acts_for(organisation_id)
    or current_setting('postroad.organisation', true) in (client_platform_id, carrier_id, warehouse_id))
  with check (platform.acts_for(organisation_id));

-- What lies in a bag, or loose in a handover (`container_id` is the id of either).
create table handovers.content (
  organisation_id text not null,
  container_id text not null,
  parcel_id text not null,
  shipment_id text not null,
  number text not null,
  is_open boolean not null,
  state text not null check (state in ('init', 'inbound_normal', 'inbound_abnormal')),
  primary key (organisation_id, container_id, parcel_id)
);
comment on table handovers.content is '@group organisation organisation_id';
-- A parcel lies in one open bag or handover at a time.
create unique index on handovers.content (organisation_id, parcel_id) where is_open;
alter table handovers.content enable row level security;
alter table handovers.content force row level security;
create policy acts_for on handovers.content using (platform.acts_for(organisation_id));

create table handovers.arrival (
  organisation_id text not null,
  handover_id text not null,
  number text not null,
  issue text,
  by_caller text not null,
  occurred_at timestamptz not null,
  primary key (organisation_id, handover_id, number),
  foreign key (organisation_id, handover_id) references handovers.handover
);
comment on table handovers.arrival is '@group organisation organisation_id';
alter table handovers.arrival enable row level security;
alter table handovers.arrival force row level security;
create policy acts_for on handovers.arrival using (platform.acts_for(organisation_id));

create table handovers.difference (
  organisation_id text not null,
  handover_id text not null,
  number text not null,
  code smallint not null check (code in (0, 2, 3, 5)),
  parcel_id text,
  bag_id text,
  issue text,
  primary key (organisation_id, handover_id, number),
  foreign key (organisation_id, handover_id) references handovers.handover
);
comment on table handovers.difference is '@group organisation organisation_id';
revoke update, delete on handovers.difference from postroad_app;
alter table handovers.difference enable row level security;
alter table handovers.difference force row level security;
create policy acts_for on handovers.difference using (platform.acts_for(organisation_id));
