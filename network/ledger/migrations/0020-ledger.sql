create schema ledger;
grant usage on schema ledger to postroad_app;

-- The only rows of the ledger that are locked: accounts with a floor. One per organisation and currency.
create table ledger.wallet (
  organisation_id text not null,
  wallet_id text not null,
  currency text not null,
  -- The book that the clearing account of this wallet faces: the operator's.
  clears_with text not null,
  balance_minor bigint not null default 0,
  held_minor bigint not null default 0,
  credit_limit_minor bigint not null default 0,
  -- Number of transfers of this wallet so far; gives each its place in the history.
  sequence bigint not null default 0,
  version bigint not null default 1,
  last_posted_at timestamptz not null,
  arrears_since timestamptz,
  opened_at timestamptz not null,
  primary key (organisation_id, wallet_id),
  unique (organisation_id, currency),
  constraint wallet_holds_not_negative check (held_minor >= 0),
  constraint wallet_limit_not_negative check (credit_limit_minor >= 0),
  constraint wallet_floor check (balance_minor - held_minor + credit_limit_minor >= 0)
);
comment on table ledger.wallet is '@group organisation organisation_id';
create index on ledger.wallet (wallet_id);

create table ledger.transfer (
  organisation_id text not null,
  -- Derived from the cause, so that a re-run finds it there.
  transfer_id text not null,
  debit_account text not null,
  credit_account text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  kind text not null,
  cause_kind text not null check (cause_kind <> ''),
  cause_id text not null check (cause_id <> ''),
  subject_kind text,
  subject_id text,
  evidence text,
  detail jsonb,
  -- A transfer that touches a clearing account names the other book and the account that its mirror touches there.
  counterpart_id text,
  counter_account text,
  mirror_of text,
  wallet_id text,
  wallet_sequence bigint,
  wallet_balance_minor bigint,
  value_date date,
  posted_at timestamptz not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (organisation_id, transfer_id),
  unique (organisation_id, wallet_id, wallet_sequence),
  check (debit_account <> credit_account),
  check ((wallet_id is null) = (wallet_sequence is null)),
  check ((wallet_id is null) = (wallet_balance_minor is null)),
  check ((counterpart_id is null) = (debit_account not like 'clearing/%' and credit_account not like 'clearing/%')),
  check (split_part(debit_account, '/', 2) = currency and split_part(credit_account, '/', 2) = currency)
);
comment on table ledger.transfer is '@group organisation organisation_id';
create index on ledger.transfer (organisation_id, transaction_id);
create index on ledger.transfer (transaction_id);
create index on ledger.transfer (organisation_id, cause_kind, cause_id);
create index on ledger.transfer (organisation_id, wallet_id, posted_at) where wallet_id is not null;
revoke update, delete on ledger.transfer from postroad_app;

-- Balance of an account without a floor: what was committed below `horizon`; the rest is read from the transfers.
create table ledger.account_snapshot (
  organisation_id text not null,
  account text not null,
  balance_minor bigint not null,
  horizon xid8 not null,
  taken_at timestamptz not null,
  primary key (organisation_id, account)
);
comment on table ledger.account_snapshot is '@group organisation organisation_id';

create table ledger.hold_set (
  organisation_id text not null,
  hold_set_id text not null,
  reference_kind text not null,
  reference_id text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  payers jsonb not null,
  state text not null check (state in ('held', 'posted', 'voided', 'expired')),
  version bigint not null default 1,
  placed_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  primary key (organisation_id, hold_set_id)
);
comment on table ledger.hold_set is '@group organisation organisation_id';

create table ledger.hold (
  organisation_id text not null,
  hold_id text not null,
  -- The organisation whose business the hold set is; it may be another than the payer.
  set_organisation_id text not null,
  hold_set_id text not null,
  wallet_id text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  state text not null check (state in ('held', 'posted', 'voided', 'expired')),
  primary key (organisation_id, hold_id),
  foreign key (organisation_id, wallet_id) references ledger.wallet
);
comment on table ledger.hold is '@group organisation organisation_id';
create index on ledger.hold (organisation_id, wallet_id) where state = 'held';

create table ledger.charge (
  organisation_id text not null,
  charge_id text not null,
  reference_kind text not null,
  reference_id text not null,
  hold_set_id text,
  currency text not null,
  total_minor bigint not null check (total_minor >= 0),
  refunded_minor bigint not null default 0,
  lines jsonb not null,
  payers jsonb not null,
  evidence text,
  version bigint not null default 1,
  charged_at timestamptz not null,
  primary key (organisation_id, charge_id),
  check (refunded_minor between 0 and total_minor)
);
comment on table ledger.charge is '@group organisation organisation_id';

