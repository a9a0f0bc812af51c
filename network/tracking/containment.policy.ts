import type { Instant } from '../kernel/index.ts';
import { MILESTONES } from './milestones.policy.ts';
import type { Correction, Milestone, Scan, ScanId } from './model.ts';

/**
 * `receptacle`: a bag, pallet or box of parcels of different people (UPU: receptacle). `consignment`: the parent of the
 * pieces of one sending, which carries their tracking (domain 1.6).
 */
export const CONTAINER_KINDS = ['receptacle', 'consignment'] as const;
export type ContainerKind = (typeof CONTAINER_KINDS)[number];

export const CONTAINMENT_ACTIONS = ['pack', 'unpack'] as const;
export type ContainmentAction = (typeof CONTAINMENT_ACTIONS)[number];

/** Something was put into a container or taken out of it. */
export type ContainmentFact = { readonly action: ContainmentAction; readonly occurredAt: Instant };

/** From when to when something was inside: [from, to), open where undefined. */
export type Stay = { readonly from: Instant; readonly to: Instant | undefined };

/**
 * When one parcel was inside one container, out of any statements in any order. Packed twice is packed once; who was
 * never packed cannot be taken out.
 */
export function staysOf(facts: readonly ContainmentFact[]): Stay[] {
  const ordered = facts.toSorted((a, b) =>
    a.occurredAt === b.occurredAt ? rankOf(a) - rankOf(b) : a.occurredAt < b.occurredAt ? -1 : 1,
  );
  const stays: Stay[] = [];
  let from: Instant | undefined;
  for (const { action, occurredAt } of ordered) {
    if (action === 'pack') from ??= occurredAt;
    else if (from !== undefined) {
      if (from < occurredAt) stays.push({ from, to: occurredAt });
      from = undefined;
    }
  }
  if (from !== undefined) stays.push({ from, to: undefined });
  return stays;
}

const rankOf = ({ action }: ContainmentFact) => (action === 'pack' ? 0 : 1);

/** Said of one parcel by whoever had it in his hands; of a container it says nothing about each parcel inside. */
const OF_ONE_PARCEL: ReadonlySet<Milestone> = new Set([
  'damaged',
  'refused',
  'at_point',
  'redirected',
  'returning',
]);
/** The last steps to a recipient: a bag has none, the pieces of a consignment have the same one. */
const TO_THE_RECIPIENT: ReadonlySet<Milestone> = new Set(['out_for_delivery', 'delivery_attempted']);

/**
 * Whether what a container reached is true of what is inside. A terminal state never is: the bag that arrived is at a
 * depot, a lost one may come back half empty, and of pieces each is delivered by itself (domain 1.6, our default).
 */
export function isShared(kind: ContainerKind, milestone: Milestone | 'unmapped'): boolean {
  if (milestone === 'unmapped' || OF_ONE_PARCEL.has(milestone)) return false;
  const { terminal, notice } = MILESTONES[milestone];
  return !terminal && !notice && (kind === 'consignment' || !TO_THE_RECIPIENT.has(milestone));
}

/**
 * What a parcel inherits of a container's history, by scan id: what happened while it was inside, with all that was
 * later said about those scans. A scan that says nothing about the parcel, but corrects one that does or is corrected by
 * one, comes along without a meaning.
 */
export function inheritedScans<S extends Scan>(
  kind: ContainerKind,
  history: readonly S[],
  stays: readonly Stay[],
): Map<ScanId, S> {
  const byId = new Map(history.map((scan) => [scan.id, scan]));
  const inherited = new Map<ScanId, S>();
  for (const [root, family] of Map.groupBy(history, (scan) => rootOf(scan, byId))) {
    if (root === undefined || !stays.some((stay) => isInside(stay, root.occurredAt))) continue;
    if (!family.some(({ milestone }) => isShared(kind, milestone))) continue;
    for (const scan of family)
      inherited.set(scan.id, isShared(kind, scan.milestone) ? scan : withoutMeaning(scan));
  }
  return inherited;
}

function isInside({ from, to }: Stay, at: Instant): boolean {
  return from <= at && (to === undefined || at < to);
}

function withoutMeaning<S extends Scan>({ substatus: _substatus, ...scan }: S): S {
  return { ...scan, milestone: 'unmapped' } as unknown as S;
}

/** The scan that a chain of corrections is about; undefined where the chain has none. */
function rootOf<S extends Scan>(scan: S, byId: ReadonlyMap<ScanId, S>): S | undefined {
  const seen = new Set<ScanId>();
  let current: S | undefined = scan;
  while (current?.correction !== undefined) {
    if (seen.has(current.id)) return undefined;
    seen.add(current.id);
    current = byId.get(current.correction.ofScan);
  }
  return current;
}

/** Why a parcel's inherited scan is taken back, or taken back no more. */
export const NOT_INSIDE = 'it was not in the container then';

/** What stands under a parcel: an inherited scan, or a statement of ours about one. */
export type HeldScan = { readonly id: ScanId; readonly correction?: Correction | undefined };

/**
 * The difference between what a parcel inherits and what stands under it. `add`: scans that are not there. `turn`: those
 * that are there and should count but do not, or the other way round, with the last of our statements in their chain;
 * withdrawing that one turns the standing of the first.
 */
export function inheritanceGap(
  wanted: ReadonlySet<ScanId>,
  containerScans: ReadonlySet<ScanId>,
  held: readonly HeldScan[],
): { readonly add: ScanId[]; readonly turn: { readonly scan: ScanId; readonly last: ScanId }[] } {
  const heldIds = new Set(held.map(({ id }) => id));
  const withdrawnBy = new Map<ScanId, ScanId>();
  for (const { id, correction } of held)
    if (correction?.reason === NOT_INSIDE) withdrawnBy.set(correction.ofScan, id);
  const turn: { scan: ScanId; last: ScanId }[] = [];
  for (const id of heldIds) {
    if (!containerScans.has(id)) continue;
    let last = id;
    let counts = true;
    for (let next = withdrawnBy.get(last); next !== undefined; next = withdrawnBy.get(last)) {
      last = next;
      counts = !counts;
    }
    if (counts !== wanted.has(id)) turn.push({ scan: id, last });
  }
  return { add: [...wanted].filter((id) => !heldIds.has(id)), turn };
}
