import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { type BagStep, decideBag } from './decide.ts';
import { BagBuilt, BagCanceled, BagEdited } from './events.ts';
import { type Bag, type HandoverErrorCode, PARCELS_PER_COMMIT } from './model.ts';
import { findParcels, mergePlaces } from './parcels.ts';
import {
  closeContents,
  deleteContents,
  insertBag,
  insertContents,
  listContents,
  lockBags,
  saveBag,
} from './store.ts';
import { tell, tellInParts } from './tell.ts';

export type BagOutcome = Outcome<Bag, HandoverErrorCode | 'not_found'>;

export type CreateBag = {
  readonly code?: string | undefined;
  readonly container: Bag['container'];
  readonly weightGrams?: number | undefined;
  readonly goodsReadyAt?: Instant | undefined;
  readonly parcelIds: readonly string[];
};

export async function createBag(work: Work, owner: OrganisationId, command: CreateBag): Promise<BagOutcome> {
  const id = work.newId('bag');
  const bag: Bag = {
    id,
    organisationId: owner,
    clientPlatformId: undefined,
    carrierId: undefined,
    warehouseId: undefined,
    version: 1,
    state: 'draft',
    // The random end of the id: bags of one second differ.
    code: command.code ?? `BB-${id.slice(-10).toUpperCase()}`,
    container: command.container,
    handoverId: undefined,
    commits: 0,
    hasEdits: false,
    weightGrams: command.weightGrams,
    goodsReadyAt: command.goodsReadyAt,
    parcelCount: 0,
    createdAt: work.now,
    changedAt: work.now,
  };
  if (!(await insertBag(work.db, bag))) return refused('bag_code_taken', '');
  return command.parcelIds.length === 0 ? accepted(bag) : change(work, bag, command.parcelIds, []);
}

/** Adds and removes parcels: of a draft, and of a bag that was committed once. */
export async function editBag(
  work: Work,
  owner: string,
  bagId: string,
  command: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<BagOutcome> {
  const locked = await step(work, owner, bagId, 'edit');
  return locked.ok ? change(work, locked.value, command.add, command.remove) : locked;
}

/** Freezes the bag; the second time for good. */
export async function commitBag(work: Work, owner: string, bagId: string): Promise<BagOutcome> {
  const outcome = await step(work, owner, bagId, 'commit');
  if (!outcome.ok) return outcome;
  const contents = await listContents(work.db, owner, [bagId]);
  const told = tellInParts(work, outcome.value, BagBuilt, contents, (chunk) => ({
    parcelIds: chunk.map((content) => content.parcelId),
  }));
  await saveBag(work.db, told);
  return accepted(told);
}

export async function cancelBag(work: Work, owner: string, bagId: string): Promise<BagOutcome> {
  const outcome = await step(work, owner, bagId, 'cancel');
  if (!outcome.ok) return outcome;
  if (outcome.value.handoverId !== undefined) return refused('bag_in_handover', '');
  await closeContents(work.db, owner, [bagId]);
  const told = tell(work, outcome.value, BagCanceled);
  await saveBag(work.db, told);
  return accepted(told);
}

async function step(work: Work, owner: string, bagId: string, kind: BagStep): Promise<BagOutcome> {
  const [bag] = await lockBags(work.db, owner, [bagId]);
  if (bag === undefined) return refused('not_found', '');
  const decision = decideBag(bag, kind);
  return decision.ok ? accepted({ ...bag, ...decision.value, changedAt: work.now }) : decision;
}

async function change(
  work: Work,
  bag: Bag,
  add: readonly string[],
  remove: readonly string[],
): Promise<BagOutcome> {
  const owner = bag.organisationId;
  const removed = await deleteContents(work.db, owner, bag.id, remove);
  if (removed < new Set(remove).size) return refused('not_found', '');
  const left = bag.parcelCount - removed;
  const found = await findParcels(work, owner, add);
  if (!found.ok) return found;
  const { contents, ...places } = found.value;
  if (left + contents.length > PARCELS_PER_COMMIT) return refused('handover_too_large', '');
  // A bag that lost all its parcels may go to another warehouse.
  const merged = mergePlaces(left === 0 ? [places] : [bag, places]);
  if (!merged.ok) return merged;
  if ((await insertContents(work.db, owner, bag.id, contents)) < contents.length) {
    return refused('parcel_in_another_bag', '');
  }
  const changed: Bag = { ...bag, ...merged.value, parcelCount: left + contents.length };
  const told = tell(work, changed, BagEdited, {
    added: contents.map((content) => content.parcelId),
    removed: [...new Set(remove)],
  });
  await saveBag(work.db, told);
  return accepted(told);
}
