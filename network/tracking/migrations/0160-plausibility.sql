-- Countries that the parcel's line touches, as told when it was registered. Null: any place may be right.
alter table tracking.parcel add column route text[];

-- Scans of recognised sources that cannot be true, as their parcels' folds judge now: written with the timeline, taken
-- away when later evidence bears a scan out. The scans themselves stay where they are.
create table tracking.quarantine (
  bucket smallint not null,
  quarantine_id text not null,
  parcel_id text not null,
  scan_id text not null,
  reason text not null,
  since timestamptz not null,
  source text not null,
  -- Organisation that brought the scan.
  reporter_id text,
  -- The last four signs of the number: who asks needs no more to tell parcels apart.
  number_tail text not null,
  milestone text not null,
  code text not null,
  occurred_at timestamptz not null,
  zone_confidence text not null,
  received_at timestamptz not null,
  place jsonb,
  primary key (parcel_id, bucket, scan_id)
);
comment on table tracking.quarantine is '@group parcel bucket';
create index on tracking.quarantine (quarantine_id);
create index on tracking.quarantine (reporter_id, quarantine_id) where reporter_id is not null;
alter table tracking.quarantine enable row level security;
alter table tracking.quarantine force row level security;
create policy acts_for on tracking.quarantine using (
  (select current_setting('postroad.organisation', true)) = '*'
  or (select current_setting('postroad.organisation', true)) = reporter_id);
