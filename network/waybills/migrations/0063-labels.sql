create table waybills.label (
  organisation_id text not null,
  label_id text not null,
  format text not null,
  size text not null,
  dpi smallint not null,
  blob_key text not null,
  -- The data key of the document, wrapped; null: stored in the clear (no key ring configured).
  wrapped_key bytea,
  bytes integer not null,
  printed_at timestamptz not null,
  printed_by text not null,
  primary key (organisation_id, label_id)
);
comment on table waybills.label is '@group organisation organisation_id';
create index on waybills.label (label_id);
alter table waybills.label enable row level security;
alter table waybills.label force row level security;
create policy acts_for on waybills.label using (platform.acts_for(organisation_id));

create table waybills.label_item (
  organisation_id text not null,
  label_id text not null,
  waybill_id text not null,
  print_count integer not null,
  printed_at timestamptz not null,
  primary key (organisation_id, label_id, waybill_id),
  foreign key (organisation_id, label_id) references waybills.label,
  foreign key (organisation_id, waybill_id) references waybills.waybill
);
comment on table waybills.label_item is '@group organisation organisation_id';
create index on waybills.label_item (organisation_id, waybill_id, printed_at);
alter table waybills.label_item enable row level security;
alter table waybills.label_item force row level security;
create policy acts_for on waybills.label_item using (platform.acts_for(organisation_id));
revoke update, delete on waybills.label, waybills.label_item from postroad_app;
