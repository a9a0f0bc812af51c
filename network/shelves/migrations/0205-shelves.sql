create schema shelves;
grant usage on schema shelves to postroad_app;

-- Parcels that are on their way to a point, wait there for their recipients, or have left it.
create table shelves.parcel (
  organisation_id text not null,
  shelf_parcel_id text not null,
  point_id text not null,
  version bigint not null,
  state text not null
    check (state in ('announced', 'stored', 'handed_out', 'exception', 'returning', 'returned', 'cancelled')),
  number text not null,
  carrier_code text,
  parcel_id text,
  -- Whose vault holds the recipient.
  announced_by text not null,
  client_platform_id text,
  recipient_ref text,
  consent jsonb,
  reservation_id text,
  size text not null check (size in ('s', 'm', 'l')),
  place text,
  -- Opens nothing but this parcel, at its counter, until it is handed out; it stands in no event.
  code text,
  wrong_tries smallint not null default 0 check (wrong_tries between 0 and 5),
  stored_at timestamptz,
  free_until timestamptz,
  return_at timestamptz,
  is_extended boolean not null default false,
  rung smallint not null default 0,
  handed_out_at timestamptz,
  handed_out_by text,
  storage_fee jsonb,
  exception text,
  reason text,
  notices smallint not null default 0,
  notice_day date,
  notices_of_day smallint not null default 0,
  lease_device text,
  lease_until timestamptz,
  announced_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, shelf_parcel_id),
  -- Domain reference 11 (9): nothing lies at a point without a consent.
  check (consent is not null or state in ('announced', 'cancelled')),
  check ((state in ('stored', 'exception')) = (code is not null))
);
comment on table shelves.parcel is '@group organisation organisation_id';
create index on shelves.parcel (shelf_parcel_id);
create index on shelves.parcel (organisation_id, point_id, state, shelf_parcel_id);
create index on shelves.parcel (announced_by, shelf_parcel_id);
create index on shelves.parcel (client_platform_id, shelf_parcel_id) where client_platform_id is not null;
create index on shelves.parcel (parcel_id) where parcel_id is not null;
create index on shelves.parcel (number);
-- A number lies at one place, and is on its way to one.
create unique index on shelves.parcel (organisation_id, number)
  where state in ('announced', 'stored', 'exception', 'returning');
-- A code opens one parcel.
create unique index on shelves.parcel (organisation_id, point_id, code) where state in ('stored', 'exception');
alter table shelves.parcel enable row level security;
alter table shelves.parcel force row level security;
create policy acts_for on shelves.parcel
  using (platform.acts_for(organisation_id) or announced_by = current_setting('postroad.organisation', true)
    or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- What happened to each, in order; nothing is ever taken away.
create table shelves.step (
  organisation_id text not null,
  shelf_parcel_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  detail jsonb,
  by_caller text not null,
  device_id text,
  -- What a device called it: the same action counts once.
  client_id text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, shelf_parcel_id, version),
  foreign key (organisation_id, shelf_parcel_id) references shelves.parcel
);
comment on table shelves.step is '@group organisation organisation_id @append-only';
alter table shelves.step enable row level security;
alter table shelves.step force row level security;
create policy acts_for on shelves.step using (platform.acts_for(organisation_id));
revoke update, delete on shelves.step from postroad_app;

-- Sequences of codes that were given. `free_from` is null while a parcel has it, then the end of its rest.
create table shelves.code (
  organisation_id text not null,
  point_id text not null,
  scope text not null,
  sequence bigint not null,
  shelf_parcel_id text not null,
  issued_at timestamptz not null,
  free_from timestamptz,
  primary key (organisation_id, point_id, scope, sequence)
);
comment on table shelves.code is '@group organisation organisation_id';
create index on shelves.code (organisation_id, shelf_parcel_id);
create index on shelves.code (organisation_id, point_id, scope, issued_at desc);
alter table shelves.code enable row level security;
alter table shelves.code force row level security;
create policy acts_for on shelves.code using (platform.acts_for(organisation_id));

-- How a point writes its codes; a point without a row writes as its kind does.
create table shelves.code_scheme (
  organisation_id text not null,
  point_id text not null,
  scheme jsonb not null,
  changed_at timestamptz not null,
  primary key (organisation_id, point_id)
);
comment on table shelves.code_scheme is '@group organisation organisation_id';
alter table shelves.code_scheme enable row level security;
alter table shelves.code_scheme force row level security;
create policy acts_for on shelves.code_scheme using (platform.acts_for(organisation_id));

-- Friends who may collect for a recipient: a hash of what they show.
create table shelves.friend (
  organisation_id text not null,
  friend_id text not null,
  shelf_parcel_id text not null,
  token_hash bytea not null,
  state text not null check (state in ('active', 'revoked', 'used')),
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, friend_id),
  foreign key (organisation_id, shelf_parcel_id) references shelves.parcel
);
comment on table shelves.friend is '@group organisation organisation_id';
create index on shelves.friend (organisation_id, shelf_parcel_id);
alter table shelves.friend enable row level security;
alter table shelves.friend force row level security;
create policy acts_for on shelves.friend using (platform.acts_for(organisation_id));

-- What devices recorded without a network: each action once, with what became of it.
create table shelves.device_action (
  organisation_id text not null,
  point_id text not null,
  device_id text not null,
  client_id text not null,
  kind text not null,
  number text not null,
  shelf_parcel_id text,
  digest bytea not null,
  outcome text not null check (outcome in ('done', 'conflict')),
  conflict text,
  detail jsonb not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  primary key (organisation_id, device_id, client_id)
);
comment on table shelves.device_action is '@group organisation organisation_id';
create index on shelves.device_action (organisation_id, point_id, received_at) where outcome = 'conflict';
alter table shelves.device_action enable row level security;
alter table shelves.device_action force row level security;
create policy acts_for on shelves.device_action using (platform.acts_for(organisation_id));
