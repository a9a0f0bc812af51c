create schema epcis;
grant usage on schema epcis to postroad_app;

-- A document that was handed in, and what became of it.
create table epcis.capture (
  organisation_id text not null,
  capture_id text not null,
  -- As whom it was brought: decides whose word its scans are.
  reporter jsonb not null,
  -- What a fault in one event does to the others.
  error_behaviour text not null check (error_behaviour in ('rollback', 'proceed')),
  -- The document until it was worked through.
  document jsonb,
  event_count integer not null,
  -- Events of the document that were stored by this capture, and those that were there already.
  captured integer not null default 0,
  duplicates integer not null default 0,
  errors jsonb not null default '[]',
  -- What became of its events as scans: counts, and the first that were refused.
  scans jsonb not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (organisation_id, capture_id)
);
comment on table epcis.capture is '@group organisation organisation_id';
create index on epcis.capture (capture_id);
alter table epcis.capture enable row level security;
alter table epcis.capture force row level security;
create policy acts_for on epcis.capture using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));

-- One event as it was sent. Names in canonical form (GS1 web URIs) stand beside it for queries.
create table epcis.event (
  organisation_id text not null,
  event_id text not null,
  -- True for the declaration that the event of this id was wrong.
  declares_error boolean not null,
  capture_id text not null,
  -- Position in its document.
  position integer not null,
  hash_id text not null,
  event_type text not null,
  event_time timestamptz not null,
  record_time timestamptz not null,
  action text,
  biz_step text,
  disposition text,
  read_point text,
  biz_location text,
  parent_id text,
  -- Of epcList and childEPCs; of every list.
  epcs text[] not null,
  any_epcs text[] not null,
  -- Namespaces of user extensions.
  context jsonb not null,
  event jsonb not null,
  primary key (organisation_id, event_id, declares_error)
);
comment on table epcis.event is '@group organisation organisation_id';
create index on epcis.event (organisation_id, event_time, event_id);
create index on epcis.event (organisation_id, record_time, event_id);
create index on epcis.event (organisation_id, capture_id, position);
create index on epcis.event using gin (any_epcs);
alter table epcis.event enable row level security;
alter table epcis.event force row level security;
create policy acts_for on epcis.event using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));
revoke update, delete on epcis.event from postroad_app;
