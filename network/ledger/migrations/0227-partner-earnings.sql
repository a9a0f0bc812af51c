-- What a partner earns and owes, once per reference: the cause of its transfers. Positive: earned; negative: owed.
create table ledger.partner_entry (
  organisation_id text not null,
  entry_id text not null,
  clears_with text not null,
  reference_kind text not null,
  reference_id text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  counter_kind text not null check (counter_kind in ('partner_cost', 'income')),
  recorded_at timestamptz not null,
  primary key (organisation_id, entry_id)
);
comment on table ledger.partner_entry is '@group organisation organisation_id';
revoke update, delete on ledger.partner_entry from postroad_app;
alter table ledger.partner_entry enable row level security;
alter table ledger.partner_entry force row level security;
create policy acts_for on ledger.partner_entry using (platform.acts_for(organisation_id));

-- What the operator is to pay a partner out of its earnings, once per reference.
create table ledger.payout (
  organisation_id text not null,
  payout_id text not null,
  clears_with text not null,
  reference_kind text not null,
  reference_id text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  state text not null check (state in ('instructed', 'paid')),
  bank_reference text,
  value_date date,
  instructed_at timestamptz not null,
  paid_at timestamptz,
  primary key (organisation_id, payout_id),
  unique (organisation_id, bank_reference),
  check ((state = 'paid') = (bank_reference is not null))
);
comment on table ledger.payout is '@group organisation organisation_id';
alter table ledger.payout enable row level security;
alter table ledger.payout force row level security;
create policy acts_for on ledger.payout using (platform.acts_for(organisation_id));
