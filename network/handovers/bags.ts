import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { listShipmentsByIds } from '../shipments/index.ts';
import { type BagStep, decideBag, decideBatch } from './decide.ts';
import { BagBuilt, BagCanceled, BagEdited } from './events.ts';
import {
  type Bag,
  type Content,
  type Handover,
  type HandoverErrorCode,
  type HandoverId,
  PARCELS_PER_COMMIT,
} from './model.ts';
import { findParcels, mergePlaces, type Places } from './parcels.ts';
import {
  closeContents,
  deleteContents,
  insertBag,
  insertContents,
  listContents,
  lockBags,
  lockHandover,
  moveContents,
  saveBag,
  saveHandover,
} from './store.ts';
import { tell, tellEach, tellInParts } from './tell.ts';

export type BagOutcome = Outcome<Bag, HandoverErrorCode | 'not_found'>;

export type BagTag = {
  readonly code?: string | undefined;
  readonly container: Bag['container'];
  readonly weightGrams?: number | undefined;
  readonly goodsReadyAt?: Instant | undefined;
};
export type CreateBag = BagTag & { readonly parcelIds: readonly string[] };
/** `parcelIds` left out: everything that lies loose in the handover. */
export type PackBag = BagTag & { readonly parcelIds?: readonly string[] | undefined };

export async function createBag(work: Work, owner: OrganisationId, command: CreateBag): Promise<BagOutcome> {
  const bag = draftOf(work, owner, command, undefined);
  if (!(await insertBag(work.db, bag))) return refused('bag_code_taken', '');
  return command.parcelIds.length === 0 ? accepted(bag) : change(work, bag, command.parcelIds, []);
}

function draftOf(work: Work, owner: OrganisationId, tag: BagTag, handoverId: HandoverId | undefined): Bag {
  const id = work.newId('bag');
  return {
    id,
    organisationId: owner,
    clientPlatformId: undefined,
    carrierId: undefined,
    warehouseId: undefined,
    version: 1,
    state: 'draft',
    // The random end of the id: bags of one second differ.
    code: tag.code ?? `BB-${id.slice(-10).toUpperCase()}`,
    container: tag.container,
    handoverId,
    commits: 0,
    hasEdits: false,
    weightGrams: tag.weightGrams,
    goodsReadyAt: tag.goodsReadyAt,
    parcelCount: 0,
    createdAt: work.now,
    changedAt: work.now,
  };
}

/** Puts loose parcels of a draft handover into a new bag of it: up to 1,000 parcels with one update. */
export async function packBag(
  work: Work,
  owner: string,
  handoverId: string,
  command: PackBag,
): Promise<BagOutcome> {
  const handover = await lockHandover(work.db, owner, handoverId);
  if (handover === undefined) return refused('not_found', '');
  const decision = decideBatch(handover, 'edit');
  if (!decision.ok) return decision;
  const draft = draftOf(work, handover.organisationId, command, handover.id);
  if (!(await insertBag(work.db, draft))) return refused('bag_code_taken', '');
  const moved = await moveContents(work.db, owner, handover.id, draft.id, command.parcelIds);
  if (moved.length < new Set(command.parcelIds ?? []).size) return refused('not_found', '');
  if (moved.length === 0) return refused('handover_empty', 'No parcel lies loose in it.');
  const places = await placesOf(work, handover, moved);
  if (!places.ok) return places;
  const told = tellEach(
    work,
    { ...draft, ...places.value, parcelCount: moved.length },
    BagEdited,
    moved,
    (some) => ({
      added: some.map((content) => content.parcelId),
      removed: [],
    }),
  );
  await saveBag(work.db, told);
  // What it holds in all stays; who read it before sees that it is another one.
  await saveHandover(work.db, { ...handover, version: handover.version + 1, changedAt: work.now });
  return accepted(told);
}

/** Where some contents of a handover go: as all of it, if it names one carrier; else as their shipments say. */
async function placesOf(
  work: Work,
  handover: Handover,
  moved: readonly Pick<Content, 'shipmentId'>[],
): Promise<Outcome<Places, 'handover_places_differ'>> {
  if (handover.carrierId !== undefined) return mergePlaces([handover]);
  const ids = [...new Set(moved.map((content) => content.shipmentId))];
  return mergePlaces(await listShipmentsByIds(work.db, ids));
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
