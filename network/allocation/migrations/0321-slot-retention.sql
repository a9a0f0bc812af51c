-- Hours that are long over leave by the rule of retention. Whole, not of those alone in which nothing is held: an index whose
-- condition names what changes would be written anew by each reservation.
create index on allocation.slot (starts_at);
