create schema shipments;
grant usage on schema shipments to postroad_app;

create table shipments.shipment (
  organisation_id text not null,
  shipment_id text not null,
  client_platform_id text,
  version bigint not null,
  state text not null,
  order_ref text not null,
  offer_id text not null,
  line_code text not null,
  carrier_code text not null,
  carrier_id text not null,
  warehouse_id text not null,
  handover text not null,
  undeliverable text not null,
  sender_ref text not null,
  recipient_ref text not null,
  from_place jsonb not null,
  to_place jsonb not null,
  goods jsonb not null,
  incoterm text,
  order_amount jsonb,
  cash_on_delivery jsonb,
  insured_amount jsonb,
  quoted jsonb not null,
  charged jsonb,
  buying_total jsonb,
  freight text not null,
  hold_set_id text,
  promise_kind text not null,
  promise_earliest timestamptz not null,
  promise_latest timestamptz not null,
  acknowledgement text not null,
  reason text,
  synthetic boolean not null default false,
  purchased_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, shipment_id)
);
comment on table shipments.shipment is '@group organisation organisation_id';
create index on shipments.shipment (organisation_id, order_ref);
alter table shipments.shipment enable row level security;
alter table shipments.shipment force row level security;

create table shipments.parcel (
  organisation_id text not null,
  shipment_id text not null,
  parcel_id text not null,
  index smallint not null,
  waybill_id text not null,
  number text not null,
  weight_grams integer not null,
  size jsonb,
  measured jsonb,
  -- Official status of the parcel's timeline; null until the first news of it.
  status text,
  primary key (organisation_id, parcel_id),
  foreign key (organisation_id, shipment_id) references shipments.shipment
);
comment on table shipments.parcel is '@group organisation organisation_id';
create index on shipments.parcel (organisation_id, shipment_id);
create index on shipments.parcel (number);
create index on shipments.parcel (parcel_id);
create index on shipments.parcel (waybill_id);
alter table shipments.parcel enable row level security;
alter table shipments.parcel force row level security;

-- Who has which part in a shipment, keyed by the organisation that looks: a shipment is shared, not copied.
create table shipments.part (
  organisation_id text not null,
  shipment_id text not null,
  part text not null check (part in ('own', 'client', 'carrier', 'warehouse')),
  owner_id text not null,
  state text not null,
  primary key (organisation_id, shipment_id, part)
);
comment on table shipments.part is '@group organisation organisation_id';
create index on shipments.part (shipment_id);
create index on shipments.part (organisation_id, part, state, shipment_id);
alter table shipments.part enable row level security;
alter table shipments.part force row level security;
create policy acts_for on shipments.part using (platform.acts_for(organisation_id) or platform.acts_for(owner_id));

-- A shipment is seen by its owner, and by those who have a part in it.
create policy acts_for on shipments.shipment
  using (platform.acts_for(organisation_id) or exists (
    select from shipments.part p
    where p.organisation_id = current_setting('postroad.organisation', true) and p.shipment_id = shipment.shipment_id))
  with check (platform.acts_for(organisation_id));
create policy acts_for on shipments.parcel
  using (platform.acts_for(organisation_id) or exists (
    select from shipments.part p
    where p.organisation_id = current_setting('postroad.organisation', true) and p.shipment_id = parcel.shipment_id))
  with check (platform.acts_for(organisation_id));

-- Every change of state, for the order's own history.
create table shipments.step (
  organisation_id text not null,
  shipment_id text not null,
  version bigint not null,
  state text not null,
  step text not null,
  reason text,
  evidence jsonb,
  by_caller text not null,
  synthetic boolean not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, shipment_id, version)
);
comment on table shipments.step is '@group organisation organisation_id';
revoke update, delete on shipments.step from postroad_app;
alter table shipments.step enable row level security;
alter table shipments.step force row level security;
create policy acts_for on shipments.step using (platform.acts_for(organisation_id));
