-- The server works as postroad_app, which owns nothing: row-level security binds it, also by mistake in a query.
do $$ begin
  if not exists (select from pg_roles where rolname = 'postroad_app') then
    begin
      create role postroad_app nologin;
    exception when duplicate_object or unique_violation then null; -- another database of this cluster was first
    end;
  end if;
end $$;
do $$ begin
  execute format('grant postroad_app to %I', current_user);
exception when internal_error then null; -- "tuple concurrently updated": another database of this cluster was first
end $$;

alter default privileges grant select, insert, update, delete on tables to postroad_app;
alter default privileges grant usage, select on sequences to postroad_app;
grant usage on schema platform to postroad_app;
grant select on platform.schema_migration to postroad_app;

-- The second wall: a row is visible to the organisation in whose name the transaction runs, or to the network scope.
create function platform.acts_for(organisation_id text) returns boolean
  language sql stable parallel safe
  return organisation_id = current_setting('postroad.organisation', true)
      or current_setting('postroad.organisation', true) = '*';

comment on table platform.schema_migration is '@group local';
