-- A photo may show a shipment in the first warehouse instead of a delivery: it lies in its merchant's book.
alter table deliveries.proof add column shipment_id text;
alter table deliveries.proof add check (shipment_id is null or delivery_id is null);
create index on deliveries.proof (organisation_id, shipment_id);
