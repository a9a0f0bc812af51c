-- The warehouse that has a parcel in its hands must know that it is to be stopped.
drop policy acts_for on shipments.interception;
create policy acts_for on shipments.interception
  using (platform.acts_for(organisation_id) or platform.acts_for(carrier_id) or exists (
    select from shipments.part p
    where p.organisation_id = current_setting('postroad.organisation', true) and p.shipment_id = interception.shipment_id
      and p.part = 'warehouse'))
  with check (platform.acts_for(organisation_id));
