create schema notices;
grant usage on schema notices to postroad_app;

-- The feed: what one organisation may read of the outbox, in the outbox's order.
create table notices.organisation_event (
  organisation_id text not null,
  -- Number that the relay gave; rows become visible in its order because one reaction writes them.
  position bigint not null,
  event_id text not null,
  -- Name outside, such as shipment.purchased.
  type text not null,
  subject_id text not null,
  sequence bigint not null,
  occurred_at timestamptz not null,
  -- In the names of the wire, stripped to the event's schema.
  data jsonb not null,
  primary key (organisation_id, position)
);
comment on table notices.organisation_event is '@group organisation organisation_id';
create index on notices.organisation_event (position);
create index on notices.organisation_event (occurred_at);
alter table notices.organisation_event enable row level security;
alter table notices.organisation_event force row level security;
create policy acts_for on notices.organisation_event using (platform.acts_for(organisation_id));
revoke update on notices.organisation_event from postroad_app;

-- Up to where the feed was cleared: a cursor before it would miss events without a word.
create table notices.feed_floor (
  organisation_id text primary key,
  position bigint not null
);
comment on table notices.feed_floor is '@group organisation organisation_id';
alter table notices.feed_floor enable row level security;
alter table notices.feed_floor force row level security;
create policy acts_for on notices.feed_floor using (platform.acts_for(organisation_id));

create table notices.webhook_endpoint (
  organisation_id text not null,
  webhook_endpoint_id text not null,
  url text not null,
  description text not null,
  -- Public names or prefixes such as shipment.*; empty: all.
  event_types text[] not null,
  state text not null check (state in ('enabled', 'disabled')),
  disabled_reason text,
  disabled_at timestamptz,
  -- The cursor: every event of the feed up to here has a delivery or was filtered out.
  position bigint not null,
  -- Up to here the owner asked to have events sent again.
  replay_until bigint not null default 0,
  failing_since timestamptz,
  -- Failing or slow: served by workers of its own, so that it takes no time from the others.
  is_slow boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null,
  primary key (organisation_id, webhook_endpoint_id)
);
comment on table notices.webhook_endpoint is '@group organisation organisation_id';
create index on notices.webhook_endpoint (webhook_endpoint_id);
alter table notices.webhook_endpoint enable row level security;
alter table notices.webhook_endpoint force row level security;
create policy acts_for on notices.webhook_endpoint using (platform.acts_for(organisation_id));

create table notices.webhook_secret (
  organisation_id text not null,
  webhook_endpoint_id text not null,
  number integer not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (organisation_id, webhook_endpoint_id, number),
  foreign key (organisation_id, webhook_endpoint_id) references notices.webhook_endpoint on delete cascade
);
comment on table notices.webhook_secret is '@group organisation organisation_id';
alter table notices.webhook_secret enable row level security;
alter table notices.webhook_secret force row level security;
create policy acts_for on notices.webhook_secret using (platform.acts_for(organisation_id));

create table notices.webhook_delivery (
  organisation_id text not null,
  webhook_delivery_id text not null,
  webhook_endpoint_id text not null,
  position bigint not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  sequence bigint not null,
  occurred_at timestamptz not null,
  -- Only of a test, which is not in the feed.
  data jsonb,
  origin text not null check (origin in ('event', 'replay', 'test')),
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  lease_token text,
  lease_until timestamptz,
  primary key (organisation_id, webhook_delivery_id),
  foreign key (organisation_id, webhook_endpoint_id) references notices.webhook_endpoint on delete cascade
);
comment on table notices.webhook_delivery is '@group organisation organisation_id';
comment on column notices.webhook_delivery.next_attempt_at is 'time of this world';
comment on column notices.webhook_delivery.lease_until is 'wall-clock time of the database, whatever the world''s clock says';
create index on notices.webhook_delivery (organisation_id, webhook_endpoint_id, position, webhook_delivery_id) where state = 'pending';
create index on notices.webhook_delivery (organisation_id, webhook_endpoint_id, subject_id, position) where state = 'pending';
create index on notices.webhook_delivery (organisation_id, webhook_endpoint_id, webhook_delivery_id);
create index on notices.webhook_delivery (webhook_delivery_id);
create index on notices.webhook_delivery (created_at);
alter table notices.webhook_delivery enable row level security;
alter table notices.webhook_delivery force row level security;
create policy acts_for on notices.webhook_delivery using (platform.acts_for(organisation_id));

create table notices.webhook_attempt (
  organisation_id text not null,
  webhook_delivery_id text not null,
  number integer not null,
  attempted_at timestamptz not null,
  duration_ms integer not null,
  -- HTTP status, absent when there was no answer.
  status integer,
  -- Why there was none, such as timeout.
  failure text,
  -- The first 1,000 characters without control characters.
  answer text not null,
  primary key (organisation_id, webhook_delivery_id, number),
  foreign key (organisation_id, webhook_delivery_id) references notices.webhook_delivery on delete cascade
);
comment on table notices.webhook_attempt is '@group organisation organisation_id';
alter table notices.webhook_attempt enable row level security;
alter table notices.webhook_attempt force row level security;
create policy acts_for on notices.webhook_attempt using (platform.acts_for(organisation_id));
revoke update on notices.webhook_attempt from postroad_app;
