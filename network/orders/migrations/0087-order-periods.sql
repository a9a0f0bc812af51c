-- Dry runs of market policies take the orders of a period.
create index on orders.customer_order (placed_at);
