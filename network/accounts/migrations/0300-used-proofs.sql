-- Proofs of devices that were shown, as long as they could be shown again (RFC 9449, 11.1): all processes that answer
-- share them, and a restart forgets none.
create table accounts.used_proof (
  organisation_id text not null,
  -- SHA-256 of the key's thumbprint and the proof's own name.
  proof bytea not null check (length(proof) = 32),
  ends_at timestamptz not null,
  primary key (organisation_id, proof)
);
comment on table accounts.used_proof is '@group organisation organisation_id';
create index on accounts.used_proof (ends_at);
alter table accounts.used_proof enable row level security;
alter table accounts.used_proof force row level security;
create policy acts_for on accounts.used_proof using (platform.acts_for(organisation_id));
