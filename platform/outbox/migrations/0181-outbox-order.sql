-- Ids of events grow with time: behind them new entries of the index lie at its end, behind the bucket anywhere.
alter table platform.outbox_parcel
  drop constraint outbox_parcel_pkey,
  alter column payload type json,
  add primary key (event_id, bucket);
alter table platform.outbox_organisation alter column payload type json;
