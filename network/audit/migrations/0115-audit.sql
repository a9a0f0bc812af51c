create schema audit;
grant usage on schema audit to postroad_app;

-- Who did what to which thing, of the acts that somebody may have to answer for. Written in the transaction of the act.
create table audit.entry (
  -- Whom it concerns: the owner of the thing.
  organisation_id text not null,
  entry_id text not null,
  at timestamptz not null,
  operation text not null,
  subject text,
  actor_id text not null,
  actor_role text not null,
  actor_organisation_id text not null,
  request_id text,
  primary key (organisation_id, entry_id)
);
comment on table audit.entry is '@group organisation organisation_id';
create index on audit.entry (entry_id);
create index on audit.entry (actor_organisation_id, entry_id);
create index on audit.entry (actor_id, entry_id);
create index on audit.entry (subject, entry_id);
revoke update, delete on audit.entry from postroad_app;
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy acts_for on audit.entry using (platform.acts_for(organisation_id)
  or actor_organisation_id = current_setting('postroad.organisation', true))
  with check (platform.acts_for(organisation_id));
