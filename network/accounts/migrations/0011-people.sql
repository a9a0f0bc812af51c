-- Counts the changes of an organisation: the sequence of its events.
alter table accounts.organisation add column version integer not null default 1;

create table accounts.person (
  organisation_id text not null,
  person_id text not null,
  name text not null,
  email text not null,
  role text not null,
  state text not null check (state in ('active', 'disabled')),
  -- PHC text of argon2id; never answered.
  password_hash text not null,
  version integer not null default 1,
  joined_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organisation_id, person_id)
);
comment on table accounts.person is '@group organisation organisation_id';
create index on accounts.person (person_id);
alter table accounts.person enable row level security;
alter table accounts.person force row level security;
create policy acts_for on accounts.person using (platform.acts_for(organisation_id));

create table accounts.invitation (
  organisation_id text not null,
  invitation_id text not null,
  -- SHA-256 of the token, which is answered once and stored nowhere.
  token_hash bytea not null,
  email text not null,
  role text not null,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  person_id text,
  primary key (organisation_id, invitation_id)
);
comment on table accounts.invitation is '@group organisation organisation_id';
create index on accounts.invitation (token_hash);
create index on accounts.invitation (invitation_id);
alter table accounts.invitation enable row level security;
alter table accounts.invitation force row level security;
create policy acts_for on accounts.invitation using (platform.acts_for(organisation_id));

-- One e-mail, one person of the world, whatever the organisation: a key of an organisation's group cannot say that.
-- It holds no e-mail, only the SHA-256 of its lower-case form.
create table accounts.email_claim (
  email_key text primary key,
  organisation_id text not null,
  person_id text not null
);
comment on table accounts.email_claim is '@group reference';
create index on accounts.invitation (invited_by) where accepted_at is null and revoked_at is null;
