create schema queries;
grant usage on schema queries to postroad_app;

-- A query of EPCIS events that has a name.
create table queries.named_query (
  organisation_id text not null,
  name text not null,
  -- In the names of the standard, as it was given.
  query jsonb not null,
  created_at timestamptz not null,
  primary key (organisation_id, name)
);
comment on table queries.named_query is '@group organisation organisation_id';
alter table queries.named_query enable row level security;
alter table queries.named_query force row level security;
create policy acts_for on queries.named_query using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));

-- Somebody who wants the results of a named query sent.
create table queries.subscription (
  organisation_id text not null,
  subscription_id text not null,
  query_name text not null,
  -- Of the room that sends.
  webhook_endpoint_id text not null,
  dest text not null,
  -- Null: whenever events are captured.
  schedule jsonb,
  report_if_empty boolean not null,
  initial_record_time timestamptz not null,
  -- Up to this place of what was captured everything was looked at.
  after_number bigint not null,
  after_position integer not null,
  -- Documents that were handed over to be sent.
  documents bigint not null default 0,
  last_run_at timestamptz,
  last_notified_at timestamptz,
  created_at timestamptz not null,
  primary key (organisation_id, subscription_id),
  foreign key (organisation_id, query_name) references queries.named_query on delete cascade
);
comment on table queries.subscription is '@group organisation organisation_id';
create index on queries.subscription (organisation_id, query_name, subscription_id);
alter table queries.subscription enable row level security;
alter table queries.subscription force row level security;
create policy acts_for on queries.subscription using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));
