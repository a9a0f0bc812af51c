-- Wishes of a merchant about a parcel that is on its way: bring it back, or to another address.
create table shipments.interception (
  organisation_id text not null,
  interception_id text not null,
  shipment_id text not null,
  carrier_id text not null,
  kind text not null check (kind in ('return', 'address_change')),
  state text not null check (state in ('requested', 'accepted', 'done', 'failed', 'cancelled')),
  reason text,
  recipient_ref text,
  to_place jsonb,
  fee jsonb not null,
  charge_id text,
  version bigint not null,
  requested_by text not null,
  requested_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, interception_id),
  foreign key (organisation_id, shipment_id) references shipments.shipment
);
comment on table shipments.interception is '@group organisation organisation_id';
-- A parcel cannot be sent to two places: one open wish at a time.
create unique index on shipments.interception (organisation_id, shipment_id) where state in ('requested', 'accepted');
create index on shipments.interception (interception_id);
create index on shipments.interception (carrier_id, state, interception_id);
create index on shipments.interception (shipment_id);
alter table shipments.interception enable row level security;
alter table shipments.interception force row level security;
create policy acts_for on shipments.interception using (platform.acts_for(organisation_id) or platform.acts_for(carrier_id))
  with check (platform.acts_for(organisation_id));

-- Who may see a party in clear text is asked by party.
create index on shipments.shipment (recipient_ref);
create index on shipments.shipment (sender_ref);
