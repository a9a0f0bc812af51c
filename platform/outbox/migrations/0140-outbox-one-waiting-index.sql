-- What waits for its number is found by subject; a second index of the same rows was written and never read.
drop index platform.outbox_organisation_transaction_id_event_id_idx;
drop index platform.outbox_parcel_transaction_id_event_id_idx;
