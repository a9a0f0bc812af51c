create table waybills.waybill (
  organisation_id text not null,
  waybill_id text not null,
  carrier_code text not null,
  number text not null,
  epoch integer not null,
  segment_organisation_id text not null,
  segment_id text not null,
  serial bigint not null,
  object_id text not null,
  package_id text,
  order_refs text[] not null,
  parent_number text,
  piece_index smallint not null,
  piece_count smallint not null,
  shipment_ref text,
  parcel_ref text,
  sender_ref text,
  recipient_ref text,
  from_area jsonb,
  to_area jsonb,
  product_code text,
  services text[] not null,
  weight_grams integer,
  remark text,
  routing jsonb,
  status text not null,
  print_count integer not null default 0,
  version integer not null,
  issued_at timestamptz not null,
  updated_at timestamptz not null,
  last_printed_at timestamptz,
  activated_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, waybill_id),
  -- Same (client, object_id), same number.
  unique (organisation_id, object_id)
);
comment on table waybills.waybill is '@group organisation organisation_id';
-- Leads with the segment, so that gaps are found without a scan; across organisations the directory guards.
create unique index on waybills.waybill (segment_id, serial, organisation_id);
create index on waybills.waybill (organisation_id, number);
create index on waybills.waybill (organisation_id, shipment_ref) where shipment_ref is not null;
create index on waybills.waybill (organisation_id, parent_number) where parent_number is not null;
create index on waybills.waybill (organisation_id, issued_at) where status in ('issued', 'printed');
create index on waybills.waybill (waybill_id);
alter table waybills.waybill enable row level security;
alter table waybills.waybill force row level security;
create policy acts_for on waybills.waybill using (platform.acts_for(organisation_id));

-- Same (orders, package, carrier) within 24 hours, same number unless cancelled.
create table waybills.package_claim (
  organisation_id text not null,
  package_key text not null,
  waybill_id text not null,
  claimed_at timestamptz not null,
  primary key (organisation_id, package_key)
);
comment on table waybills.package_claim is '@group organisation organisation_id';
create index on waybills.package_claim (organisation_id, waybill_id);
alter table waybills.package_claim enable row level security;
alter table waybills.package_claim force row level security;
create policy acts_for on waybills.package_claim using (platform.acts_for(organisation_id));

-- From a number to what it was on: carriers recycle, so the answer depends on the instant. Valid [from, to).
create table waybills.directory_entry (
  bucket smallint not null,
  carrier_code text not null,
  number text not null,
  epoch integer not null,
  organisation_id text not null,
  waybill_id text not null,
  parcel_ref text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (bucket, carrier_code, number, epoch)
);
create index on waybills.directory_entry (bucket, number);
comment on table waybills.directory_entry is '@group parcel bucket';
