-- A file of outlets that a network sent, and what became of each of its lines.
create table points.feed (
  organisation_id text not null,
  feed_id text not null,
  mode text not null check (mode in ('full', 'delta')),
  state text not null check (state in ('reading', 'awaiting_confirmation', 'closing', 'done')),
  lines integer not null,
  -- Outlets that a full feed does not name any more, counted when all lines were read.
  missing integer,
  by_caller text not null,
  received_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, feed_id)
);
comment on table points.feed is '@group organisation organisation_id';
-- One at a time: two at once would open what the other closes.
create unique index on points.feed (organisation_id) where state <> 'done';
alter table points.feed enable row level security;
alter table points.feed force row level security;
create policy acts_for on points.feed using (platform.acts_for(organisation_id));

create table points.feed_line (
  organisation_id text not null,
  feed_id text not null,
  line integer not null,
  outlet_code text not null,
  cells jsonb not null,
  -- Null until it was read.
  outcome text check (outcome in ('opened', 'changed', 'unchanged', 'closed', 'refused')),
  point_id text,
  errors jsonb,
  primary key (organisation_id, feed_id, line),
  foreign key (organisation_id, feed_id) references points.feed
);
comment on table points.feed_line is '@group organisation organisation_id';
create index on points.feed_line (organisation_id, feed_id, outlet_code);
create index on points.feed_line (organisation_id, feed_id, line) where outcome is null;
alter table points.feed_line enable row level security;
alter table points.feed_line force row level security;
create policy acts_for on points.feed_line using (platform.acts_for(organisation_id));
