import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { earliest, type Instant, type OrganisationId } from '../kernel/index.ts';
import { HoldExpired } from '../ledger/events.ts';
import { TimelineRevised } from '../tracking/events.ts';
import { hasMoved } from '../tracking/index.ts';
import { activateWaybill, closeWaybill } from '../waybills/index.ts';
import { FreightLapsed } from './events.ts';
import { followedStatus, stateOfPieces } from './pieces.policy.ts';
import type { ShipmentPorts } from './ports.ts';
import { emitShipmentEvent, subjectOf, takeStep } from './step.ts';
import { lockShipment, type NotedParcel, noteParcelStatuses, saveShipment } from './store.ts';

type Revised = {
  readonly parcelId: string;
  readonly status: string;
  readonly substatus?: string;
  readonly occurredAt: Instant;
  readonly synthetic: boolean;
};

/** The order and its waybills follow the timelines of the parcels. */
export function shipmentReactions(ports: ShipmentPorts): readonly Reaction[] {
  return [
    reactionOfAll('shipments.follow_timeline', [TimelineRevised.name], (work, events) =>
      followTimelines(
        work,
        events.map((event: PublishedEvent<Revised>) => event.payload),
        ports,
      ),
    ),
    {
      name: 'shipments.lapsed_freight',
      on: [HoldExpired.name],
      run: (work, event: PublishedEvent<LapsedHold>) => noteLapsedFreight(work, event.payload),
    },
  ];
}

type News = { readonly revised: Revised; readonly status: string };

/**
 * Announcements of different parcels are noted together, as they move nothing. Whatever moves a parcel is followed in
 * its turn, so that each piece of an order is a step of its own.
 */
async function followTimelines(work: Work, all: readonly Revised[], ports: ShipmentPorts): Promise<void> {
  let announced = new Map<string, News>();
  const follow = async (news: readonly News[]) => {
    if (news.length > 0) await followNews(work, news, ports);
  };
  for (const revised of all) {
    const news = { revised, status: followedStatus(revised.status, revised.substatus) };
    if (hasMoved(news.status) || announced.has(revised.parcelId)) {
      await follow([...announced.values()]);
      announced = new Map();
    }
    if (hasMoved(news.status)) await follow([news]);
    else announced.set(revised.parcelId, news);
  }
  await follow([...announced.values()]);
}

async function followNews(work: Work, news: readonly News[], ports: ShipmentPorts): Promise<void> {
  await work.actFor('network');
  const noted = await noteParcelStatuses(
    work.db,
    news.map(({ revised: { parcelId }, status }) => ({ parcelId, status })),
  );
  const byParcel = new Map(noted.map((parcel) => [parcel.parcelId, parcel]));
  for (const one of news) {
    const parcel = byParcel.get(one.revised.parcelId);
    if (parcel !== undefined) await followParcel(work, one, parcel, ports);
  }
}

async function followParcel(
  work: Work,
  { revised, status }: News,
  found: NotedParcel,
  ports: ShipmentPorts,
): Promise<void> {
  const owner = found.organisationId;
  await work.actFor({ organisationId: owner });
  if (hasMoved(status)) await followWaybill(work, found.waybillId, status);
  const state = stateOfPieces(found.statuses);
  if (state === undefined) return;
  const actor = { id: 'timeline', organisationId: owner, world: 'test' as const };
  const input = {
    shipmentId: found.shipmentId,
    occurredAt: earliest(revised.occurredAt, work.now),
    synthetic: revised.synthetic,
  };
  const outcome = await takeStep(
    work,
    owner,
    actor,
    { kind: 'milestone', status: state },
    input,
    ports.freight,
  );
  if (!outcome.ok)
    throw new Error(`a milestone of ${found.shipmentId} was refused: ${outcome.rejection.code}`);
}

type LapsedHold = {
  readonly organisationId: OrganisationId;
  readonly reference: { readonly kind: string; readonly id: string };
};

/** So that who waits for the parcel sees why it will not leave without new funds, before the warehouse is refused. */
async function noteLapsedFreight(work: Work, hold: LapsedHold): Promise<void> {
  if (hold.reference.kind !== 'shipment') return;
  await work.actFor({ organisationId: hold.organisationId });
  const before = await lockShipment(work.db, hold.organisationId, hold.reference.id);
  if (before?.freight !== 'reserved') return;
  const after = {
    ...before,
    freight: 'lapsed' as const,
    version: before.version + 1,
    changedAt: work.now,
  };
  await saveShipment(work.db, after, {
    step: 'freight_lapsed',
    reason: 'hold_expired',
    evidence: undefined,
    byCaller: 'ledger',
    occurredAt: work.now,
  });
  emitShipmentEvent(work, after, FreightLapsed.name, subjectOf(after, work.now));
}

/** From the first scan a number is neither changed nor given back. A cancelled one stays so; the timeline shows it. */
async function followWaybill(work: Work, waybillId: string, status: string): Promise<void> {
  await activateWaybill(work, waybillId);
  if (status === 'delivered' || status === 'returned') await closeWaybill(work, waybillId);
}
