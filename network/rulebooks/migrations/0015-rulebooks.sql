create schema rulebooks;
grant usage on schema rulebooks to postroad_app;

-- organisation_id is the client platform whose own staff edits the book, or 'network' for those of the operator.
create table rulebooks.rulebook (
  organisation_id text not null,
  rulebook_id text not null,
  kind text not null,
  opened_at timestamptz not null,
  primary key (organisation_id, rulebook_id),
  unique (organisation_id, kind)
);
create index on rulebooks.rulebook (rulebook_id);
comment on table rulebooks.rulebook is '@group organisation organisation_id';
revoke update, delete on rulebooks.rulebook from postroad_app;

create table rulebooks.rulebook_version (
  organisation_id text not null,
  rulebook_version_id text not null,
  rulebook_id text not null,
  kind text not null,
  number integer not null,
  document jsonb not null,
  digest bytea not null,
  author text not null,
  note text not null,
  drafted_at timestamptz not null,
  state text not null check (state in ('draft', 'tested', 'active', 'retired')),
  -- In force from (inclusive) to (exclusive); both empty while it never was.
  valid_from timestamptz,
  valid_to timestamptz,
  revision integer not null,
  primary key (organisation_id, rulebook_version_id),
  unique (organisation_id, rulebook_id, number),
  foreign key (organisation_id, rulebook_id) references rulebooks.rulebook (organisation_id, rulebook_id),
  check (valid_to is null or valid_from <= valid_to),
  check (state <> 'active' or valid_from is not null)
);
create index on rulebooks.rulebook_version (rulebook_version_id);
create index on rulebooks.rulebook_version (organisation_id, kind, valid_from) where valid_from is not null;
comment on table rulebooks.rulebook_version is '@group organisation organisation_id';
-- What was written stays as it was written: only the life of a version may change.
revoke update, delete on rulebooks.rulebook_version from postroad_app;
grant update (state, valid_from, valid_to, revision) on rulebooks.rulebook_version to postroad_app;

-- Every test run and dry run, as evidence of what was known before an activation.
create table rulebooks.trial (
  organisation_id text not null,
  trial_id text not null,
  rulebook_version_id text not null,
  kind text not null check (kind in ('tests', 'dry_run')),
  tried_at timestamptz not null,
  tried_by text not null,
  result jsonb not null,
  primary key (organisation_id, trial_id),
  foreign key (organisation_id, rulebook_version_id)
    references rulebooks.rulebook_version (organisation_id, rulebook_version_id)
);
comment on table rulebooks.trial is '@group organisation organisation_id';
revoke update, delete on rulebooks.trial from postroad_app;
