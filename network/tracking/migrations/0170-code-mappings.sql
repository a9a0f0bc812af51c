-- Scans whose code no shipped table knows, narrow, beside the scans themselves: what the desk maps and the job works
-- through. The scan stays as it was read; this row says what it is taken for now.
create table tracking.unmapped_scan (
  bucket smallint not null,
  parcel_id text not null,
  scan_id uuid not null,
  source text not null,
  reporter_id text,
  -- The format that the payload was read by; empty for our own API.
  format text not null,
  code text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  -- open: nobody knows what it means · mapped: it counts as a mapping says · corrected: somebody corrected this scan itself.
  state text not null check (state in ('open', 'mapped', 'corrected')),
  -- The version of the mapping that it was last read by, whatever that said; 0: none.
  applied_version integer not null,
  -- The correction by which a mapping speaks now.
  correction_id uuid,
  primary key (parcel_id, scan_id, bucket)
);
comment on table tracking.unmapped_scan is '@group parcel bucket';
-- Counted without reading the table.
create index unmapped_scan_open on tracking.unmapped_scan (source, format, code, received_at) where state = 'open';
create index unmapped_scan_to_do on tracking.unmapped_scan (source, format, code, applied_version);

-- What a code means by the word of the operator. A mapping is its versions; each is only appended.
create table tracking.code_mapping (
  mapping_id text primary key,
  source text not null,
  format text not null,
  code text not null,
  unique (source, format, code)
);
comment on table tracking.code_mapping is '@group reference';
revoke update, delete on tracking.code_mapping from postroad_app;

create table tracking.code_mapping_version (
  mapping_id text not null references tracking.code_mapping,
  version integer not null check (version > 0),
  -- Null: the code means nothing to us (any more).
  milestone text,
  substatus text,
  note text not null check (length(note) <= 500),
  -- Scans that happened earlier stay unmapped; null: all of the code.
  occurred_from timestamptz,
  author text not null,
  created_at timestamptz not null,
  primary key (mapping_id, version)
);
comment on table tracking.code_mapping_version is '@group reference';
revoke update, delete on tracking.code_mapping_version from postroad_app;

-- Those that came before there was this table. By which format they were read nobody kept. The owner of the tables is
-- held to the policies as well.
select set_config('postroad.organisation', '*', true);
insert into tracking.unmapped_scan (bucket, parcel_id, scan_id, source, reporter_id, format, code, occurred_at,
  received_at, state, applied_version)
select s.bucket, s.parcel_id, s.scan_id::text::uuid, s.source, s.reporter_id, '', s.code, s.occurred_at, s.received_at,
  case when exists (select from tracking.scan c where c.bucket = s.bucket and c.parcel_id = s.parcel_id
    and (c.correction ->> 'ofScan')::uuid = s.scan_id::text::uuid) then 'corrected' else 'open' end, 0
from tracking.scan s join tracking.parcel p using (bucket, parcel_id)
where s.milestone = 'unmapped' and s.correction is null and p.merged_into is null;
