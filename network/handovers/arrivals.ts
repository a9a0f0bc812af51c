import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { insertArrivals, insertDifferences, listArrivals } from './arrival-store.ts';
import { readHandoverList } from './batches.ts';
import { decideBatch } from './decide.ts';
import { differencesOf } from './difference.policy.ts';
import * as events from './events.ts';
import type { Arrival, Difference, Handover, HandoverErrorCode } from './model.ts';
import { closeContents, lockHandover, moveBags, saveHandover, signBags } from './store.ts';
import { tell, tellInParts } from './tell.ts';

type Code = HandoverErrorCode | 'not_found';

/** Parcels that the warehouse scans as they come; a number scanned again changes nothing. */
export async function scanArrivals(
  work: Work,
  owner: string,
  callerId: string,
  handoverId: string,
  arrivals: readonly Arrival[],
): Promise<Outcome<Handover, Code>> {
  const before = await lockHandover(work.db, owner, handoverId);
  if (before === undefined) return refused('not_found', '');
  const decision = decideBatch(before, 'arrive');
  if (!decision.ok) return decision;
  const key = { organisationId: owner, handoverId };
  const byNumber = [...new Map(arrivals.map((arrival) => [arrival.number, arrival])).values()];
  const fresh = await insertArrivals(work.db, key, byNumber, callerId, work.now);
  const arrived: Handover = { ...before, state: decision.value, changedAt: work.now };
  if (before.state !== 'arrived') await moveBags(work.db, arrived);
  const told = await tellArrivals(
    work,
    arrived,
    byNumber.filter((arrival) => fresh.has(arrival.number)),
    work.now,
  );
  await saveHandover(work.db, told);
  return accepted(told);
}

async function tellArrivals(
  work: Work,
  handover: Handover,
  arrivals: readonly Arrival[],
  occurredAt: Instant,
): Promise<Handover> {
  const list = await readHandoverList(work.db, handover.organisationId, handover.id);
  const bagIds = new Set<string>(list?.bags.map((bag) => bag.id));
  const announced = new Map(list?.contents.map((content) => [content.number, content]));
  const known = arrivals.flatMap(({ number, issue }) => {
    const content = announced.get(number);
    if (content === undefined) return [];
    const { parcelId, shipmentId, containerId } = content;
    return [
      { parcelId, shipmentId, number, bagId: bagIds.has(containerId) ? containerId : undefined, issue },
    ];
  });
  return tellInParts(work, handover, events.HandoverParcelsArrived, known, (parcels) => ({
    occurredAt,
    parcels,
  }));
}

export type Signature = { readonly handover: Handover; readonly differences: readonly Difference[] };

/** The warehouse signs: what was announced against what was scanned. */
export async function signHandover(
  work: Work,
  owner: string,
  handoverId: string,
): Promise<Outcome<Signature, Code>> {
  const before = await lockHandover(work.db, owner, handoverId);
  const list = await readHandoverList(work.db, owner, handoverId);
  if (before === undefined || list === undefined) return refused('not_found', '');
  const arrivals = await listArrivals(work.db, owner, handoverId);
  const bagIds = new Set<string>(list.bags.map((bag) => bag.id));
  const all = differencesOf(list.contents, arrivals, bagIds);
  const differences = all.filter((item) => item.code !== 0);
  const isNormal = differences.length === 0;
  const decision = decideBatch(before, 'sign', isNormal);
  if (!decision.ok) return decision;
  await insertDifferences(work.db, { organisationId: owner, handoverId }, all);
  await closeContents(work.db, owner, [...bagIds, handoverId]);
  const signed: Handover = { ...before, state: decision.value, changedAt: work.now };
  const abnormal = differences.flatMap((item) => (item.bagId === undefined ? [] : [item.bagId]));
  await signBags(work.db, signed, [...new Set(abnormal)]);
  const count = (code: number) => all.filter((item) => item.code === code).length;
  const withSignature = tell(work, signed, events.HandoverSigned, {
    isNormal,
    arrived: count(0) + count(5),
    missing: count(2),
    surplus: count(3),
    other: count(5),
  });
  const told = tellInParts(work, withSignature, events.HandoverDifferenceFound, differences, (chunk) => ({
    differences: chunk,
  }));
  await saveHandover(work.db, told);
  return accepted({ handover: told, differences });
}
