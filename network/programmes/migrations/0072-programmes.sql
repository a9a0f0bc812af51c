create schema programmes;
grant usage on schema programmes to postroad_app;

-- What a marketplace pays for its merchants. `spent_minor` counts what is promised or paid; it never passes the budget.
create table programmes.programme (
  organisation_id text not null,
  programme_id text not null,
  name text not null,
  line_codes text[] not null,
  service_classes text[] not null,
  destinations text[] not null,
  share_basis_points integer not null check (share_basis_points between 1 and 10000),
  currency text not null,
  max_per_parcel_minor bigint check (max_per_parcel_minor > 0),
  budget_minor bigint not null check (budget_minor >= 0),
  spent_minor bigint not null default 0 check (spent_minor >= 0 and spent_minor <= budget_minor),
  valid_from timestamptz not null,
  valid_to timestamptz,
  opened_by text not null,
  opened_at timestamptz not null,
  primary key (organisation_id, programme_id),
  check (valid_to is null or valid_to >= valid_from)
);
comment on table programmes.programme is '@group organisation organisation_id';
alter table programmes.programme enable row level security;
alter table programmes.programme force row level security;
create policy acts_for on programmes.programme using (platform.acts_for(organisation_id));

-- One shipment that a programme pays for. `reserved` at purchase, then `settled` by the charge or `released`.
create table programmes.programme_use (
  organisation_id text not null,
  shipment_id text not null,
  programme_id text not null,
  merchant_id text not null,
  reserved_minor bigint not null check (reserved_minor >= 0),
  used_minor bigint not null check (used_minor >= 0 and used_minor <= reserved_minor),
  state text not null check (state in ('reserved', 'settled', 'released')),
  reserved_at timestamptz not null,
  closed_at timestamptz,
  primary key (organisation_id, shipment_id),
  foreign key (organisation_id, programme_id) references programmes.programme
);
comment on table programmes.programme_use is '@group organisation organisation_id';
create index on programmes.programme_use (organisation_id, programme_id, shipment_id);
create index on programmes.programme_use (shipment_id);
alter table programmes.programme_use enable row level security;
alter table programmes.programme_use force row level security;
create policy acts_for on programmes.programme_use using (platform.acts_for(organisation_id));
