-- What the fold remembers beside the official timeline, so that the newest scan of a parcel is judged without the ones
-- before it. Null: the history has to be read, as for parcels that were folded before there was this column.
alter table tracking.parcel add column fold_state jsonb;
