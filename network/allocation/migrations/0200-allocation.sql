create schema allocation;
grant usage on schema allocation to postroad_app;

-- What a point takes on, beside what its outlet says of itself: the gate between its publishing and its new hours.
create table allocation.plan (
  organisation_id text not null,
  point_id text not null,
  accept_percent smallint not null default 100 check (accept_percent between 0 and 100),
  accept_until timestamptz,
  changed_at timestamptz not null,
  primary key (organisation_id, point_id)
);
comment on table allocation.plan is '@group organisation organisation_id';
alter table allocation.plan enable row level security;
alter table allocation.plan force row level security;
create policy acts_for on allocation.plan using (platform.acts_for(organisation_id));

-- Parcels that a point takes in an hour: of every day (`daily`) or of one local date; 0 closes the hour.
create table allocation.capacity_rule (
  organisation_id text not null,
  point_id text not null,
  service text not null,
  day text not null,
  hour smallint not null check (hour between 0 and 23),
  capacity integer not null check (capacity >= 0),
  primary key (organisation_id, point_id, service, day, hour),
  foreign key (organisation_id, point_id) references allocation.plan
);
comment on table allocation.capacity_rule is '@group organisation organisation_id';
alter table allocation.capacity_rule enable row level security;
alter table allocation.capacity_rule force row level security;
create policy acts_for on allocation.capacity_rule using (platform.acts_for(organisation_id));

-- What is taken of an hour. Domain reference 11 (6): reserved + used never passes the capacity; what came beyond it is
-- a fact of its own (`beyond`) and closes the hour. `published`: what the point offers now; below what is taken the
-- capacity stays at that until places are given back.
create table allocation.slot (
  organisation_id text not null,
  point_id text not null,
  service text not null,
  starts_at timestamptz not null,
  published integer not null,
  capacity integer not null,
  reserved integer not null default 0,
  used integer not null default 0,
  beyond integer not null default 0,
  primary key (organisation_id, point_id, service, starts_at),
  check (reserved >= 0 and used >= 0 and beyond >= 0 and reserved + used <= capacity and published >= 0)
);
comment on table allocation.slot is '@group organisation organisation_id';
alter table allocation.slot enable row level security;
alter table allocation.slot force row level security;
create policy acts_for on allocation.slot using (platform.acts_for(organisation_id));

-- The places where parcels wait, of which announced ones hold some. Who holds this row comes first to the hours of
-- `collect` at the point.
create table allocation.shelf (
  organisation_id text not null,
  point_id text not null,
  published integer not null,
  capacity integer not null,
  reserved integer not null default 0,
  used integer not null default 0,
  beyond integer not null default 0,
  primary key (organisation_id, point_id),
  check (reserved >= 0 and used >= 0 and beyond >= 0 and reserved + used <= capacity and published >= 0)
);
comment on table allocation.shelf is '@group organisation organisation_id';
alter table allocation.shelf enable row level security;
alter table allocation.shelf force row level security;
create policy acts_for on allocation.shelf using (platform.acts_for(organisation_id));

-- Places held for somebody until a moment. `made_for`: the organisation that asked, none for the network itself.
create table allocation.reservation (
  organisation_id text not null,
  reservation_id text not null,
  point_id text not null,
  service text not null,
  starts_at timestamptz not null,
  parcels integer not null check (parcels > 0),
  subject_kind text not null,
  subject_id text not null,
  made_for text,
  state text not null check (state in ('held', 'used', 'released', 'expired')),
  reason text,
  decision_id text not null,
  version integer not null,
  expires_at timestamptz not null,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, reservation_id)
);
comment on table allocation.reservation is '@group organisation organisation_id';
create index on allocation.reservation (reservation_id);
create index on allocation.reservation (made_for, reservation_id);
create index on allocation.reservation (organisation_id, point_id, service, expires_at) where state = 'held';
alter table allocation.reservation enable row level security;
alter table allocation.reservation force row level security;
create policy acts_for on allocation.reservation using (platform.acts_for(organisation_id));

-- Why a point was chosen, or none: append-only, without names and with places to a kilometre. In the group of the
-- chosen point; of the network (`network`) when none was.
create table allocation.decision (
  organisation_id text not null,
  decision_id text not null,
  made_for text,
  country text not null,
  service text not null,
  rulebook_version_id text,
  point_id text,
  reservation_id text,
  how text not null check (how in ('best', 'chosen', 'next_best', 'unserved')),
  decided_at timestamptz not null,
  body jsonb not null,
  primary key (organisation_id, decision_id)
);
comment on table allocation.decision is '@group organisation organisation_id';
create index on allocation.decision (decided_at, decision_id);
create index on allocation.decision (point_id, decision_id) where point_id is not null;
alter table allocation.decision enable row level security;
alter table allocation.decision force row level security;
create policy acts_for on allocation.decision using (platform.acts_for(organisation_id));
create function allocation.keep_decisions() returns trigger language plpgsql as $$
begin
  raise exception 'a decision is never changed' using errcode = 'restrict_violation';
end $$;
create trigger keep_decisions before update or delete on allocation.decision
  for each row execute function allocation.keep_decisions();

-- Demand that a point could have had and got, by day of the world; `point_id` '' is the whole point network.
create table allocation.tally (
  organisation_id text not null,
  point_id text not null,
  day date not null,
  could integer not null,
  got integer not null,
  primary key (organisation_id, point_id, day)
);
comment on table allocation.tally is '@group organisation organisation_id';
alter table allocation.tally enable row level security;
alter table allocation.tally force row level security;
create policy acts_for on allocation.tally using (platform.acts_for(organisation_id));

-- Hours and shelves that became full or free, for indexes in memory. `starts_at` -infinity is the shelf.
create table allocation.occupancy (
  organisation_id text not null,
  point_id text not null,
  service text not null,
  starts_at timestamptz not null,
  is_full boolean not null,
  change_xid xid8 not null default pg_current_xact_id(),
  primary key (organisation_id, point_id, service, starts_at)
);
comment on table allocation.occupancy is '@group organisation organisation_id';
create index on allocation.occupancy (change_xid);
create index on allocation.occupancy (starts_at);
alter table allocation.occupancy enable row level security;
alter table allocation.occupancy force row level security;
create policy acts_for on allocation.occupancy using (platform.acts_for(organisation_id));
