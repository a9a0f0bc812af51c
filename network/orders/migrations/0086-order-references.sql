-- Staff ask for a reference without knowing whose it is.
create index on orders.customer_order (reference);
