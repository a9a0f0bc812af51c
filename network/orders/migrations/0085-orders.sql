create schema orders;
grant usage on schema orders to postroad_app;

-- What a merchant has sold and must ship. Persons stand in the vault; the note is sealed with the vault's key.
create table orders.customer_order (
  organisation_id text not null,
  order_id text not null,
  client_platform_id text,
  version bigint not null,
  state text not null check (state in ('open', 'booked', 'shipped', 'delivered', 'returned', 'failed', 'cancelled')),
  reference text not null,
  channel text not null,
  placed_at timestamptz not null,
  paid_at timestamptz,
  ship_by timestamptz,
  sender_ref text,
  from_place jsonb,
  recipient_ref text not null,
  to_place jsonb not null,
  tax_id_kinds text[] not null,
  goods jsonb not null,
  parcels jsonb,
  order_amount jsonb,
  incoterm text,
  cash_on_delivery jsonb,
  insured_amount jsonb,
  programme_id text,
  handover text,
  undeliverable text not null,
  sealed_note bytea,
  recorded_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, order_id)
);
comment on table orders.customer_order is '@group organisation organisation_id';
-- The merchant's own reference names one order, however often it is sent.
create unique index on orders.customer_order (organisation_id, reference text_pattern_ops);
create index on orders.customer_order (organisation_id, state, order_id);
create index on orders.customer_order (client_platform_id, order_id);
create index on orders.customer_order (order_id);
create index on orders.customer_order (recipient_ref);
alter table orders.customer_order enable row level security;
alter table orders.customer_order force row level security;
-- A marketplace reads the orders of its merchants.
create policy acts_for on orders.customer_order
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- The shipments that bring an order, as far as their news arrived.
create table orders.order_shipment (
  organisation_id text not null,
  order_id text not null,
  shipment_id text not null,
  state text not null,
  primary key (organisation_id, shipment_id),
  foreign key (organisation_id, order_id) references orders.customer_order
);
comment on table orders.order_shipment is '@group organisation organisation_id';
create index on orders.order_shipment (organisation_id, order_id);
alter table orders.order_shipment enable row level security;
alter table orders.order_shipment force row level security;
create policy acts_for on orders.order_shipment using (platform.acts_for(organisation_id) or exists (
    select from orders.customer_order o
    where o.organisation_id = order_shipment.organisation_id and o.order_id = order_shipment.order_id
      and o.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));

-- Where a merchant ships from.
create table orders.sender_address (
  organisation_id text not null,
  sender_address_id text not null,
  label text not null,
  party_ref text not null,
  place jsonb not null,
  is_default boolean not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (organisation_id, sender_address_id)
);
comment on table orders.sender_address is '@group organisation organisation_id';
create unique index on orders.sender_address (organisation_id) where is_default and removed_at is null;
create index on orders.sender_address (sender_address_id);
alter table orders.sender_address enable row level security;
alter table orders.sender_address force row level security;
create policy acts_for on orders.sender_address using (platform.acts_for(organisation_id));
