-- How far a feed was read, and lines that name an outlet anew: both were looked up by queries whose plans hang on statistics
-- of a feed that has just come, when there are none yet.
alter table points.feed add column read_line integer not null default 0;
alter table points.feed_line add column is_repeated boolean not null default false;
drop index points.feed_line_organisation_id_feed_id_line_idx;
