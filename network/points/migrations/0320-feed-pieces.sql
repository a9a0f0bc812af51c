-- A feed comes in pieces of some thousand lines, which wait here as documents: a row for each line, written and later
-- written anew, cost most of what a feed cost. `receiving`: its end is not here yet. `touched_at`, of the database's own
-- clock: when its last piece came.
alter table points.feed
  drop constraint feed_state_check,
  add check (state in ('receiving', 'reading', 'awaiting_confirmation', 'closing', 'done')),
  add column touched_at timestamptz not null default clock_timestamp();

create table points.feed_piece (
  organisation_id text not null,
  feed_id text not null,
  piece integer not null,
  lines json not null,
  primary key (organisation_id, feed_id, piece),
  foreign key (organisation_id, feed_id) references points.feed on delete cascade
);
comment on table points.feed_piece is '@group organisation organisation_id';
alter table points.feed_piece enable row level security;
alter table points.feed_piece force row level security;
create policy acts_for on points.feed_piece using (platform.acts_for(organisation_id));

-- What is being read just now.
select set_config('postroad.organisation', '*', true);
insert into points.feed_piece (organisation_id, feed_id, piece, lines)
select organisation_id, feed_id, piece,
  json_agg(json_build_object('line', line, 'outletCode', outlet_code, 'cells', cells, 'isRepeated', is_repeated) order by line)
from (
  select l.*, (row_number() over (partition by l.organisation_id, l.feed_id order by line) / 2000)::int as piece
  from points.feed_line l join points.feed f using (organisation_id, feed_id)
  where f.state = 'reading' and l.outcome is null
) unread
group by organisation_id, feed_id, piece;
delete from points.feed_line where outcome is null;

-- A line is here when it was read: what became of it.
drop index points.feed_line_organisation_id_feed_id_outlet_code_idx;
alter table points.feed_line drop column cells, drop column is_repeated, alter column outcome set not null;
alter table points.feed drop column read_line;
