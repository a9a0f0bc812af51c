-- Keys begin with the id, whose first characters are the time of birth: what is touched together lies together, however
-- many parcels there ever were. Behind the bucket every scan would read and write a page of its own.
-- The owner of the tables is held to the policies as well.
select set_config('postroad.organisation', '*', true);

alter table tracking.scan
  drop constraint scan_pkey,
  -- 16 bytes instead of 33; the same 32 hex digits.
  alter column scan_id type uuid using scan_id::uuid,
  -- Written once and read whole: kept as the text that it came as.
  alter column place type json,
  alter column correction type json,
  add primary key (parcel_id, scan_id, bucket);

drop index tracking.parcel_parcel_id_idx;
alter table tracking.parcel
  drop constraint parcel_pkey,
  add primary key (parcel_id, bucket),
  alter column timeline type json,
  alter column fold_state type json,
  -- Told by the timeline, and nobody looks for parcels by them.
  drop column substatus,
  drop column terminal,
  drop column action_required,
  drop column first_scan_at,
  drop column delivered_at,
  -- When the newest scan happened, whoever brought it: one that happened later cannot be there yet. Null before the first.
  add column newest_scan_at timestamptz,
  -- A parcel's row is written once for each scan: with room in its page its indexes are not.
  set (fillfactor = 50);
update tracking.parcel p set newest_scan_at = s.newest
from (select bucket, parcel_id, max(occurred_at) as newest from tracking.scan group by bucket, parcel_id) s
where p.bucket = s.bucket and p.parcel_id = s.parcel_id;

alter table tracking.motion drop constraint motion_pkey, add primary key (parcel_id, bucket), set (fillfactor = 60);
