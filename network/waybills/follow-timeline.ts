import type { PublishedEvent } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { OrganisationId, WaybillId } from '../kernel/index.ts';
import { hasMoved } from '../tracking/index.ts';
import { waybillOfParcel } from './own-parcel.policy.ts';
import { lockWaybills } from './store.ts';
import { takeStep } from './transitions.ts';

type Revised = {
  readonly parcelId: string;
  readonly organisationId?: string | undefined;
  readonly shipmentId?: string | undefined;
  readonly status: string;
};

/**
 * Waybills without an order of this network follow the timelines of their parcels: from the first scan on they are
 * neither changed nor given back, and at the end of the way they are closed. Those of orders follow their order.
 */
export async function followTimelines(work: Work, events: readonly PublishedEvent<Revised>[]): Promise<void> {
  const byOwner = new Map<string, Map<WaybillId, string>>();
  for (const { payload } of events) {
    const { organisationId, shipmentId, parcelId, status } = payload;
    if (organisationId === undefined || shipmentId !== undefined || !hasMoved(status)) continue;
    const statuses = byOwner.get(organisationId) ?? new Map<WaybillId, string>();
    byOwner.set(organisationId, statuses.set(waybillOfParcel(parcelId), status));
  }
  for (const [organisationId, statuses] of [...byOwner].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await work.actFor({ organisationId: organisationId as OrganisationId });
    for (const waybill of await lockWaybills(work.db, organisationId, [...statuses.keys()])) {
      // A cancelled one stays so, and an intercepted one too; the timeline shows what happened.
      const active = await takeStep(work, waybill, 'scan');
      const status = statuses.get(waybill.id);
      if (active.ok && (status === 'delivered' || status === 'returned'))
        await takeStep(work, active.value, 'close');
    }
  }
}
