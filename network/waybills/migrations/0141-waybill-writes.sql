-- Printing changes the status, which stood in the condition of an index, so that each print wrote all indexes anew. What
-- was neither scanned nor ended is issued or printed; and a page keeps room for the second version of its rows.
drop index waybills.waybill_organisation_id_issued_at_idx;
create index on waybills.waybill (organisation_id, issued_at) where activated_at is null and ended_at is null;
alter table waybills.waybill set (fillfactor = 85);
-- One index for both questions: by number, and by number and carrier.
alter table waybills.directory_entry drop constraint directory_entry_pkey,
  add primary key (bucket, number, carrier_code, epoch);
drop index waybills.directory_entry_bucket_number_idx;
