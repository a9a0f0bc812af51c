-- What came from each source in each hour, for the health of sources. Counted in the processes and added every few
-- seconds: a crash loses as much.
create table tracking.source_hour (
  source text not null,
  hour timestamptz not null,
  -- New ones; duplicates and refused lines stand apart.
  scans bigint not null,
  unmapped bigint not null,
  duplicates bigint not null,
  refused bigint not null,
  -- How many scans were how late: one number for each step of source-health.policy.ts.
  lags bigint[] not null,
  last_received_at timestamptz not null,
  primary key (source, hour)
);
comment on table tracking.source_hour is '@group local';
create index on tracking.source_hour (hour);
