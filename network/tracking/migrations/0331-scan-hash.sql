-- Scans are looked up by their whole id, which is as good as random: a hash finds its page at once, where a tree descends
-- through pages that nobody else has just read.
drop index tracking.scan_scan_id_idx;
create index on tracking.scan using hash (scan_id);
