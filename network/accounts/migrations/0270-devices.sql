-- What people of point networks log in with: a key pair whose private half never leaves the device (RFC 9449). Times are
-- the wall clock's, as those of sessions.
create table accounts.device (
  organisation_id text not null,
  device_id text not null,
  -- RFC 7638, SHA-256, base64url.
  thumbprint text not null,
  public_x text not null,
  public_y text not null,
  name text,
  registered_at timestamptz not null,
  last_log_in_at timestamptz not null,
  last_person_id text not null,
  blocked_at timestamptz,
  block_reason text,
  version integer not null default 1,
  primary key (organisation_id, device_id),
  unique (organisation_id, thumbprint),
  foreign key (organisation_id, last_person_id) references accounts.person (organisation_id, person_id),
  check ((blocked_at is null) = (block_reason is null))
);
comment on table accounts.device is '@group organisation organisation_id';
create index on accounts.device (device_id);
alter table accounts.device enable row level security;
alter table accounts.device force row level security;
create policy acts_for on accounts.device using (platform.acts_for(organisation_id));

-- Null: of a role that works without a device of its own.
alter table accounts.session add column device_id text;
alter table accounts.session add foreign key (organisation_id, device_id) references accounts.device (organisation_id, device_id);
create index on accounts.session (organisation_id, device_id) where device_id is not null;

-- Which roles of an organisation log in with a device of their own; without a row what the program says.
create table accounts.device_policy (
  organisation_id text primary key,
  bound_roles text[] not null,
  changed_at timestamptz not null,
  changed_by text not null
);
comment on table accounts.device_policy is '@group organisation organisation_id';
alter table accounts.device_policy enable row level security;
alter table accounts.device_policy force row level security;
create policy acts_for on accounts.device_policy using (platform.acts_for(organisation_id));
