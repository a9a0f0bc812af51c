create table waybills.routing_rule_set (
  carrier_code text not null,
  version integer not null,
  active_from timestamptz not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  rule_count integer not null,
  primary key (carrier_code, version)
);
comment on table waybills.routing_rule_set is '@group reference';

create table waybills.routing_rule (
  carrier_code text not null,
  version integer not null,
  rule_id text not null,
  country text not null,
  division text,
  city text,
  town text,
  postcode_prefix text,
  sort_mark text not null,
  consolidation_name text,
  consolidation_code text,
  route_code text,
  primary key (carrier_code, version, rule_id),
  foreign key (carrier_code, version) references waybills.routing_rule_set
);
comment on table waybills.routing_rule is '@group reference';

-- What the operator decided for one area, remembered before any rule.
create table waybills.routing_history (
  carrier_code text not null,
  area_key text not null,
  routing jsonb not null,
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (carrier_code, area_key)
);
comment on table waybills.routing_history is '@group reference';

create table waybills.routing_queue (
  organisation_id text not null,
  waybill_id text not null,
  carrier_code text not null,
  number text not null,
  reason text not null,
  candidates text[] not null,
  area jsonb,
  queued_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  primary key (organisation_id, waybill_id),
  foreign key (organisation_id, waybill_id) references waybills.waybill
);
comment on table waybills.routing_queue is '@group organisation organisation_id';
create index on waybills.routing_queue (waybill_id) where resolved_at is null;
alter table waybills.routing_queue enable row level security;
alter table waybills.routing_queue force row level security;
create policy acts_for on waybills.routing_queue using (platform.acts_for(organisation_id));
