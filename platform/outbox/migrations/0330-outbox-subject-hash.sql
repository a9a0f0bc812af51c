-- The numbering asks for all that waits of a subject, never in the order of an index: a hash finds it and costs an event
-- two thirds less than a tree of subjects.
drop index platform.outbox_organisation_subject_id_subject_sequence_idx;
drop index platform.outbox_parcel_subject_id_subject_sequence_idx;
create index on platform.outbox_organisation using hash (subject_id) where position is null;
create index on platform.outbox_parcel using hash (subject_id) where position is null;
