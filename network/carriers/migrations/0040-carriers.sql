create schema carriers;
grant usage on schema carriers to postroad_app;

-- State of a carrier's membership. A carrier of the registry without a row is in the state that the product ships.
create table carriers.membership (
  carrier_code text primary key,
  version bigint not null,
  status text not null,
  state jsonb not null,
  changed_at timestamptz not null
);
comment on table carriers.membership is '@group reference';

-- What was decided about a carrier, in order; the state is the fold of these.
create table carriers.membership_event (
  carrier_code text not null,
  version bigint not null,
  type text not null,
  event jsonb not null,
  by_caller text not null,
  occurred_at timestamptz not null,
  primary key (carrier_code, version)
);
comment on table carriers.membership_event is '@group reference @append-only';
revoke update, delete on carriers.membership_event from postroad_app;

-- Licences, contracts and insurances of carriers. A renewed one is a new row.
create table carriers.paper (
  carrier_code text not null,
  paper_id text not null,
  kind text not null check (kind in ('licence', 'contract', 'insurance')),
  number text not null,
  issuer text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  note text,
  by_caller text not null,
  recorded_at timestamptz not null,
  primary key (carrier_code, paper_id),
  check (valid_to is null or valid_to > valid_from)
);
comment on table carriers.paper is '@group reference @append-only';
revoke update, delete on carriers.paper from postroad_app;

-- Whether a client platform believes the scans of a source, dated. `network` is the default of all platforms.
create table carriers.recognised_source (
  organisation_id text not null,
  source_id text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  recognised boolean not null,
  proof text not null,
  by_caller text not null,
  recorded_at timestamptz not null,
  primary key (organisation_id, source_id, valid_from)
);
comment on table carriers.recognised_source is '@group organisation organisation_id';
alter table carriers.recognised_source enable row level security;
alter table carriers.recognised_source force row level security;
create policy acts_for on carriers.recognised_source using (platform.acts_for(organisation_id));
create policy network_is_public on carriers.recognised_source for select using (organisation_id = 'network');

-- A scan is judged by the platform of its parcel, whoever brings it: the judge needs these rows in any scope.
create function carriers.sources_of(platforms_ text[], sources_ text[])
  returns table (organisation_id text, source_id text, valid_from timestamptz, valid_to timestamptz, recognised boolean, proof text)
  language sql stable set postroad.organisation = '*' as $$
    select r.organisation_id, r.source_id, r.valid_from, r.valid_to, r.recognised, r.proof
    from carriers.recognised_source r
    where r.organisation_id = any(platforms_ || array['network']) and r.source_id = any(sources_)
      and (r.valid_to is null or r.valid_from < r.valid_to)
  $$;
