-- One decision by its id; those of one marketplace, the newest first; hours into which more came than was offered.
create index on allocation.decision (decision_id);
create index on allocation.decision ((body -> 'demand' ->> 'clientPlatformId'), decided_at, decision_id);
create index on allocation.slot (organisation_id, starts_at) where beyond > 0;
