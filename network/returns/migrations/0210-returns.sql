create schema returns;
grant usage on schema returns to postroad_app;

-- Goods that go back, from the application to the refund. References, codes and coarse places; what people wrote and
-- showed is sealed.
create table returns.return_case (
  organisation_id text not null,
  return_id text not null,
  client_platform_id text,
  order_id text not null,
  order_reference text not null,
  object_id text not null,
  version bigint not null,
  kind text not null check (kind in ('return', 'exchange', 'refund_only')),
  state text not null check (state in ('applied', 'agreed', 'routed', 'code_issued', 'accepted_at_point', 'collected',
    'in_transit', 'received', 'screened', 'refunded', 'refused', 'platform_intervention', 'replacement_pending', 'amend',
    'replacement_sent', 'success', 'refund_instead', 'closed')),
  due_at timestamptz,
  state_detail jsonb not null,
  items jsonb not null,
  amount jsonb not null,
  freight_payer text not null check (freight_payer in ('buyer', 'seller', 'insurer')),
  buyer_ref text not null,
  place jsonb not null,
  return_to_ref text,
  return_to jsonb,
  wanted text,
  sealed_statement bytea,
  picture_ids text[] not null,
  refusal jsonb,
  risk jsonb not null,
  rulebook_version_id text not null,
  route jsonb,
  sealed_code bytea,
  code_expires_at timestamptz,
  intake jsonb,
  return_number text,
  return_parcel jsonb,
  replacement_number text,
  replacement jsonb,
  -- Network of the point that has the parcel or had it: its people go on with it.
  point_organisation_id text,
  point_id text,
  applied_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, return_id),
  unique (organisation_id, order_id, object_id)
);
comment on table returns.return_case is '@group organisation organisation_id';
create index on returns.return_case (return_id);
create index on returns.return_case (organisation_id, state, return_id);
create index on returns.return_case (client_platform_id, state, return_id);
create index on returns.return_case (state, return_id);
create index on returns.return_case (organisation_id, buyer_ref, applied_at);
create index on returns.return_case (return_number) where return_number is not null;
create index on returns.return_case (replacement_number) where replacement_number is not null;
create index on returns.return_case (point_organisation_id, state, return_id) where point_organisation_id is not null;
alter table returns.return_case enable row level security;
alter table returns.return_case force row level security;
create policy acts_for on returns.return_case
  using (platform.acts_for(organisation_id) or client_platform_id = current_setting('postroad.organisation', true)
    or point_organisation_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- What happened in a case; never rewritten.
create table returns.return_step (
  organisation_id text not null,
  return_id text not null,
  position integer not null,
  fact text not null,
  state text not null,
  party text not null,
  by_caller text not null,
  reason text,
  occurred_at timestamptz not null,
  primary key (organisation_id, return_id, position),
  foreign key (organisation_id, return_id) references returns.return_case
);
comment on table returns.return_step is '@group organisation organisation_id @append-only';
revoke update, delete on returns.return_step from postroad_app;
alter table returns.return_step enable row level security;
alter table returns.return_step force row level security;
create policy acts_for on returns.return_step
  using (platform.acts_for(organisation_id) or exists (
    select from returns.return_case c
    where c.organisation_id = return_step.organisation_id and c.return_id = return_step.return_id
      and c.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));

-- How much of each order line is spoken for. Never more than was ordered.
create table returns.order_line (
  organisation_id text not null,
  order_id text not null,
  line integer not null check (line >= 1),
  quantity integer not null check (quantity >= 1),
  claimed integer not null check (claimed >= 0 and claimed <= quantity),
  primary key (organisation_id, order_id, line)
);
comment on table returns.order_line is '@group organisation organisation_id';
alter table returns.order_line enable row level security;
alter table returns.order_line force row level security;
create policy acts_for on returns.order_line
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- What was paid for an order and what of it goes back. Never more than was paid.
create table returns.order_money (
  organisation_id text not null,
  order_id text not null,
  currency text not null,
  paid_minor bigint not null check (paid_minor >= 0),
  refunded_minor bigint not null check (refunded_minor >= 0 and refunded_minor <= paid_minor),
  primary key (organisation_id, order_id)
);
comment on table returns.order_money is '@group organisation organisation_id';
alter table returns.order_money enable row level security;
alter table returns.order_money force row level security;
create policy acts_for on returns.order_money
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- Refunds that the marketplace was told to make: one for each case, ever.
create table returns.refund (
  organisation_id text not null,
  refund_id text not null,
  return_id text not null,
  order_id text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  basis text not null,
  instructed_at timestamptz not null,
  primary key (organisation_id, refund_id),
  unique (organisation_id, return_id),
  foreign key (organisation_id, return_id) references returns.return_case
);
comment on table returns.refund is '@group organisation organisation_id @append-only';
revoke update, delete on returns.refund from postroad_app;
alter table returns.refund enable row level security;
alter table returns.refund force row level security;
create policy acts_for on returns.refund
  using (platform.acts_for(organisation_id) or exists (
    select from returns.return_case c
    where c.organisation_id = refund.organisation_id and c.return_id = refund.return_id
      and c.client_platform_id = current_setting('postroad.organisation', true)))
  with check (platform.acts_for(organisation_id));

create table returns.settings (
  organisation_id text primary key,
  window_days integer,
  auto_agree_up_to jsonb,
  excluded_goods_classes text[] not null,
  restocking_percent integer not null check (restocking_percent between 0 and 50),
  free_returns boolean not null,
  carrier_code text,
  return_to_ref text,
  return_to jsonb,
  sealed_address bytea,
  changed_at timestamptz not null
);
comment on table returns.settings is '@group organisation organisation_id';
alter table returns.settings enable row level security;
alter table returns.settings force row level security;
create policy acts_for on returns.settings
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- Pictures of buyers, counters and sellers. Sealed at once.
create table returns.picture (
  organisation_id text not null,
  picture_id text not null,
  order_id text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed_bytes bytea not null,
  party text not null,
  by_caller text not null,
  stored_at timestamptz not null,
  primary key (organisation_id, picture_id)
);
comment on table returns.picture is '@group organisation organisation_id';
create index on returns.picture (organisation_id, order_id);
alter table returns.picture enable row level security;
alter table returns.picture force row level security;
create policy acts_for on returns.picture
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- Opens an order's returns to a buyer without an account, for a short time.
create table returns.portal_link (
  organisation_id text not null,
  token_hash bytea not null,
  order_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, token_hash)
);
comment on table returns.portal_link is '@group organisation organisation_id';
create index on returns.portal_link (token_hash);
create index on returns.portal_link (expires_at);
alter table returns.portal_link enable row level security;
alter table returns.portal_link force row level security;
create policy acts_for on returns.portal_link
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- A code that was read right opens its case to the counter for a while.
create table returns.counter_visit (
  organisation_id text not null,
  return_id text not null,
  point_organisation_id text not null,
  -- Absent: at the buyer's door.
  point_id text,
  by_caller text not null,
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (organisation_id, return_id, point_organisation_id),
  foreign key (organisation_id, return_id) references returns.return_case
);
comment on table returns.counter_visit is '@group organisation organisation_id';
alter table returns.counter_visit enable row level security;
alter table returns.counter_visit force row level security;
create policy acts_for on returns.counter_visit
  using (platform.acts_for(organisation_id) or point_organisation_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));

-- Wrong codes of a clerk within an hour.
create table returns.code_try (
  organisation_id text not null,
  clerk_id text not null,
  point_id text not null,
  started_at timestamptz not null,
  wrong integer not null,
  primary key (organisation_id, clerk_id, point_id)
);
comment on table returns.code_try is '@group organisation organisation_id';
alter table returns.code_try enable row level security;
alter table returns.code_try force row level security;
create policy acts_for on returns.code_try
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- From a keyed digest of a code to its case, for the counters of all networks. Unique among all that may still be shown.
create table returns.code (
  code_index bytea primary key,
  organisation_id text not null,
  return_id text not null,
  expires_at timestamptz not null
);
comment on table returns.code is '@group reference';
create index on returns.code (return_id);

-- The key under which codes are looked up and signed, wrapped by the key ring. One row.
create table returns.code_key (
  key_id smallint primary key check (key_id = 1),
  wrapped bytea not null
);
comment on table returns.code_key is '@group reference';
