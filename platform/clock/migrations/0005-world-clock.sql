-- The test world's clock. An empty table means: the wall clock.
create table platform.world_clock (
  singleton boolean primary key default true check (singleton),
  at timestamptz not null,
  running boolean not null,
  set_at timestamptz not null
);
comment on table platform.world_clock is '@group local';
