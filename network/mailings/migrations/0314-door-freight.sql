-- What couriers took at doors, in the book of their carrier: once for a mailing, and once more when it is given back.
create table mailings.door_freight (
  organisation_id text not null,
  line_id text not null,
  mailing_id text not null,
  kind text not null check (kind in ('taken', 'given_back')),
  courier_id text,
  number text,
  -- In the zone of the carrier's country.
  day date not null,
  occurred_at timestamptz not null,
  paid_by text check (paid_by in ('cash', 'card')),
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0 and (amount_minor > 0) = (kind = 'taken')),
  primary key (organisation_id, mailing_id, kind),
  unique (organisation_id, line_id)
);
comment on table mailings.door_freight is '@group organisation organisation_id @append-only';
create index on mailings.door_freight (organisation_id, day, courier_id);
revoke update, delete on mailings.door_freight from postroad_app;
alter table mailings.door_freight enable row level security;
alter table mailings.door_freight force row level security;
create policy acts_for on mailings.door_freight using (platform.acts_for(organisation_id));
