-- Captures that stored events are numbered within their organisation in the order of their commits: who has read up to a
-- number misses nothing that comes later.
alter table epcis.capture
  add column number bigint,
  add column recorded_at timestamptz;
with numbered as (
  select organisation_id, capture_id, row_number() over (partition by organisation_id order by created_at, capture_id) as number
  from epcis.capture where captured > 0)
update epcis.capture c set number = n.number, recorded_at = c.created_at
from numbered n where n.organisation_id = c.organisation_id and n.capture_id = c.capture_id;
create unique index on epcis.capture (organisation_id, number);
