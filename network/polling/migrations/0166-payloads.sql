-- What carriers wrote, as they wrote it, once by its digest, for 90 days. It may name people: sealed, and read by the
-- operator and whoever brought it alone.
create table polling.payload (
  organisation_id text not null,
  payload_id text not null,
  format text not null,
  sha256 text not null,
  way text not null check (way in ('pull', 'push', 'sent')),
  content_type text not null,
  size_bytes integer not null,
  -- Compressed, then sealed by a data key of its own.
  sealed bytea not null,
  wrapped_key bytea not null,
  -- As whom its scans are taken in.
  reporter jsonb not null,
  state text not null check (state in ('read', 'unreadable')),
  fault text,
  received_at timestamptz not null,
  last_received_at timestamptz not null,
  times integer not null default 1,
  primary key (organisation_id, payload_id),
  unique (organisation_id, format, sha256),
  check ((state = 'unreadable') = (fault is not null))
);
comment on table polling.payload is '@group organisation organisation_id';
create index on polling.payload (payload_id);
create index on polling.payload (last_received_at);
create index on polling.payload (organisation_id, payload_id) where state = 'unreadable';
alter table polling.payload enable row level security;
alter table polling.payload force row level security;
create policy acts_for on polling.payload using (platform.acts_for(organisation_id));

-- Where a scan stands in the payload that told it first.
create table polling.scan_payload (
  organisation_id text not null,
  scan_id text not null,
  payload_id text not null,
  pointer text not null,
  primary key (organisation_id, scan_id),
  foreign key (organisation_id, payload_id) references polling.payload on delete cascade
);
comment on table polling.scan_payload is '@group organisation organisation_id';
create index on polling.scan_payload (scan_id);
create index on polling.scan_payload (organisation_id, payload_id);
alter table polling.scan_payload enable row level security;
alter table polling.scan_payload force row level security;
create policy acts_for on polling.scan_payload using (platform.acts_for(organisation_id));
