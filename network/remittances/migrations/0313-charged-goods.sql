-- Charged to the network that handed goods out and said nothing of their money.
alter table remittances.line drop constraint line_paid_by_check;
alter table remittances.line add constraint line_paid_by_check check (paid_by in ('cash', 'card', 'charged'));
create index on remittances.line (shelf_parcel_id) where paid_by = 'charged';
