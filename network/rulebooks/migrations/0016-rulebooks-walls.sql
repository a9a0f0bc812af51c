-- Two platforms never see each other's books; those of the network may be read by everybody and written in its name.
alter table rulebooks.rulebook enable row level security;
alter table rulebooks.rulebook force row level security;
create policy acts_for on rulebooks.rulebook using (platform.acts_for(organisation_id));
create policy network_is_public on rulebooks.rulebook for select using (organisation_id = 'network');

alter table rulebooks.rulebook_version enable row level security;
alter table rulebooks.rulebook_version force row level security;
create policy acts_for on rulebooks.rulebook_version using (platform.acts_for(organisation_id));
create policy network_is_public on rulebooks.rulebook_version for select using (organisation_id = 'network');

alter table rulebooks.trial enable row level security;
alter table rulebooks.trial force row level security;
create policy acts_for on rulebooks.trial using (platform.acts_for(organisation_id));

-- A merchant is judged by the rules of its platform, whose rows its own scope does not show. These two answer only
-- what is in force for one named platform, and need no wider scope of their caller.
create function rulebooks.periods_of(kind_ text, platform_ text)
  returns table (organisation_id text, rulebook_version_id text, number integer, valid_from timestamptz, valid_to timestamptz)
  language sql stable set postroad.organisation = '*' as $$
    select v.organisation_id, v.rulebook_version_id, v.number, v.valid_from, v.valid_to
    from rulebooks.rulebook_version v
    where v.kind = kind_ and v.organisation_id in (platform_, 'network')
      and v.valid_from is not null and (v.valid_to is null or v.valid_from < v.valid_to)
    order by v.valid_from, v.number
  $$;

create function rulebooks.document_of(organisation_id_ text, rulebook_version_id_ text) returns jsonb
  language sql stable set postroad.organisation = '*' as $$
    select v.document from rulebooks.rulebook_version v
    where v.organisation_id = organisation_id_ and v.rulebook_version_id = rulebook_version_id_
      and v.valid_from is not null
  $$;
