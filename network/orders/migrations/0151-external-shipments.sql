-- The shipments outside the network's lines that bring an order, in the words by which it follows them.
create table orders.order_external_shipment (
  organisation_id text not null,
  order_id text not null,
  external_shipment_id text not null,
  state text not null,
  primary key (organisation_id, external_shipment_id),
  foreign key (organisation_id, order_id) references orders.customer_order
);
comment on table orders.order_external_shipment is '@group organisation organisation_id';
create index on orders.order_external_shipment (organisation_id, order_id);
create index on orders.order_external_shipment (order_id);
alter table orders.order_external_shipment enable row level security;
alter table orders.order_external_shipment force row level security;
create policy acts_for on orders.order_external_shipment using (platform.acts_for(organisation_id) or exists (
    select from orders.customer_order o
    where o.organisation_id = order_external_shipment.organisation_id and o.order_id = order_external_shipment.order_id
      and o.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));
