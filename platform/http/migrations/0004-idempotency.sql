create table platform.idempotency (
  organisation_id text not null,
  caller_id text not null,
  key text not null,
  operation text not null,
  request_digest bytea not null,
  status integer,
  headers jsonb,
  content_type text,
  body bytea,
  created_at timestamptz not null,
  primary key (organisation_id, caller_id, key)
);
create index on platform.idempotency (created_at);
comment on table platform.idempotency is '@group organisation organisation_id';
alter table platform.idempotency enable row level security;
alter table platform.idempotency force row level security;
create policy acts_for on platform.idempotency using (platform.acts_for(organisation_id));
