create schema waybills;
grant usage on schema waybills to postroad_app;

-- organisation_id is the holder of the stock: a merchant, or 'network' for the pool of a carrier.
create table waybills.number_segment (
  organisation_id text not null,
  segment_id text not null,
  carrier_code text not null,
  prefix text not null,
  suffix text not null,
  digits smallint not null,
  from_serial bigint not null,
  to_serial bigint not null,
  check_rule text not null,
  check_covers text not null,
  epoch integer not null,
  low_water_percent smallint not null,
  rest_days integer not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  closed_at timestamptz,
  -- The first serial that no block holds; to_serial + 1 when all are leased.
  next_serial bigint not null,
  last_leased_at timestamptz,
  low_announced_at timestamptz,
  exhausted_at timestamptz,
  -- Numbers of closed blocks that were never issued.
  lost bigint not null default 0,
  primary key (organisation_id, segment_id),
  check (from_serial <= to_serial and next_serial between from_serial and to_serial + 1)
);
comment on table waybills.number_segment is '@group organisation organisation_id';
create index on waybills.number_segment (carrier_code, organisation_id, loaded_at);
create index on waybills.number_segment (segment_id);
alter table waybills.number_segment enable row level security;
alter table waybills.number_segment force row level security;
create policy acts_for on waybills.number_segment using (platform.acts_for(organisation_id));

create table waybills.number_block (
  organisation_id text not null,
  segment_id text not null,
  from_serial bigint not null,
  to_serial bigint not null,
  leased_at timestamptz not null,
  burned_at timestamptz,
  closed_at timestamptz,
  lost bigint not null default 0,
  primary key (organisation_id, segment_id, from_serial),
  foreign key (organisation_id, segment_id) references waybills.number_segment
);
comment on table waybills.number_block is '@group organisation organisation_id';
alter table waybills.number_block enable row level security;
alter table waybills.number_block force row level security;
create policy acts_for on waybills.number_block using (platform.acts_for(organisation_id));

-- Counters, written only by the reaction that folds the waybill events: no command waits for this row.
create table waybills.segment_count (
  organisation_id text not null,
  segment_id text not null,
  used bigint not null default 0,
  cancelled bigint not null default 0,
  printed bigint not null default 0,
  expired bigint not null default 0,
  last_event_at timestamptz not null,
  primary key (organisation_id, segment_id)
);
comment on table waybills.segment_count is '@group organisation organisation_id';
alter table waybills.segment_count enable row level security;
alter table waybills.segment_count force row level security;
create policy acts_for on waybills.segment_count using (platform.acts_for(organisation_id));

create table waybills.restore_confirmation (
  confirmation_id text primary key,
  confirmed_at timestamptz not null,
  confirmed_by text not null,
  identity text not null,
  moved jsonb not null
);
comment on table waybills.restore_confirmation is '@group local';
revoke update, delete on waybills.restore_confirmation from postroad_app;
