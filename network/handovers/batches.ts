import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { type BatchStep, decideBatch } from './decide.ts';
import * as events from './events.ts';
import {
  type Bag,
  type Content,
  type Handover,
  type HandoverErrorCode,
  type HandoverId,
  PARCELS_PER_COMMIT,
} from './model.ts';
import { findParcels, mergePlaces } from './parcels.ts';
import {
  closeContents,
  deleteContents,
  findHandover,
  insertContents,
  insertHandover,
  listBagsOf,
  listContents,
  lockBags,
  lockHandover,
  moveBags,
  saveBag,
  saveHandover,
} from './store.ts';
import { tell } from './tell.ts';

export type HandoverOutcome = Outcome<Handover, HandoverErrorCode | 'not_found'>;

export type CreateHandover = {
  readonly kind: Handover['kind'];
  readonly selfPost?: { readonly carrierName: string; readonly number: string } | undefined;
  readonly goodsReadyAt?: Instant | undefined;
  readonly bagIds: readonly string[];
  readonly parcelIds: readonly string[];
};
export type EditHandover = {
  readonly addBagIds: readonly string[];
  readonly removeBagIds: readonly string[];
  readonly addParcelIds: readonly string[];
  readonly removeParcelIds: readonly string[];
};

export async function createHandover(
  work: Work,
  owner: OrganisationId,
  command: CreateHandover,
): Promise<HandoverOutcome> {
  const id: HandoverId = work.newId('hnd');
  const handover: Handover = {
    id,
    organisationId: owner,
    clientPlatformId: undefined,
    carrierId: undefined,
    warehouseId: undefined,
    version: 1,
    state: 'draft',
    kind: command.kind,
    number: `HN-${id.slice(-10).toUpperCase()}`,
    carrierName: command.selfPost?.carrierName,
    trackingNumber: command.selfPost?.number,
    goodsReadyAt: command.goodsReadyAt,
    parcelCount: 0,
    reason: undefined,
    createdAt: work.now,
    changedAt: work.now,
  };
  await insertHandover(work.db, handover);
  return change(work, handover, {
    addBagIds: command.bagIds,
    removeBagIds: [],
    addParcelIds: command.parcelIds,
    removeParcelIds: [],
  });
}

export async function editHandover(
  work: Work,
  owner: string,
  handoverId: string,
  command: EditHandover,
): Promise<HandoverOutcome> {
  const locked = await lockAllowed(work, owner, handoverId, 'edit');
  return locked.ok ? change(work, locked.value, command) : locked;
}

async function change(work: Work, handover: Handover, command: EditHandover): Promise<HandoverOutcome> {
  const owner = handover.organisationId;
  const bagIds = [...new Set([...command.addBagIds, ...command.removeBagIds])];
  const bags = await lockBags(work.db, owner, bagIds);
  if (bags.length < bagIds.length) return refused('not_found', '');
  for (const bag of bags) {
    const placed = placeBag(bag, handover.id, command.removeBagIds.includes(bag.id));
    if (!placed.ok) return placed;
    await saveBag(work.db, placed.value);
  }
  const removed = await deleteContents(work.db, owner, handover.id, command.removeParcelIds);
  if (removed < new Set(command.removeParcelIds).size) return refused('not_found', '');
  const found = await findParcels(work, owner, command.addParcelIds);
  if (!found.ok) return found;
  const { contents, ...places } = found.value;
  if ((await insertContents(work.db, owner, handover.id, contents)) < contents.length) {
    return refused('parcel_in_another_bag', '');
  }
  const { bags: inside, loose } = await insideOf(work, handover);
  const parcelCount = inside.reduce((sum, bag) => sum + bag.parcelCount, loose.length);
  if (parcelCount > PARCELS_PER_COMMIT) return refused('handover_too_large', '');
  const kept = loose.length > contents.length ? [handover] : [];
  const merged = mergePlaces([...kept, ...inside, places]);
  if (!merged.ok) return merged;
  const changed: Handover = {
    ...handover,
    ...merged.value,
    parcelCount,
    version: handover.version + 1,
    changedAt: work.now,
  };
  await saveHandover(work.db, changed);
  return accepted(changed);
}

/** Into the handover, or out of it. */
function placeBag(bag: Bag, handoverId: HandoverId, isRemoval: boolean): Outcome<Bag, HandoverErrorCode> {
  if (bag.state !== 'draft' && bag.state !== 'committed') {
    return refused('handover_state_conflict', `The bag ${bag.code} is ${bag.state}.`);
  }
  if (bag.handoverId !== undefined && bag.handoverId !== handoverId) return refused('bag_in_handover', '');
  return accepted({ ...bag, version: bag.version + 1, handoverId: isRemoval ? undefined : handoverId });
}

