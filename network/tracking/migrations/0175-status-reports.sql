-- What a buyer says is not right about a status, and what was answered. His own words are sealed by the vault.
create table tracking.status_report (
  bucket smallint not null,
  report_id text not null,
  parcel_id text not null,
  -- Who had a part in the parcel when it was reported: they see it and answer.
  organisation_id text not null,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  number text not null,
  kind text not null,
  -- The status that it was said about, and the state of the parcel: of each there is one report.
  status text not null,
  about text not null,
  -- The entry that is meant; null: the status itself.
  step_milestone text,
  step_occurred_at timestamptz,
  sealed_text bytea,
  state text not null check (state in ('open', 'answered', 'closed')),
  reported_at timestamptz not null,
  answer text check (length(answer) <= 500),
  answered_by text,
  answered_by_kind text,
  answered_at timestamptz,
  closed_by text,
  closed_at timestamptz,
  primary key (report_id, bucket),
  unique (parcel_id, about, bucket)
);
comment on table tracking.status_report is '@group parcel bucket';
create index on tracking.status_report (organisation_id, report_id);
create index on tracking.status_report (client_platform_id, report_id) where client_platform_id is not null;
create index on tracking.status_report (carrier_id, report_id) where carrier_id is not null;
alter table tracking.status_report enable row level security;
alter table tracking.status_report force row level security;
create policy acts_for on tracking.status_report using (
  current_setting('postroad.organisation', true) = '*'
  or current_setting('postroad.organisation', true) in (organisation_id, client_platform_id, carrier_id, warehouse_id));
