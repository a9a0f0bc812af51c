import type { ParcelId, WaybillId } from '../kernel/index.ts';

/**
 * A waybill without an order of this network has a parcel all the same: its owner and the buyer track it. Both carry
 * one identifier behind their prefixes, so that each is found from the other without a look-up.
 */
export function parcelOfWaybill(id: WaybillId): ParcelId {
  return `pcl_${id.slice('wbl_'.length)}` as ParcelId;
}

/** The waybill of a parcel that no order is known of. */
export function waybillOfParcel(id: string): WaybillId {
  return `wbl_${id.slice('pcl_'.length)}` as WaybillId;
}
