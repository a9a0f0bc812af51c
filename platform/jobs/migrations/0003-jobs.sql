create table platform.job (
  id text primary key,
  kind text not null,
  -- Two jobs of one kind never share a key: scheduling again changes nothing.
  key text not null,
  run_at timestamptz not null,
  payload jsonb not null,
  attempts integer not null default 0,
  lease_token text,
  lease_until timestamptz,
  dead_at timestamptz,
  failure text,
  unique (kind, key)
);
create index on platform.job (run_at) where dead_at is null;
comment on table platform.job is '@group local';
comment on column platform.job.run_at is 'time of this world';
comment on column platform.job.lease_until is 'wall-clock time of the database, whatever the world''s clock says';
