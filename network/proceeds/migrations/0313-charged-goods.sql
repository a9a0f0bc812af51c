-- Charged to the network that handed goods out and said nothing of their money.
alter table proceeds.line drop constraint line_paid_by_check;
alter table proceeds.line add constraint line_paid_by_check check (paid_by in ('cash', 'card', 'charged'));
create index on proceeds.line (shelf_parcel_id) where paid_by = 'charged';
