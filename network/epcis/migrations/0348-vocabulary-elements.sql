-- What an organisation last told of an element, as it was sent: to be given back.
create table epcis.master_element (
  organisation_id text not null,
  -- Canonical, as events name it; a long one by its digest.
  element text collate "C" not null,
  -- Vocabularies with this element alone.
  vocabularies jsonb not null,
  -- The capture that brought it, which has the namespaces.
  capture_id text not null,
  primary key (organisation_id, element)
);
comment on table epcis.master_element is '@group organisation organisation_id';
alter table epcis.master_element enable row level security;
alter table epcis.master_element force row level security;
create policy acts_for on epcis.master_element using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));

-- What it lists as the children of an element, canonical as well: what the WD_ parameters descend to.
create table epcis.master_child (
  organisation_id text not null,
  parent text collate "C" not null,
  child text collate "C" not null,
  primary key (organisation_id, parent, child)
);
comment on table epcis.master_child is '@group organisation organisation_id';
alter table epcis.master_child enable row level security;
alter table epcis.master_child force row level security;
create policy acts_for on epcis.master_child using (platform.acts_for(organisation_id))
  with check (platform.acts_for(organisation_id));
