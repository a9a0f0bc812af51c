create schema accounts;
grant usage on schema accounts to postroad_app;

create table accounts.organisation (
  organisation_id text primary key,
  kind text not null,
  name text not null,
  country text not null,
  client_platform_id text,
  carrier_code text,
  opened_at timestamptz not null
);
comment on table accounts.organisation is '@group organisation organisation_id';
create index on accounts.organisation (client_platform_id) where client_platform_id is not null;
create index on accounts.organisation (carrier_code) where carrier_code is not null;
alter table accounts.organisation enable row level security;
alter table accounts.organisation force row level security;
create policy acts_for on accounts.organisation
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true));

create table accounts.api_key (
  organisation_id text not null,
  api_key_id text not null,
  -- The public part of the key: where authentication finds the row. Unique by its 80 random bits.
  lookup text not null,
  secret_hash bytea not null,
  role text not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, api_key_id)
);
comment on table accounts.api_key is '@group organisation organisation_id';
create index on accounts.api_key (lookup);
alter table accounts.api_key enable row level security;
alter table accounts.api_key force row level security;
create policy acts_for on accounts.api_key using (platform.acts_for(organisation_id));
