-- Goods that a counter took without a network, when their code could be read by nobody. Of the point network.
create table returns.unread_return (
  organisation_id text not null,
  unread_id text not null,
  point_id text not null,
  -- What the device called it: the same counts once.
  device_id text not null,
  client_id text not null,
  digest bytea not null,
  state text not null check (state in ('open', 'matched', 'taken_in', 'settled')),
  -- The code as it was typed, and what the clerk noted. Sealed.
  sealed_words bytea not null,
  weight_grams integer not null,
  document_kind text,
  -- What the code opened.
  return_id text,
  occurred_at timestamptz not null,
  -- What the device's clock said, where that was wrong.
  device_time timestamptz,
  by_caller text not null,
  received_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  resolution text,
  primary key (organisation_id, unread_id),
  unique (organisation_id, device_id, client_id),
  check ((state in ('open', 'settled')) or return_id is not null),
  check ((state in ('taken_in', 'settled')) = (ended_at is not null))
);
comment on table returns.unread_return is '@group organisation organisation_id';
create index on returns.unread_return (unread_id);
create index on returns.unread_return (organisation_id, point_id, unread_id desc);
alter table returns.unread_return enable row level security;
alter table returns.unread_return force row level security;
create policy acts_for on returns.unread_return
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));

-- Their pictures, sealed in the network's key until the goods have an owner.
create table returns.unread_picture (
  organisation_id text not null,
  picture_id text not null,
  unread_id text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed_bytes bytea not null,
  stored_at timestamptz not null,
  primary key (organisation_id, picture_id),
  foreign key (organisation_id, unread_id) references returns.unread_return
);
comment on table returns.unread_picture is '@group organisation organisation_id';
create index on returns.unread_picture (organisation_id, unread_id, picture_id);
alter table returns.unread_picture enable row level security;
alter table returns.unread_picture force row level security;
create policy acts_for on returns.unread_picture
  using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