-- What one payer owes of one charge; `lines` holds its part of every line and what came back of it.
create table ledger.charge_share (
  organisation_id text not null,
  charge_id text not null,
  charge_organisation_id text not null,
  subject_kind text not null,
  subject_id text not null,
  wallet_id text not null,
  role text not null,
  due_minor bigint not null check (due_minor >= 0),
  outstanding_minor bigint not null check (outstanding_minor >= 0),
  refunded_minor bigint not null default 0,
  lines jsonb not null,
  state text not null check (state in ('paid', 'retrying', 'arrears')),
  attempts integer not null default 0,
  settlements integer not null default 0,
  charged_at timestamptz not null,
  primary key (organisation_id, charge_id),
  foreign key (organisation_id, wallet_id) references ledger.wallet,
  check (refunded_minor between 0 and due_minor),
  check (outstanding_minor <= due_minor),
  check ((state = 'paid') = (outstanding_minor = 0))
);
comment on table ledger.charge_share is '@group organisation organisation_id';
create index on ledger.charge_share (organisation_id, wallet_id, charged_at) where outstanding_minor > 0;

create table ledger.refund (
  organisation_id text not null,
  refund_id text not null,
  charge_id text not null,
  reason_kind text not null,
  reason_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- False when the caller asked for the rest of the charge.
  amount_was_given boolean not null,
  evidence text,
  refunded_at timestamptz not null,
  primary key (organisation_id, refund_id),
  foreign key (organisation_id, charge_id) references ledger.charge
);
comment on table ledger.refund is '@group organisation organisation_id';
revoke update, delete on ledger.refund from postroad_app;

create table ledger.top_up (
  organisation_id text not null,
  top_up_id text not null,
  wallet_id text not null,
  provider text not null,
  payment_reference text not null,
  currency text not null,
  requested_minor bigint not null check (requested_minor > 0),
  received_minor bigint,
  value_date date,
  bank_reference text,
  state text not null check (state in ('requested', 'awaiting_second_confirmation', 'confirmed')),
  first_confirmed_by text,
  second_confirmed_by text,
  requested_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (organisation_id, top_up_id),
  foreign key (organisation_id, wallet_id) references ledger.wallet
);
comment on table ledger.top_up is '@group organisation organisation_id';
create index on ledger.top_up (top_up_id);

-- In the book of the operator that owns the bank account: a movement on it is believed once.
create table ledger.bank_receipt (
  organisation_id text not null,
  bank_reference text not null,
  top_up_organisation_id text not null,
  top_up_id text not null,
  received_at timestamptz not null,
  primary key (organisation_id, bank_reference)
);
comment on table ledger.bank_receipt is '@group organisation organisation_id';
revoke update, delete on ledger.bank_receipt from postroad_app;

create table ledger.conversion (
  organisation_id text not null,
  conversion_id text not null,
  reference_kind text not null,
  reference_id text not null,
  from_currency text not null,
  from_minor bigint not null check (from_minor > 0),
  to_currency text not null,
  to_minor bigint not null check (to_minor > 0),
  rate_id text not null,
  -- In minor units of to_currency: the worth at the market rate less what the wallet got.
  gain_minor bigint not null,
  converted_at timestamptz not null,
  primary key (organisation_id, conversion_id)
);
comment on table ledger.conversion is '@group organisation organisation_id';
revoke update, delete on ledger.conversion from postroad_app;

create table ledger.exchange_rate (
  rate_id text primary key,
  from_currency text not null,
  to_currency text not null,
  -- Units of to_currency for 100,000,000 units of from_currency (major units, eight decimals).
  rate_e8 bigint not null check (rate_e8 > 0),
  market_rate_e8 bigint not null check (market_rate_e8 > 0),
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  source text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  check (valid_from < valid_until),
  check (from_currency <> to_currency)
);
comment on table ledger.exchange_rate is '@group reference';
create index on ledger.exchange_rate (from_currency, to_currency, valid_from);
revoke update, delete on ledger.exchange_rate from postroad_app;

-- Cash that a collector took at a door, in the collector's book.
create table ledger.cod_collection (
  organisation_id text not null,
  collection_id text not null,
  reference_kind text not null,
  reference_id text not null,
  merchant_id text not null,
  clears_with text not null,
  currency text not null,
  due_minor bigint not null check (due_minor > 0),
  collected_minor bigint not null default 0 check (collected_minor >= 0),
  remitted_minor bigint not null default 0 check (remitted_minor >= 0),
  fee_minor bigint not null check (fee_minor >= 0),
  fee_tax_minor bigint not null default 0 check (fee_tax_minor >= 0),
  remittance_reference text,
  state text not null check (state in ('collected', 'remitted', 'reconciled')),
  version bigint not null default 1,
  collected_at timestamptz,
  remitted_at timestamptz,
  reconciled_at timestamptz,
  primary key (organisation_id, collection_id)
);
comment on table ledger.cod_collection is '@group organisation organisation_id';
create index on ledger.cod_collection (organisation_id, currency) where state <> 'reconciled';

do $$
declare name text;
begin
  foreach name in array array['wallet', 'transfer', 'account_snapshot', 'hold_set', 'hold', 'charge', 'charge_share', 'refund',
    'top_up', 'bank_receipt', 'conversion', 'cod_collection']
  loop
    execute format('alter table ledger.%I enable row level security', name);
    execute format('alter table ledger.%I force row level security', name);
    execute format('create policy acts_for on ledger.%I using (platform.acts_for(organisation_id))', name);
  end loop;
end $$;
