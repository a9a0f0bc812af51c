-- The key of the digests that blocked phones and addresses are kept as, wrapped by the key ring. One row.
create table points.block_key (
  key_id smallint primary key check (key_id = 1),
  wrapped bytea not null
);
comment on table points.block_key is '@group reference';
