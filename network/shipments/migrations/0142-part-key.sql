-- One index for both questions: the parts of a shipment, and one of an organisation.
alter table shipments.part drop constraint part_pkey, add primary key (shipment_id, organisation_id, part);
drop index shipments.part_shipment_id_idx;
