import { codeTable } from '../reading/index.ts';

/**
 * Checkpoints of DHL Express, the same in its XML and in MyDHL. Public projects contradict each other on half of
 * them, so each is read by DHL's own text. Left out because the text leaves it open: AD, CS, PD, PO, RW, SC.
 */
export const DHL_EXPRESS_CODES = codeTable({
  source: 'DHL XML Services and MyDHL API developer guides, list of checkpoint codes (Tracking Events)',
  rows: [
    ['PU', 'picked_up'],
    ['SA', 'picked_up'],
    ['PL', 'in_transit_local', 'in_transit.arrived_facility'],
    ['AF', 'in_transit_local', 'in_transit.arrived_facility'],
    ['DF', 'in_transit_local', 'in_transit.departed_facility'],
    // "Facility check-in"
    ['CI', 'in_transit_local', 'in_transit.arrived_facility'],
    ['TR', 'in_transit_local'],
    ['AR', 'arrived_delivery_depot'],
    // Clearance: of which country, the checkpoint does not say.
    ['IC', 'customs_processing'],
    ['CR', 'customs_processing'],
    ['RR', 'customs_processing'],
    ['BN', 'customs_processing'],
    ['BR', 'customs_processing'],
    ['CD', 'exception', 'exception.delayed'],
    ['UD', 'exception', 'exception.delayed_external'],
    ['TD', 'exception', 'exception.delayed'],
    ['MD', 'exception', 'exception.delayed_carrier'],
    ['WX', 'exception', 'exception.delayed_weather'],
    ['OH', 'exception', 'exception.held_at_facility'],
    ['HP', 'exception', 'exception.payment_due'],
    ['MS', 'exception', 'exception.missorted'],
    ['BA', 'exception'],
    // "Miscode", "Shipment stopped"
    ['MC', 'exception'],
    ['SS', 'exception'],
    ['DM', 'damaged'],
    // "Destroyed / disposal"
    ['DS', 'disposed'],
    // "Forwarded to a third party": somebody else delivers.
    ['FD', 'handed_to_last_mile'],
    ['TP', 'handed_to_last_mile'],
    ['WC', 'out_for_delivery'],
    // "Not delivered"
    ['ND', 'delivery_attempted'],
    ['NH', 'delivery_attempted', 'delivery_attempted.recipient_absent'],
    ['CA', 'delivery_attempted', 'delivery_attempted.business_closed'],
    ['CM', 'delivery_attempted', 'delivery_attempted.address_problem'],
    ['RD', 'refused'],
    // "Awaiting collection by the recipient": it lies there, it was not handed over.
    ['CC', 'at_point'],
    ['OK', 'delivered'],
    ['DD', 'delivered'],
    ['RT', 'returning'],
  ],
});
