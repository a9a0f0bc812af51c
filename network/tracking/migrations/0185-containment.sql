-- A parcel number may be that of a bag, a pallet or a whole consignment: its scans are about what is inside, too.
alter table tracking.parcel add column is_container boolean not null default false;

-- What was said about what is inside what: one row per statement, appended only, so that their order of arrival does
-- not matter. An empty content stands for everything that was inside.
create table tracking.containment (
  bucket smallint not null,
  container_id text not null,
  content_id text not null,
  action text not null check (action in ('pack', 'unpack')),
  occurred_at timestamptz not null,
  reporter_kind text not null,
  -- Organisation of the reporter; empty for this program.
  reporter_id text not null,
  -- Source of a reporting carrier.
  source text not null,
  kind text not null check (kind in ('receptacle', 'consignment')),
  recorded_at timestamptz not null,
  primary key (bucket, container_id, content_id, action, occurred_at, reporter_id)
);
comment on table tracking.containment is '@group parcel bucket';
create index on tracking.containment (content_id);
revoke update, delete on tracking.containment from postroad_app;
