-- Of a hand-out that told nothing of the money for the goods: until when it may be recorded, and when it was charged to
-- the network because nobody did.
alter table shelves.parcel
  add column cash_open_until timestamptz,
  add column cash_charged_at timestamptz;
create index on shelves.parcel (organisation_id, shelf_parcel_id desc)
  where state = 'handed_out' and cash_on_delivery is not null and cash_paid_by is null and cash_charged_at is null;
