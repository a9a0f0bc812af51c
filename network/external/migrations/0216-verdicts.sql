-- What became of the case that a declaration opened, as its judge tells; null until he does.
alter table external.shipment add column verification_id text, add column verification_state text;

-- Merchants whose penalty points are too many: nothing more is declared until then.
create table external.suspension (
  organisation_id text primary key,
  suspended_until timestamptz not null
);
comment on table external.suspension is '@group organisation organisation_id';
alter table external.suspension enable row level security;
alter table external.suspension force row level security;
create policy acts_for on external.suspension using (platform.acts_for(organisation_id));
