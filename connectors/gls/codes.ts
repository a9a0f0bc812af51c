import { codeTable } from '../reading/index.ts';

/** Of the event codes of GLS only those whose text is public stand here. FINAL says "history closed". */
export const GLS_CODES = codeTable(
  {
    source: 'GLS Group track and trace: status of a parcel',
    rows: [
      ['PREADVICE', 'order_created'],
      ['PLANNEDPICKUP', 'order_created'],
      // "Will be picked up by a driver"
      ['INPICKUP', 'order_created'],
      ['NOTPICKEDUP', 'pickup_failed'],
      ['INTRANSIT', 'in_transit_local'],
      ['INWAREHOUSE', 'in_transit_local', 'in_transit.arrived_facility'],
      ['INDELIVERY', 'out_for_delivery'],
      ['NOTDELIVERED', 'delivery_attempted'],
      // "Delivered to the parcel shop": the shop has signed, not the recipient.
      ['DELIVEREDPS', 'at_point', 'available_for_pickup.outlet'],
      ['DELIVERED', 'delivered'],
      ['CANCELED', 'cancelled'],
    ],
  },
  {
    source:
      'GLS Group track and trace v1: event codes in its examples and in its list of codes, by their own text',
    rows: [
      ['INTIAL.PREADVICE', 'order_created'],
      // "Provided by the sender for collection": not yet collected.
      ['INTIAL.E48_DATA', 'order_created'],
      ['INTIAL.NORMAL', 'picked_up'],
      // "Has reached", "has left the parcel center"
      ['INBOUD.NORMAL', 'in_transit_local', 'in_transit.arrived_facility'],
      ['OUTBOD.NORMAL', 'in_transit_local', 'in_transit.departed_facility'],
      // "Is expected to be delivered during the day"
      ['OUTDEL.NORMAL', 'out_for_delivery'],
      ['DELIVD.NORMAL', 'delivered'],
      // "The parcel data have been deleted"
      ['CANCEL.NORMAL', 'cancelled'],
      ['DELIVD.PARCELSHOP', 'at_point', 'available_for_pickup.outlet'],
    ],
  },
);
