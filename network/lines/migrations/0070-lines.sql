create schema lines;
grant usage on schema lines to postroad_app;

-- A line's code, locked while its versions change. Never deleted; `ended_at` is when it ceased to be offered.
create table lines.line (
  line_code text primary key,
  opened_at timestamptz not null,
  ended_at timestamptz
);
comment on table lines.line is '@group reference';

-- The line as it was at a time: from `valid_from` to just before `valid_to`. Documents never change; a version that
-- was replaced before it began has an empty period.
create table lines.line_version (
  line_code text not null references lines.line,
  version integer not null,
  document jsonb not null,
  digest text not null,
  author text not null,
  note text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  recorded_at timestamptz not null,
  primary key (line_code, version)
);
comment on table lines.line_version is '@group reference';
create index on lines.line_version (line_code, valid_from);
revoke update, delete on lines.line_version from postroad_app;
grant update (valid_to) on lines.line_version to postroad_app;
