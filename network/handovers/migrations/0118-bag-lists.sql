-- Bags are listed like handovers: from the newest down, for each part that a viewer may have, and by state for the network.
create index on handovers.bag (client_platform_id, bag_id);
create index on handovers.bag (carrier_id, bag_id);
create index on handovers.bag (warehouse_id, bag_id);
create index on handovers.bag (state, bag_id);
