-- Staff ask for a reference without knowing whose it is.
create index on shipments.shipment (order_ref);
