create schema offers;
grant usage on schema offers to postroad_app;

-- What was asked; each offer of its answer points to it. Coarse geography only.
create table offers.offer_request (
  organisation_id text not null,
  request_id text not null,
  client_platform_id text,
  request jsonb not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, request_id)
);
comment on table offers.offer_request is '@group organisation organisation_id';
create index on offers.offer_request (expires_at);
create index on offers.offer_request (asked_at);
alter table offers.offer_request enable row level security;
alter table offers.offer_request force row level security;
-- A marketplace reads what its merchants asked, for dry runs of its policy.
create policy acts_for on offers.offer_request
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

create table offers.offer (
  organisation_id text not null,
  offer_id text not null,
  request_id text not null,
  line_code text not null,
  offer jsonb not null,
  -- What the carrier will charge us: never shown to a buyer of the line.
  buying jsonb,
  used_by text,
  primary key (organisation_id, offer_id),
  foreign key (organisation_id, request_id) references offers.offer_request on delete cascade
);
comment on table offers.offer is '@group organisation organisation_id';
create index on offers.offer (organisation_id, request_id);
alter table offers.offer enable row level security;
alter table offers.offer force row level security;
create policy acts_for on offers.offer using (platform.acts_for(organisation_id));
