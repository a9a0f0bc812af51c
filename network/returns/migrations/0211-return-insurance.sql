-- Freight of the way back, insured for one order: bought once, claimed once.
create table returns.insurance (
  organisation_id text not null,
  insurance_id text not null,
  client_platform_id text,
  order_id text not null,
  insurer text not null,
  bought_by text not null check (bought_by in ('buyer', 'seller')),
  premium jsonb not null,
  bands jsonb not null,
  state text not null check (state in ('active', 'claimed')),
  bought_at timestamptz not null,
  primary key (organisation_id, insurance_id),
  unique (organisation_id, order_id)
);
comment on table returns.insurance is '@group organisation organisation_id';
alter table returns.insurance enable row level security;
alter table returns.insurance force row level security;
create policy acts_for on returns.insurance
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

create table returns.insurance_claim (
  organisation_id text not null,
  claim_id text not null,
  insurance_id text not null,
  return_id text not null,
  amount jsonb not null,
  state text not null check (state in ('reported', 'accepted', 'paid')),
  reported_at timestamptz not null,
  primary key (organisation_id, claim_id),
  unique (organisation_id, insurance_id),
  unique (organisation_id, return_id),
  foreign key (organisation_id, insurance_id) references returns.insurance,
  foreign key (organisation_id, return_id) references returns.return_case
);
comment on table returns.insurance_claim is '@group organisation organisation_id';
create index on returns.insurance_claim (return_id);
alter table returns.insurance_claim enable row level security;
alter table returns.insurance_claim force row level security;
create policy acts_for on returns.insurance_claim
  using (platform.acts_for(organisation_id) or exists (
    select from returns.return_case c
    where c.organisation_id = insurance_claim.organisation_id and c.return_id = insurance_claim.return_id
      and c.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));
