import { api, isProblem } from '../ground/api.ts';

/** The shipment of a number that stands on no list here; undefined when the server knows none for this warehouse. */
export async function findShipment(number: string): Promise<string | undefined> {
  try {
    const found = await api.get('/v1/tracking/{number}', { params: { path: { number } } });
    return found.parcels.find((one) => one.parcel.shipment_id !== undefined)?.parcel.shipment_id;
  } catch (error) {
    if (isProblem(error, 'not_found')) return undefined;
    throw error;
  }
}
