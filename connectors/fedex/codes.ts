import { codeTable } from '../reading/index.ts';

/**
 * Scan codes of FedEx. Public projects contradict each other on 18 of them, so each is read by its own text; where
 * the text leaves it open (AD "at delivery", AP "at pickup", options of the recipient RR, RM, RC) it stays unmapped.
 */
export const FEDEX_CODES = codeTable(
  {
    source: 'FedEx Web Services developer guide, appendix: tracking scan codes',
    rows: [
      ['OC', 'order_created'],
      ['IN', 'order_created'],
      ['OX', 'order_created'],
      ['EP', 'order_created'],
      ['PD', 'pickup_failed'],
      ['PU', 'picked_up'],
      ['PX', 'picked_up'],
      ['AA', 'in_transit_local', 'in_transit.arrived_facility'],
      ['AF', 'in_transit_local', 'in_transit.arrived_facility'],
      ['AR', 'in_transit_local', 'in_transit.arrived_facility'],
      ['FD', 'in_transit_local', 'in_transit.arrived_facility'],
      ['OF', 'in_transit_local', 'in_transit.arrived_facility'],
      ['PL', 'in_transit_local', 'in_transit.arrived_facility'],
      ['SF', 'in_transit_local', 'in_transit.arrived_facility'],
      ['DP', 'in_transit_local', 'in_transit.departed_facility'],
      ['LO', 'in_transit_local', 'in_transit.departed_facility'],
      ['PF', 'in_transit_local', 'in_transit.departed_facility'],
      ['EA', 'in_transit_local'],
      ['EO', 'in_transit_local'],
      ['IT', 'in_transit_local'],
      ['IX', 'in_transit_local'],
      ['PM', 'in_transit_local'],
      ['TR', 'in_transit_local'],
      // "At Canada Post facility", "at USPS facility": the post delivers.
      ['AC', 'handed_to_last_mile'],
      ['AX', 'handed_to_last_mile'],
      ['CP', 'customs_processing'],
      ['CC', 'customs_processing'],
      // "Clearance delay" does not tell of which country.
      ['CD', 'exception', 'exception.delayed'],
      ['DY', 'exception', 'exception.delayed'],
      ['DD', 'exception', 'exception.delayed'],
      ['SE', 'exception'],
      ['DE', 'exception'],
      ['ED', 'out_for_delivery'],
      ['OD', 'out_for_delivery'],
      // "Hold at location": it waits for the recipient, it was not given to him.
      ['HL', 'at_point'],
      // "Ready for recipient pickup"
      ['HP', 'at_point'],
      ['DL', 'delivered'],
      ['CA', 'cancelled'],
      ['RS', 'returning'],
    ],
  },
  {
    source: 'FedEx Web Services developer guide, appendix: exception codes beside scan code DE',
    rows: [
      ['DE:03', 'delivery_attempted', 'delivery_attempted.address_problem'],
      ['DE:07', 'refused'],
      ['DE:08', 'delivery_attempted'],
    ],
  },
);
