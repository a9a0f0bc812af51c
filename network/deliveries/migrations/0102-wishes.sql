-- What the recipient of a shipment wants at the door, in the book of the carrier that comes to it.
create table deliveries.wish (
  organisation_id text not null,
  shipment_id text not null,
  safe_place text[] not null default '{}',
  consent_id text,
  after_attempts text check (after_attempts in ('hold_for_pickup', 'as_agreed')),
  pin_hash text,
  pin_required boolean not null default false,
  pin_wrong_tries smallint not null default 0,
  version bigint not null,
  changed_at timestamptz not null,
  primary key (organisation_id, shipment_id)
);
comment on table deliveries.wish is '@group organisation organisation_id';
alter table deliveries.wish enable row level security;
alter table deliveries.wish force row level security;
create policy acts_for on deliveries.wish using (platform.acts_for(organisation_id));

-- Consents and their withdrawals, as they were given; never rewritten.
create table deliveries.consent (
  organisation_id text not null,
  consent_id text not null,
  shipment_id text not null,
  safe_place text[] not null,
  after_attempts text,
  given_by text not null check (given_by in ('recipient', 'recipient_through_merchant')),
  given_at timestamptz not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, consent_id)
);
comment on table deliveries.consent is '@group organisation organisation_id';
create index on deliveries.consent (organisation_id, shipment_id);
revoke update, delete on deliveries.consent from postroad_app;
alter table deliveries.consent enable row level security;
alter table deliveries.consent force row level security;
create policy acts_for on deliveries.consent using (platform.acts_for(organisation_id));
