-- A decision is never changed. What is older than the rule of retention leaves, in the name of the whole network alone.
create or replace function allocation.keep_decisions() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('postroad.organisation', true) = '*' then
    return old;
  end if;
  raise exception 'a decision is never changed' using errcode = 'restrict_violation';
end $$;
-- Those that have ended, for the same rule.
create index on allocation.reservation (changed_at) where state <> 'held';
