alter table vault.data_key enable row level security;
alter table vault.data_key force row level security;
create policy acts_for on vault.data_key using (platform.acts_for(organisation_id));
alter table vault.party enable row level security;
alter table vault.party force row level security;
create policy acts_for on vault.party using (platform.acts_for(organisation_id));
alter table vault.audit_entry enable row level security;
alter table vault.audit_entry force row level security;
create policy acts_for on vault.audit_entry using (platform.acts_for(organisation_id));
alter table vault.audit_head enable row level security;
alter table vault.audit_head force row level security;
create policy acts_for on vault.audit_head using (platform.acts_for(organisation_id));

-- A caller's quota counts what he saw in all organisations; he learns only the number.
create function vault.reveals_of(actor_id_ text, since timestamptz) returns bigint
  language sql stable set postroad.organisation = '*' as $$
    select count(*) from vault.audit_entry where actor_id = actor_id_ and at > since and action = 'reveal'
  $$;
