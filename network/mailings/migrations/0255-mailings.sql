create schema mailings;
grant usage on schema mailings to postroad_app;

-- Parcels that persons send, from the order to the delivery. References, codes and coarse places; who sends to whom is
-- in the vault.
create table mailings.mailing (
  organisation_id text not null,
  mailing_id text not null,
  object_id text not null,
  version bigint not null,
  placed_by text not null check (placed_by in ('person', 'app', 'counter')),
  state text not null check (state in ('placed', 'accepted', 'in_transit', 'delivered', 'returned', 'lost', 'closed')),
  due_at timestamptz,
  state_detail jsonb not null,
  sender_ref text not null,
  recipient_ref text not null,
  from_place jsonb not null,
  to_place jsonb not null,
  goods jsonb not null,
  declared jsonb not null,
  quoted jsonb not null,
  ceiling jsonb not null,
  payment text not null check (payment in ('counter', 'wallet')),
  hold_set_id text,
  rulebook_version_id text not null,
  handover jsonb,
  sealed_code bytea,
  code_expires_at timestamptz,
  intake jsonb,
  number text,
  parcel jsonb,
  -- Network of the point that is to have the parcel, has it or had it: its people go on with it.
  point_organisation_id text,
  point_id text,
  placed_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, mailing_id),
  unique (organisation_id, object_id)
);
comment on table mailings.mailing is '@group organisation organisation_id';
create index on mailings.mailing (mailing_id);
create index on mailings.mailing (organisation_id, state, mailing_id);
create index on mailings.mailing (organisation_id, sender_ref) where state = 'placed';
create index on mailings.mailing (number) where number is not null;
create index on mailings.mailing (point_organisation_id, point_id, state, mailing_id) where point_organisation_id is not null;
create index on mailings.mailing ((handover ->> 'carrierId'), mailing_id)
  where handover ->> 'method' = 'door' and state = 'placed';
alter table mailings.mailing enable row level security;
alter table mailings.mailing force row level security;
create policy acts_for on mailings.mailing
  using (platform.acts_for(organisation_id) or point_organisation_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- What happened to a mailing; never rewritten.
create table mailings.step (
  organisation_id text not null,
  mailing_id text not null,
  position integer not null,
  fact text not null,
  state text not null,
  party text not null,
  by_caller text not null,
  reason text,
  occurred_at timestamptz not null,
  primary key (organisation_id, mailing_id, position),
  foreign key (organisation_id, mailing_id) references mailings.mailing
);
comment on table mailings.step is '@group organisation organisation_id @append-only';
revoke update, delete on mailings.step from postroad_app;

-- Opens one mailing to the person who ordered it without an account.
create table mailings.portal_link (
  organisation_id text not null,
  token_hash bytea not null,
  mailing_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, token_hash)
);
comment on table mailings.portal_link is '@group organisation organisation_id';
create index on mailings.portal_link (token_hash);
create index on mailings.portal_link (expires_at);

-- A code that was read right opens its mailing to the counter for a while.
create table mailings.counter_visit (
  organisation_id text not null,
  mailing_id text not null,
  point_organisation_id text not null,
  -- Absent: at the sender's door.
  point_id text,
  by_caller text not null,
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (organisation_id, mailing_id, point_organisation_id),
  foreign key (organisation_id, mailing_id) references mailings.mailing
);
comment on table mailings.counter_visit is '@group organisation organisation_id';

-- Wrong codes of a clerk within an hour.
create table mailings.code_try (
  organisation_id text not null,
  clerk_id text not null,
  point_id text not null,
  started_at timestamptz not null,
  wrong integer not null,
  primary key (organisation_id, clerk_id, point_id)
);
comment on table mailings.code_try is '@group organisation organisation_id';

do $$
declare name text;
begin
  foreach name in array array['step', 'portal_link', 'code_try']
  loop
    execute format('alter table mailings.%I enable row level security', name);
    execute format('alter table mailings.%I force row level security', name);
    execute format('create policy acts_for on mailings.%I using (platform.acts_for(organisation_id)) '
      'with check (platform.acts_for(organisation_id))', name);
  end loop;
end $$;
alter table mailings.counter_visit enable row level security;
alter table mailings.counter_visit force row level security;
create policy acts_for on mailings.counter_visit
  using (platform.acts_for(organisation_id) or point_organisation_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- From a keyed digest of a code to its mailing, for the counters of all networks. Unique among all that may be shown.
create table mailings.code (
  code_index bytea primary key,
  organisation_id text not null,
  mailing_id text not null,
  expires_at timestamptz not null
);
comment on table mailings.code is '@group reference';
create index on mailings.code (mailing_id);

-- The key under which codes are looked up and signed, wrapped by the key ring. One row.
create table mailings.code_key (
  key_id smallint primary key check (key_id = 1),
  wrapped bytea not null
);
comment on table mailings.code_key is '@group reference';
