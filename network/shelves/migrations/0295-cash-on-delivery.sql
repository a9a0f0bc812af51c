-- What is to be collected before the parcel is handed out, for who announced it; and how it was paid.
alter table shelves.parcel
  add column cash_on_delivery jsonb,
  add column cash_paid_by text check (cash_paid_by in ('cash', 'card'));
