create schema polling;
grant usage on schema polling to postroad_app;

-- How one organisation asks one carrier, and how that does.
create table polling.credential (
  organisation_id text not null,
  credential_id text not null,
  connector text not null,
  label text not null,
  -- The operator's: it serves numbers of all who have no credential of their own.
  serves_network boolean not null,
  -- What the carrier granted, where that is more or less than it grants everybody.
  requests_per_day integer check (requests_per_day > 0),
  -- Instead of the carrier's own address: development and tests only.
  base_url text,
  sealed bytea not null,
  wrapped_key bytea not null,
  created_at timestamptz not null,
  error_streak integer not null default 0,
  resume_at timestamptz,
  last_outcome text,
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  -- Token bucket: full again then; the next request may go then.
  bucket_full_at timestamptz not null,
  next_request_at timestamptz not null,
  lease_token text,
  lease_until timestamptz,
  primary key (organisation_id, credential_id),
  unique (organisation_id, connector)
);
comment on table polling.credential is '@group organisation organisation_id';
comment on column polling.credential.resume_at is 'time of this world, as all others but lease_until';
comment on column polling.credential.lease_until is 'wall-clock time of the database, whatever the world''s clock says';
create index on polling.credential (credential_id);
alter table polling.credential enable row level security;
alter table polling.credential force row level security;
create policy acts_for on polling.credential using (platform.acts_for(organisation_id));

-- Numbers that somebody wants to hear of, and when their carrier is asked next.
create table polling.polled_number (
  organisation_id text not null,
  number text not null,
  carrier_code text not null,
  polled_number_id text not null,
  wanted_at timestamptz not null,
  next_poll_at timestamptz not null,
  -- What the carrier last said: its status in our words, the instant of its newest scan, when it last had news.
  status text not null,
  newest_scan_at timestamptz,
  changed_at timestamptz,
  quiet_polls integer not null default 0,
  polls integer not null default 0,
  last_poll_at timestamptz,
  last_result text,
  end_reason text,
  ended_at timestamptz,
  lease_token text,
  lease_until timestamptz,
  primary key (organisation_id, number, carrier_code),
  check ((end_reason is null) = (ended_at is null))
);
comment on table polling.polled_number is '@group organisation organisation_id';
comment on column polling.polled_number.lease_until is 'wall-clock time of the database, whatever the world''s clock says';
create index on polling.polled_number (polled_number_id);
create index on polling.polled_number (organisation_id, polled_number_id);
create index on polling.polled_number (carrier_code, next_poll_at) where end_reason is null;
alter table polling.polled_number enable row level security;
alter table polling.polled_number force row level security;
create policy acts_for on polling.polled_number using (platform.acts_for(organisation_id));

-- An address that a carrier pushes to, and what came.
create table polling.push_subscription (
  organisation_id text not null,
  push_subscription_id text not null,
  connector text not null,
  label text not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  created_at timestamptz not null,
  accepted bigint not null default 0,
  unreadable bigint not null default 0,
  -- Without a proof, or with a wrong or old one: counted, and nothing else of them is kept.
  refused bigint not null default 0,
  last_push_at timestamptz,
  last_refused_at timestamptz,
  last_verdict text,
  primary key (organisation_id, push_subscription_id)
);
comment on table polling.push_subscription is '@group organisation organisation_id';
create index on polling.push_subscription (push_subscription_id);
alter table polling.push_subscription enable row level security;
alter table polling.push_subscription force row level security;
create policy acts_for on polling.push_subscription using (platform.acts_for(organisation_id));
