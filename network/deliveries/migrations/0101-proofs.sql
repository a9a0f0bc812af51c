-- Proof of delivery. A photo lies sealed in the blob store, a signature sealed here; each proves one delivery.
create table deliveries.proof (
  organisation_id text not null,
  proof_id text not null,
  kind text not null check (kind in ('photo', 'signature')),
  content_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  blob_key text,
  sealed bytea,
  delivery_id text,
  by_caller text not null,
  created_at timestamptz not null,
  primary key (organisation_id, proof_id),
  check ((blob_key is null) <> (sealed is null))
);
comment on table deliveries.proof is '@group organisation organisation_id';
create index on deliveries.proof (proof_id);
create index on deliveries.proof (organisation_id, delivery_id);
alter table deliveries.proof enable row level security;
alter table deliveries.proof force row level security;
create policy acts_for on deliveries.proof using (platform.acts_for(organisation_id));
