create schema vault;
grant usage on schema vault to postroad_app;

-- One key per organisation and month seals its parties and blobs; the purpose 'index' is the key of its blind indexes
-- and of its audit chain. Wrapped by a key that is in no database and in no backup.
create table vault.data_key (
  organisation_id text not null,
  purpose text not null check (purpose = 'index' or purpose ~ '^[0-9]{4}-[0-9]{2}$'),
  wrapped bytea not null,
  kek_version smallint not null,
  made_at timestamptz not null,
  primary key (organisation_id, purpose)
);
create index on vault.data_key (kek_version);
comment on table vault.data_key is '@group organisation organisation_id';
revoke update, delete on vault.data_key from postroad_app;
grant update (wrapped, kek_version) on vault.data_key to postroad_app;

create table vault.party (
  organisation_id text not null,
  party_id text not null,
  key_purpose text not null,
  -- Empty after erasure: the reference stays, the person is gone.
  sealed bytea,
  content_index bytea,
  name_index bytea,
  phone_index bytea,
  phone_tail_index bytea,
  email_index bytea,
  stored_at timestamptz not null,
  erased_at timestamptz,
  primary key (organisation_id, party_id),
  check ((sealed is null) = (erased_at is not null)),
  check (erased_at is null or (content_index is null and name_index is null and phone_index is null
    and phone_tail_index is null and email_index is null))
);
-- The same person stored twice in a month is one row.
create unique index on vault.party (organisation_id, key_purpose, content_index) where content_index is not null;
create index on vault.party (party_id);
create index on vault.party (organisation_id, phone_index) where phone_index is not null;
create index on vault.party (organisation_id, phone_tail_index) where phone_tail_index is not null;
create index on vault.party (organisation_id, email_index) where email_index is not null;
create index on vault.party (organisation_id, name_index) where name_index is not null;
comment on table vault.party is '@group organisation organisation_id';
revoke delete on vault.party from postroad_app;

-- Who saw or erased what, and why. Append-only, and each entry's digest covers the one before.
create table vault.audit_entry (
  organisation_id text not null,
  sequence bigint not null,
  audit_id text not null,
  at timestamptz not null,
  action text not null check (action in ('reveal', 'erase')),
  party_id text not null,
  actor_id text not null,
  actor_role text not null,
  actor_organisation_id text not null,
  purpose text not null,
  fields text[] not null,
  digest bytea not null,
  primary key (organisation_id, sequence)
);
create index on vault.audit_entry (organisation_id, party_id, sequence);
create index on vault.audit_entry (actor_id, at);
comment on table vault.audit_entry is '@group organisation organisation_id';
revoke update, delete on vault.audit_entry from postroad_app;

-- Where each chain ends: a chain that was cut short does not end there.
create table vault.audit_head (
  organisation_id text primary key,
  sequence bigint not null,
  digest bytea not null
);
comment on table vault.audit_head is '@group organisation organisation_id';
revoke delete on vault.audit_head from postroad_app;
