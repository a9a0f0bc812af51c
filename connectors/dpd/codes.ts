import { codeTable } from '../reading/index.ts';

export const DPD_CODES = codeTable(
  {
    source: 'DPD Group tracking API: status of events',
    rows: [
      ['in_transit', 'in_transit_local'],
      ['Courier', 'out_for_delivery'],
      ['DeliveryFailure', 'delivery_attempted'],
      // A shop keeps it.
      ['ParcelShop', 'at_point', 'available_for_pickup.outlet'],
      ['Delivered', 'delivered'],
    ],
  },
  {
    source: 'DPD parcel life cycle (public tracking): statusInfo',
    rows: [
      ['ACCEPTED', 'order_created'],
      ['ON_THE_ROAD', 'in_transit_local'],
      ['AT_DELIVERY_DEPOT', 'arrived_delivery_depot'],
      ['OUT_FOR_DELIVERY', 'out_for_delivery'],
      ['DELIVERED', 'delivered'],
    ],
  },
);
