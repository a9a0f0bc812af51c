create schema external;
grant usage on schema external to postroad_app;

-- Shipments of orders that a merchant made outside the network's lines, with a carrier of his own choice.
create table external.shipment (
  organisation_id text not null,
  external_shipment_id text not null,
  client_platform_id text,
  order_id text not null,
  order_reference text not null,
  version bigint not null,
  state text not null check (state in ('declared', 'withdrawn')),
  carrier_code text not null,
  number text not null,
  -- Where a carrier that is in no registry can be asked.
  tracking_site text,
  service_name text,
  send_type text not null check (send_type in ('all', 'part')),
  description text check (length(description) <= 512),
  shipped_at timestamptz,
  ship_from_country text,
  -- What the number leads to: a parcel of the merchant's, or something that is in use elsewhere. Null: not settled yet.
  hold text check (hold in ('own', 'shared')),
  -- The parcel that the number gets when it leads to none of the merchant's yet.
  parcel_ref text not null,
  parcel_id text,
  tracking_status text,
  is_closed boolean not null default false,
  first_scan_at timestamptz,
  delivered_at timestamptz,
  declared_at timestamptz not null,
  -- When the present pair of carrier and number was declared.
  number_declared_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawal_reason text,
  primary key (organisation_id, external_shipment_id)
);
comment on table external.shipment is '@group organisation organisation_id';
create index on external.shipment (external_shipment_id);
create index on external.shipment (organisation_id, order_id);
create index on external.shipment (client_platform_id, external_shipment_id) where client_platform_id is not null;
create index on external.shipment (number);
create index on external.shipment (parcel_id) where parcel_id is not null;
-- A pair of carrier and number stands once for an order.
create unique index on external.shipment (organisation_id, order_id, carrier_code, number) where state = 'declared';
alter table external.shipment enable row level security;
alter table external.shipment force row level security;
create policy acts_for on external.shipment
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- Pairs of carrier and number that were declared before; nothing is ever taken away.
create table external.replaced_number (
  organisation_id text not null,
  external_shipment_id text not null,
  version bigint not null,
  carrier_code text not null,
  number text not null,
  declared_at timestamptz not null,
  replaced_at timestamptz not null,
  first_scan_at timestamptz,
  reason text not null,
  primary key (organisation_id, external_shipment_id, version),
  foreign key (organisation_id, external_shipment_id) references external.shipment
);
comment on table external.replaced_number is '@group organisation organisation_id';
alter table external.replaced_number enable row level security;
alter table external.replaced_number force row level security;
create policy acts_for on external.replaced_number using (platform.acts_for(organisation_id) or exists (
    select from external.shipment s
    where s.organisation_id = replaced_number.organisation_id
      and s.external_shipment_id = replaced_number.external_shipment_id
      and s.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));
revoke update, delete on external.replaced_number from postroad_app;
