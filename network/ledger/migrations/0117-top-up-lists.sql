-- The list goes from the newest down, by state for those who confirm payments.
create index on ledger.top_up (state, top_up_id);
