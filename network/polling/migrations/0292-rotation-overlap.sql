-- The fields before the present ones, taken beside them until a moment of the world; all null when there are none.
alter table polling.push_subscription
  add column previous_sealed bytea,
  add column previous_wrapped_key bytea,
  add column previous_until timestamptz,
  add check (num_nulls(previous_sealed, previous_wrapped_key, previous_until) in (0, 3));
