create schema authenticity;
grant usage on schema authenticity to postroad_app;

-- Is a declared number genuine? One case per declaration. `facts` is what the last verdict rests on: references, codes
-- and coarse places, so that a verdict can be explained and other rules tried on it.
create table authenticity.verification (
  organisation_id text not null,
  verification_id text not null,
  client_platform_id text,
  external_shipment_id text not null,
  order_id text not null,
  carrier_code text not null,
  number text not null,
  version bigint not null,
  state text not null check (state in ('pending', 'genuine', 'suspected', 'under_review', 'cleared', 'penalised', 'appealed',
    'upheld', 'revoked', 'withdrawn')),
  assessment jsonb not null,
  facts jsonb not null,
  proposed_level text not null,
  rulebook_version_id text not null,
  proofs integer not null check (proofs >= 0),
  settles_at timestamptz,
  proof_due_at timestamptz,
  appeal_due_at timestamptz,
  decided_by text check (decided_by in ('rules', 'marketplace', 'operator')),
  decider_id text,
  level text check (level in ('general', 'serious', 'especially_serious')),
  seen_rules text[] not null,
  declared_at timestamptz not null,
  first_scan_due_at timestamptz not null,
  suspected_at timestamptz,
  review_at timestamptz,
  decided_at timestamptz,
  changed_at timestamptz not null,
  primary key (organisation_id, verification_id),
  unique (organisation_id, external_shipment_id)
);
comment on table authenticity.verification is '@group organisation organisation_id';
create index on authenticity.verification (organisation_id, state, verification_id);
create index on authenticity.verification (client_platform_id, state, verification_id);
create index on authenticity.verification (state, verification_id);
create index on authenticity.verification (verification_id);
create index on authenticity.verification (external_shipment_id);
-- News of a number reaches every case that declares it.
create index on authenticity.verification (number);
create index on authenticity.verification (declared_at);
alter table authenticity.verification enable row level security;
alter table authenticity.verification force row level security;
create policy acts_for on authenticity.verification
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- What happened in a case; never rewritten.
create table authenticity.verification_step (
  organisation_id text not null,
  verification_id text not null,
  position integer not null,
  name text not null,
  by_judge text,
  by_caller text not null,
  reason text,
  occurred_at timestamptz not null,
  primary key (organisation_id, verification_id, position),
  foreign key (organisation_id, verification_id) references authenticity.verification
);
comment on table authenticity.verification_step is '@group organisation organisation_id';
alter table authenticity.verification_step enable row level security;
alter table authenticity.verification_step force row level security;
create policy acts_for on authenticity.verification_step
  using (platform.acts_for(organisation_id) or exists (
    select from authenticity.verification v
    where v.organisation_id = verification_step.organisation_id and v.verification_id = verification_step.verification_id
      and v.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));

-- What the merchant says: proofs and the one appeal. People write names and addresses, so the text is sealed.
create table authenticity.statement (
  organisation_id text not null,
  statement_id text not null,
  verification_id text not null,
  kind text not null check (kind in ('proof', 'appeal')),
  sealed_text bytea not null,
  picture_ids text[] not null,
  by_caller text not null,
  given_at timestamptz not null,
  primary key (organisation_id, statement_id),
  foreign key (organisation_id, verification_id) references authenticity.verification
);
comment on table authenticity.statement is '@group organisation organisation_id';
create index on authenticity.statement (organisation_id, verification_id, statement_id);
alter table authenticity.statement enable row level security;
alter table authenticity.statement force row level security;
create policy acts_for on authenticity.statement
  using (platform.acts_for(organisation_id) or exists (
    select from authenticity.verification v
    where v.organisation_id = statement.organisation_id and v.verification_id = statement.verification_id
      and v.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));

-- Penalty points of merchants. A revoked penalty stays, and counts no more.
create table authenticity.penalty (
  organisation_id text not null,
  penalty_id text not null,
  verification_id text not null,
  client_platform_id text,
  level text not null check (level in ('general', 'serious', 'especially_serious')),
  points integer not null check (points > 0),
  imposed_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organisation_id, penalty_id),
  foreign key (organisation_id, verification_id) references authenticity.verification
);
comment on table authenticity.penalty is '@group organisation organisation_id';
-- A case has one penalty that stands.
create unique index on authenticity.penalty (organisation_id, verification_id) where revoked_at is null;
create index on authenticity.penalty (organisation_id, imposed_at);
alter table authenticity.penalty enable row level security;
alter table authenticity.penalty force row level security;
create policy acts_for on authenticity.penalty
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- Pictures that prove something: a receipt, the parcel at the counter. Sealed at once.
create table authenticity.picture (
  organisation_id text not null,
  picture_id text not null,
  verification_id text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed_bytes bytea not null,
  by_caller text not null,
  stored_at timestamptz not null,
  primary key (organisation_id, picture_id),
  foreign key (organisation_id, verification_id) references authenticity.verification
);
comment on table authenticity.picture is '@group organisation organisation_id';
create index on authenticity.picture (organisation_id, verification_id, picture_id);
alter table authenticity.picture enable row level security;
alter table authenticity.picture force row level security;
create policy acts_for on authenticity.picture
  using (platform.acts_for(organisation_id) or exists (
    select from authenticity.verification v
    where v.organisation_id = picture.organisation_id and v.verification_id = picture.verification_id
      and v.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));
