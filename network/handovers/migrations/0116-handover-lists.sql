-- Lists go from the newest down: for each part that a viewer may have, and by state for the network.
create index on handovers.handover (client_platform_id, handover_id);
create index on handovers.handover (carrier_id, handover_id);
create index on handovers.handover (state, handover_id);
