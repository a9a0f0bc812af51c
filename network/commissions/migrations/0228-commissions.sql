create schema commissions;
grant usage on schema commissions to postroad_app;

-- A point network whose work is paid for. Its row is the lock under which lines get their place and statements close.
create table commissions.account (
  organisation_id text primary key,
  line_sequence bigint not null,
  opened_at timestamptz not null
);
comment on table commissions.account is '@group organisation organisation_id';

-- How often a rule counted in a calendar month of the network; undone ones are taken off again.
create table commissions.month_count (
  organisation_id text not null,
  rule text not null,
  month text not null,
  count integer not null check (count >= 0),
  primary key (organisation_id, rule, month)
);
comment on table commissions.month_count is '@group organisation organisation_id';

-- What was earned and owed, line by line. A line is never changed: `reverses` names the one that a counter line takes
-- back. Only the statement that took it in is written later.
create table commissions.line (
  organisation_id text not null,
  line_id text not null,
  sequence bigint not null,
  kind text not null check (kind in ('accrual', 'counter', 'deduction', 'deduction_returned')),
  rule text not null,
  event_id text not null,
  event_type text not null,
  point_id text not null,
  country text not null,
  subject_kind text not null,
  subject_id text not null,
  occurred_at timestamptz not null,
  accrued_at timestamptz not null,
  rules_version_id text not null,
  currency text not null,
  amount_minor bigint not null,
  outlet_minor bigint not null,
  inputs jsonb not null,
  reverses text,
  statement_id text,
  primary key (organisation_id, line_id),
  unique (organisation_id, sequence),
  unique (organisation_id, reverses)
);
comment on table commissions.line is '@group organisation organisation_id';
create index on commissions.line (organisation_id, currency, occurred_at) where statement_id is null;
create index on commissions.line (organisation_id, subject_id);
create index on commissions.line (organisation_id, statement_id, sequence);
revoke update, delete on commissions.line from postroad_app;
grant update (statement_id) on commissions.line to postroad_app;

-- One calendar week of a network in one currency. `opening_minor`: what the weeks before left unpaid, never above 0.
create table commissions.statement (
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
  earned_minor bigint not null,
  owed_minor bigint not null,
  closing_minor bigint not null check (closing_minor = opening_minor + earned_minor + owed_minor),
  payout_minor bigint not null check (payout_minor = greatest(closing_minor, 0)),
  state text not null check (state in ('carried_over', 'payout_instructed', 'paid')),
  bank_reference text,
  value_date date,
  closed_at timestamptz not null,
  paid_at timestamptz,
  primary key (organisation_id, statement_id),
  unique (organisation_id, currency, week)
);
comment on table commissions.statement is '@group organisation organisation_id';
create index on commissions.statement (statement_id);

-- Money taken from a network for a reason. What people say about it is sealed in its data key.
create table commissions.deduction (
  organisation_id text not null,
  deduction_id text not null,
  version bigint not null,
  point_id text not null,
  country text not null,
  reason text not null check (reason in ('late_handover', 'lost', 'complaint_upheld', 'wrong_hand_out')),
  subject_kind text not null,
  subject_id text not null,
  occurred_at timestamptz not null,
  rules_version_id text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  state text not null check (state in ('imposed', 'appealed', 'upheld', 'overturned')),
  sealed_evidence bytea,
  sealed_appeal bytea,
  sealed_decision bytea,
  imposed_by text not null,
  decided_by text,
  imposed_at timestamptz not null,
  appeal_until timestamptz not null,
  appealed_at timestamptz,
  decided_at timestamptz,
  primary key (organisation_id, deduction_id),
  unique (organisation_id, reason, subject_kind, subject_id)
);
comment on table commissions.deduction is '@group organisation organisation_id';
create index on commissions.deduction (deduction_id);

do $$
declare name text;
begin
  foreach name in array array['account', 'month_count', 'line', 'statement', 'deduction']
  loop
    execute format('alter table commissions.%I enable row level security', name);
    execute format('alter table commissions.%I force row level security', name);
    execute format('create policy acts_for on commissions.%I using (platform.acts_for(organisation_id))', name);
  end loop;
end $$;
