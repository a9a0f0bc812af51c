-- Words of one merchant's penalties are heard in any order: how often its points had changed tells which is the last. One
-- that lifts a suspension is kept as well, so that an earlier one does not impose it again.
alter table external.suspension alter column suspended_until drop not null,
  add column changes integer not null default 0;
