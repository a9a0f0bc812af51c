-- Facilities as their source lists them. A source without rows has told nothing, and none of its facilities is judged.
create table tracking.facility (
  source text not null,
  -- As scans write it, in capitals.
  code text not null,
  country text not null,
  city text,
  listed_at timestamptz not null,
  primary key (source, code)
);
comment on table tracking.facility is '@group reference';

-- The source listed its facilities when the scan came in, and this one was not among them. Null: nobody could tell.
alter table tracking.scan add column facility_unknown boolean;
