create schema remittances;
grant usage on schema remittances to postroad_app;

-- Who announced parcels that were paid for at a counter. Its row is the lock under which lines get their place and
-- statements close.
create table remittances.account (
  organisation_id text primary key,
  line_sequence bigint not null,
  opened_at timestamptz not null
);
comment on table remittances.account is '@group organisation organisation_id';

-- Goods that were paid for, parcel by parcel. A line is never changed: `reverses` names the one that an undone hand-out
-- takes back. Only the statement that took it in is written later.
create table remittances.line (
  organisation_id text not null,
  line_id text not null,
  sequence bigint not null,
  kind text not null check (kind in ('collected', 'undone')),
  shelf_parcel_id text not null,
  number text not null,
  network_id text not null,
  point_id text not null,
  event_id text not null,
  paid_by text not null check (paid_by in ('cash', 'card')),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  rules_version_id text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0 and (amount_minor > 0) = (kind = 'collected')),
  fee_minor bigint not null check (abs(fee_minor) <= abs(amount_minor)),
  reverses text check ((reverses is null) = (kind = 'collected')),
  statement_id text,
  primary key (organisation_id, line_id),
  unique (organisation_id, sequence),
  unique (organisation_id, reverses)
);
comment on table remittances.line is '@group organisation organisation_id';
create index on remittances.line (organisation_id, currency, occurred_at) where statement_id is null;
create index on remittances.line (organisation_id, shelf_parcel_id);
create index on remittances.line (organisation_id, statement_id, sequence);
revoke update, delete on remittances.line from postroad_app;
grant update (statement_id) on remittances.line to postroad_app;

-- One calendar week of an announcer in one currency. `opening_minor`: what the weeks before left owed, never above 0.
create table remittances.statement (
  organisation_id text not null,
  statement_id text not null,
  currency text not null,
  week date not null,
  zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  lines integer not null check (lines >= 0),
  late_lines integer not null check (late_lines between 0 and lines),
  opening_minor bigint not null check (opening_minor <= 0),
  collected_minor bigint not null,
  fees_minor bigint not null,
  closing_minor bigint not null check (closing_minor = opening_minor + collected_minor - fees_minor),
  payout_minor bigint not null check (payout_minor = greatest(closing_minor, 0)),
  state text not null check (state in ('carried_over', 'payout_instructed', 'paid')),
  bank_reference text,
  value_date date,
  closed_at timestamptz not null,
  paid_at timestamptz,
  primary key (organisation_id, statement_id),
  unique (organisation_id, currency, week)
);
comment on table remittances.statement is '@group organisation organisation_id';
create index on remittances.statement (statement_id);

do $$
declare name text;
begin
  foreach name in array array['account', 'line', 'statement']
  loop
    execute format('alter table remittances.%I enable row level security', name);
    execute format('alter table remittances.%I force row level security', name);
    execute format('create policy acts_for on remittances.%I using (platform.acts_for(organisation_id))', name);
  end loop;
end $$;
