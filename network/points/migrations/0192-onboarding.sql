alter table points.contract add column deposit_minor bigint check (deposit_minor > 0);
alter table points.contract add column deposit_currency text;
alter table points.contract add check ((deposit_minor is null) = (deposit_currency is null));

-- Papers of an applicant; their bytes lie sealed in the blob store.
create table points.document (
  organisation_id text not null,
  document_id text not null,
  point_id text not null,
  kind text not null,
  content_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  blob_key text not null,
  by_caller text not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, document_id)
);
comment on table points.document is '@group organisation organisation_id';
create index on points.document (document_id);
create index on points.document (organisation_id, point_id);
alter table points.document enable row level security;
alter table points.document force row level security;
create policy acts_for on points.document using (platform.acts_for(organisation_id));
