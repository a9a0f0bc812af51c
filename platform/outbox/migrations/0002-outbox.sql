-- Events leave through these tables only. One per colocation group, so that a command commits inside its group.
create table platform.outbox_organisation (
  organisation_id text not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  subject_sequence bigint not null,
  audience text[] not null,
  occurred_at timestamptz not null,
  payload jsonb not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  position bigint,
  primary key (organisation_id, event_id)
);
create index on platform.outbox_organisation (transaction_id, event_id) where position is null;
create index on platform.outbox_organisation (subject_id, subject_sequence) where position is null;
create index on platform.outbox_organisation (position) where position is not null;
comment on table platform.outbox_organisation is '@group organisation organisation_id';
alter table platform.outbox_organisation enable row level security;
alter table platform.outbox_organisation force row level security;
create policy acts_for on platform.outbox_organisation using (platform.acts_for(organisation_id));

create table platform.outbox_parcel (
  bucket smallint not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  subject_sequence bigint not null,
  audience text[] not null,
  occurred_at timestamptz not null,
  payload jsonb not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  position bigint,
  primary key (bucket, event_id)
);
create index on platform.outbox_parcel (transaction_id, event_id) where position is null;
create index on platform.outbox_parcel (subject_id, subject_sequence) where position is null;
create index on platform.outbox_parcel (position) where position is not null;
comment on table platform.outbox_parcel is '@group parcel bucket';

-- The last number the relay gave. One row; only the relay writes it.
create table platform.relay (
  singleton boolean primary key default true check (singleton),
  position bigint not null default 0
);
insert into platform.relay default values;
comment on table platform.relay is '@group local';

create table platform.consumer (
  name text primary key,
  position bigint not null,
  failures integer not null default 0,
  retry_after timestamptz,
  -- Wall-clock time of the database when a program last named this consumer.
  seen_at timestamptz not null default clock_timestamp()
);
comment on table platform.consumer is '@group local';

create table platform.dead_letter (
  consumer text not null,
  position bigint not null,
  event_id text not null,
  type text not null,
  failure text not null,
  dead_at timestamptz not null,
  primary key (consumer, position)
);
comment on table platform.dead_letter is '@group local';
