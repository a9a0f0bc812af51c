-- Cash that couriers took at the door, once for each shipment. What the carrier owes for it stands in the ledger.
create table deliveries.cash (
  organisation_id text not null,
  shipment_id text not null,
  delivery_id text not null,
  run_id text,
  courier_id text,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  collected_at timestamptz not null,
  primary key (organisation_id, shipment_id)
);
comment on table deliveries.cash is '@group organisation organisation_id';
create index on deliveries.cash (organisation_id, run_id);
revoke update, delete on deliveries.cash from postroad_app;
alter table deliveries.cash enable row level security;
alter table deliveries.cash force row level security;
create policy acts_for on deliveries.cash using (platform.acts_for(organisation_id));

-- What a courier handed in at the depot for a run.
create table deliveries.cash_hand_in (
  organisation_id text not null,
  hand_in_id text not null,
  run_id text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  by_caller text not null,
  received_at timestamptz not null,
  primary key (organisation_id, hand_in_id)
);
comment on table deliveries.cash_hand_in is '@group organisation organisation_id';
create index on deliveries.cash_hand_in (organisation_id, run_id);
revoke update, delete on deliveries.cash_hand_in from postroad_app;
alter table deliveries.cash_hand_in enable row level security;
alter table deliveries.cash_hand_in force row level security;
create policy acts_for on deliveries.cash_hand_in using (platform.acts_for(organisation_id));