async function insideOf(work: Work, handover: Handover): Promise<{ bags: Bag[]; loose: Content[] }> {
  const bags = await listBagsOf(work.db, handover.organisationId, handover.id);
  return { bags, loose: await listContents(work.db, handover.organisationId, [handover.id]) };
}

/** Freezes everything: bags too. For a pickup the driver's list is final. */
export async function commitHandover(
  work: Work,
  owner: string,
  handoverId: string,
): Promise<HandoverOutcome> {
  const before = await lockHandover(work.db, owner, handoverId);
  if (before === undefined) return refused('not_found', '');
  const seen = await insideOf(work, before);
  const bags = await lockBags(
    work.db,
    owner,
    seen.bags.map((bag) => bag.id),
  );
  const open = bags.find((bag) => bag.state !== 'committed' || bag.hasEdits);
  if (open !== undefined) return refused('handover_bag_open', `The bag ${open.code} is not committed.`);
  const parcelCount = bags.reduce((sum, bag) => sum + bag.parcelCount, seen.loose.length);
  if (parcelCount > PARCELS_PER_COMMIT) return refused('handover_too_large', '');
  const decision = decideBatch({ ...before, parcelCount }, 'commit');
  if (!decision.ok) return decision;
  const merged = mergePlaces([...(seen.loose.length > 0 ? [before] : []), ...bags]);
  if (!merged.ok) return merged;
  if (before.kind === 'platform_pickup' && merged.value.carrierId === undefined) {
    return refused('handover_places_differ', 'A pickup is made by one carrier.');
  }
  const committed: Handover = {
    ...before,
    ...merged.value,
    parcelCount,
    state: decision.value,
    changedAt: work.now,
  };
  await moveBags(work.db, committed);
  const told = tell(work, committed, events.HandoverCommitted, { bagIds: bags.map((bag) => bag.id) });
  await saveHandover(work.db, told);
  return accepted(told);
}

/** The bags are free for another handover; loose parcels too. */
export async function cancelHandover(
  work: Work,
  owner: string,
  handoverId: string,
): Promise<HandoverOutcome> {
  const moved = await moveTo(work, owner, handoverId, 'cancel', undefined);
  if (!moved.ok) return moved;
  await closeContents(work.db, owner, [handoverId]);
  // Drafts among the bags go on as drafts: only those that the handover froze are `committed` again.
  for (const bag of await listBagsOf(work.db, owner, handoverId)) {
    const state = bag.commits === 0 ? 'draft' : 'committed';
    await saveBag(work.db, { ...bag, state, handoverId: undefined, version: bag.version + 1 });
  }
  const told = tell(work, moved.value, events.HandoverCanceled);
  await saveHandover(work.db, told);
  return accepted(told);
}

/** The driver took it, or did not. */
export async function reportCollection(
  work: Work,
  owner: string,
  handoverId: string,
  reason: string | undefined,
): Promise<HandoverOutcome> {
  const step = reason === undefined ? 'collect' : 'fail_collection';
  const moved = await moveTo(work, owner, handoverId, step, reason);
  if (!moved.ok) return moved;
  await moveBags(work.db, moved.value);
  const told =
    reason === undefined
      ? tell(work, moved.value, events.HandoverCollected)
      : tell(work, moved.value, events.HandoverCollectionFailed, { reason });
  await saveHandover(work.db, told);
  return accepted(told);
}

async function moveTo(
  work: Work,
  owner: string,
  handoverId: string,
  step: BatchStep,
  reason: string | undefined,
): Promise<HandoverOutcome> {
  const locked = await lockAllowed(work, owner, handoverId, step);
  if (!locked.ok) return locked;
  const decision = decideBatch(locked.value, step);
  if (!decision.ok) return decision;
  return accepted({ ...locked.value, state: decision.value, reason, changedAt: work.now });
}

async function lockAllowed(
  work: Work,
  owner: string,
  handoverId: string,
  step: BatchStep,
): Promise<HandoverOutcome> {
  const handover = await lockHandover(work.db, owner, handoverId);
  if (handover === undefined) return refused('not_found', '');
  const decision = decideBatch(handover, step);
  return decision.ok ? accepted(handover) : decision;
}

export type HandoverList = {
  readonly handover: Handover;
  readonly bags: readonly Bag[];
  readonly contents: readonly Content[];
};

/** Everything that is announced: bags with their parcels, then loose ones. */
export async function readHandoverList(
  db: Work['db'],
  owner: string,
  handoverId: string,
): Promise<HandoverList | undefined> {
  const handover = await findHandover(db, handoverId);
  if (handover === undefined) return undefined;
  const bags = await listBagsOf(db, owner, handoverId);
  const contents = await listContents(db, owner, [...bags.map((bag) => bag.id), handoverId]);
  return { handover, bags, contents };
}
