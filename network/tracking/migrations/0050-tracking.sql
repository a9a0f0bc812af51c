create schema tracking;
grant usage on schema tracking to postroad_app;

-- From a number to the parcel it was on: carriers share and recycle numbers. Valid [valid_from, valid_to), open
-- where null. Generations count per number over all carriers, so that two writers of one number always meet.
create table tracking.directory (
  bucket smallint not null,
  number text not null,
  generation integer not null,
  -- Empty while nobody said whose number it is.
  carrier_code text not null,
  valid_from timestamptz,
  valid_to timestamptz,
  parcel_id text not null,
  -- Minted by a scan: the order was not known.
  provisional boolean not null,
  primary key (bucket, number, generation)
);
comment on table tracking.directory is '@group parcel bucket';
create index on tracking.directory (parcel_id);

create table tracking.parcel (
  bucket smallint not null,
  parcel_id text not null,
  -- The number that the parcel is known by: its own waybill's, else the one that minted it.
  number text not null,
  carrier_code text,
  -- Who may read it, by the part each has; all empty for a parcel without an order.
  organisation_id text,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  shipment_id text,
  -- Country and city only.
  destination jsonb,
  promise jsonb,
  merged_into text,
  -- Grows by one per event of the parcel, at least by one per change of the timeline.
  version bigint not null default 0,
  status text not null default 'not_found',
  substatus text,
  terminal boolean not null default false,
  action_required text not null default 'none',
  first_scan_at timestamptz,
  last_scan_at timestamptz,
  delivered_at timestamptz,
  -- The official state without its entries, which are the scans themselves.
  timeline jsonb not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (bucket, parcel_id)
) with (fillfactor = 70);
comment on table tracking.parcel is '@group parcel bucket';
create index on tracking.parcel (parcel_id);
create index on tracking.parcel (organisation_id, parcel_id) where organisation_id is not null;
create index on tracking.parcel (client_platform_id, parcel_id) where client_platform_id is not null;
create index on tracking.parcel (carrier_id, parcel_id) where carrier_id is not null;
create index on tracking.parcel (warehouse_id, parcel_id) where warehouse_id is not null;
alter table tracking.parcel enable row level security;
alter table tracking.parcel force row level security;
-- The second wall: the network, and those who have a part in the parcel. One without an order belongs to nobody.
create policy acts_for on tracking.parcel using (
  current_setting('postroad.organisation', true) = '*' or organisation_id is null
  or current_setting('postroad.organisation', true) in (organisation_id, client_platform_id, carrier_id, warehouse_id));

-- What was reported, as it was reported. No personal data: texts are short, operator and proof are references.
create table tracking.scan (
  bucket smallint not null,
  parcel_id text not null,
  -- Hash of the content (scan-identity.ts); the same observation twice is one row.
  scan_id text not null,
  source text not null,
  source_kind text not null,
  recognised boolean not null,
  reporter_kind text not null,
  reporter_id text,
  number text not null,
  code text not null,
  text text check (length(text) <= 500),
  milestone text not null,
  substatus text,
  occurred_at timestamptz not null,
  local_time text,
  zone text,
  zone_confidence text not null,
  received_at timestamptz not null,
  place jsonb,
  operator_ref text check (length(operator_ref) <= 64),
  proof_ref text check (length(proof_ref) <= 100),
  correction jsonb,
  synthetic boolean not null,
  primary key (bucket, parcel_id, scan_id)
);
comment on table tracking.scan is '@group parcel bucket';
create index on tracking.scan (scan_id);
revoke update, delete on tracking.scan from postroad_app;

-- A buyer's access to one parcel without log-in; the token itself is never stored.
create table tracking.link (
  bucket smallint not null,
  link_id text not null,
  parcel_id text not null,
  token_hash bytea not null,
  created_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (bucket, link_id)
);
comment on table tracking.link is '@group parcel bucket';
create index on tracking.link (token_hash);
create index on tracking.link (parcel_id) where revoked_at is null;
