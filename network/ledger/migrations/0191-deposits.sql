-- Money that an organisation leaves with the operator as a security. What was deducted when it was given back stays there.
create table ledger.deposit (
  organisation_id text not null,
  deposit_id text not null,
  wallet_id text not null,
  clears_with text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  deducted_minor bigint check (deducted_minor between 0 and amount_minor),
  reference_kind text not null,
  reference_id text not null,
  taken_at timestamptz not null,
  returned_at timestamptz,
  primary key (organisation_id, deposit_id),
  check ((deducted_minor is null) = (returned_at is null))
);
comment on table ledger.deposit is '@group organisation organisation_id';
create index on ledger.deposit (organisation_id, reference_kind, reference_id);
alter table ledger.deposit enable row level security;
alter table ledger.deposit force row level security;
create policy acts_for on ledger.deposit using (platform.acts_for(organisation_id));
