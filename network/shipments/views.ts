import type { Queryable } from '../../platform/db/index.ts';
import type { Shipment } from './model.ts';
import { listSteps } from './store.ts';

/**
 * Reads in four steps: the shipments are the skeleton; parties are hydrated masked; the rules say who may see what;
 * then the answer is shaped. Carriers and warehouses do not see what the merchant pays.
 */
export async function presentShipments(
  db: Queryable,
  shipments: readonly Shipment[],
  relation: string,
  options: { readonly history: boolean },
): Promise<Record<string, unknown>[]> {
  const seesMoney = relation === 'own' || relation === 'client' || relation === 'any';
  const views: Record<string, unknown>[] = [];
  for (const shipment of shipments) {
    const { charged, quoted, freight, senderRef, recipientRef, offerId, holdSetId, orderAmount, ...open } =
      shipment;
    const view: Record<string, unknown> = { ...open };
    if (seesMoney) Object.assign(view, { quoted, charged, freight });
    if (options.history) view.history = await listSteps(db, shipment.id);
    views.push(view);
  }
  return views;
}
