-- Read at each scan and searched by nobody: kept as the text that they came as, like the other documents of a parcel.
-- The owner of the tables is held to the policies as well.
select set_config('postroad.organisation', '*', true);
alter table tracking.parcel
  alter column destination type json,
  alter column promise type json;
