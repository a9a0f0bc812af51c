-- Times of this file are the wall clock's in both worlds: people and attackers do not live in the test world's time.
create table accounts.session (
  organisation_id text not null,
  session_id text not null,
  person_id text not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organisation_id, session_id),
  foreign key (organisation_id, person_id) references accounts.person (organisation_id, person_id)
);
comment on table accounts.session is '@group organisation organisation_id';
create index on accounts.session (token_hash);
create index on accounts.session (session_id);
create index on accounts.session (organisation_id, person_id) where revoked_at is null;
alter table accounts.session enable row level security;
alter table accounts.session force row level security;
create policy acts_for on accounts.session using (platform.acts_for(organisation_id));

-- Log-ins that failed or are under way, by SHA-256 of the account (known or not) and the peer's network. Rows die
-- after a day, so that no address is kept.
create table accounts.log_in_attempt (
  attempt_key text primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
comment on table accounts.log_in_attempt is '@group local';
create index on accounts.log_in_attempt (last_at);
