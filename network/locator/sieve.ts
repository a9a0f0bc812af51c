import type { Instant, PointId, Position } from '../kernel/index.ts';
import { servesPlace } from '../points/index.ts';
import { findSlot, isAlive } from './columns.ts';
import { criteriaOf, isPresent, momentOf, rangedCriterion } from './criteria.ts';
import type { Criterion } from './criterion.ts';
import type { Fullness, FullSet } from './fullness.ts';
import type { PointFilter } from './model.ts';
import type { Selector } from './selection.ts';
import { deltaSlotsWith, type Slots } from './slots.ts';
import { type Selection, wordsFor } from './tree.ts';
import type { AskedWord } from './words.ts';

/** What is asked: the points as they stand in this turn of the event loop. */
export type Asked = {
  readonly slots: Slots;
  readonly fullness: Fullness;
  readonly selector: () => Selector;
  /** Sieves of filters alone, by what they ask, the one not asked for longest first. */
  readonly kept: Map<string, KeptSieve>;
};

type KeptSieve = Pick<Sieve, 'selection' | 'delta'> & { readonly version: number };

/** 4 MB at 500,000 points. Our default. */
const KEPT = 64;

/** A filter made ready: bits for the tree, and a test for what lies behind it. */
export type Sieve = {
  readonly selection: Selection;
  /** Slots of the delta that pass. */
  readonly delta: readonly number[];
  /** What bits do not tell exactly. */
  readonly accepts: (slot: number) => boolean;
};

export function sieveOf(
  ask: Asked,
  filter: PointFilter,
  now: Instant,
  asked?: readonly AskedWord[] | undefined,
): Sieve {
  const { slots, fullness } = ask;
  const criteria = criteriaOf(slots, filter, now);
  const full: readonly FullSet[] =
    filter.service === undefined || filter.needsCapacityAt === undefined
      ? []
      : fullness.relevant(filter.service, filter.needsCapacityAt);
  const at = momentOf(filter, now);
  const accepts = (slot: number) => isPresent(slots, slot, at);
  const isPlain = full.length === 0 && asked === undefined && (filter.exclude ?? []).length === 0;
  return isPlain
    ? { ...keptSieve(ask, criteria), accepts }
    : { ...freshSieve(ask, criteria, full, filter.exclude ?? [], asked), accepts };
}

/** People ask for the same few things, and between two changes the answer is the same. */
function keptSieve(ask: Asked, criteria: readonly Criterion[]): KeptSieve {
  const { slots, kept, selector } = ask;
  const key = criteria.map((one) => one.key).join(',');
  const known = kept.get(key);
  kept.delete(key);
  if (known?.version === slots.version) {
    kept.set(key, known);
    return known;
  }
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  const selection = selector().select(criteria, [], undefined, selector().emptySelection());
  const delta: number[] = [];
  for (let slot = slots.tree.size; slot < slots.size; slot += 1)
    if (isAlive(slots.columns, slot) && fulfils(criteria, slot)) delta.push(slot);
  const fresh = { selection, delta, version: slots.version };
  kept.set(key, fresh);
  return fresh;
}

function freshSieve(
  ask: Asked,
  criteria: readonly Criterion[],
  full: readonly FullSet[],
  exclude: readonly PointId[],
  asked: readonly AskedWord[] | undefined,
): Pick<Sieve, 'selection' | 'delta'> {
  const { slots } = ask;
  const words = asked === undefined ? undefined : wordBits(ask, asked);
  const selection = ask.selector().select(criteria, full, words);
  const excluded = slotsOf(slots, exclude);
  for (const slot of excluded) {
    if (slot < slots.tree.size)
      selection.words[slot >> 5] = (selection.words[slot >> 5] as number) & ~(1 << (slot & 31));
  }
  const delta: number[] = [];
  const take = (slot: number): void => {
    if (!isAlive(slots.columns, slot) || !fulfils(criteria, slot)) return;
    if (!excluded.has(slot) && !full.some((set) => set.has(slot))) delta.push(slot);
  };
  if (asked !== undefined) for (const slot of deltaSlotsWith(slots, asked)) take(slot);
  else for (let slot = slots.tree.size; slot < slots.size; slot += 1) take(slot);
  return { selection, delta };
}

export function fulfils(criteria: readonly Criterion[], slot: number): boolean {
  for (const one of criteria) if (!one.test(slot)) return false;
  return true;
}

function wordBits({ slots }: Asked, asked: readonly AskedWord[]): Uint32Array {
  return slots.words?.bitsOf(asked) ?? new Uint32Array(wordsFor(slots.tree.size));
}

function slotsOf({ columns }: Slots, ids: readonly PointId[]): ReadonlySet<number> {
  return new Set(ids.map((id) => findSlot(columns, id)).filter((slot) => slot >= 0));
}

/** Where the asker is, as far as he says: what he leaves out is not asked of ranges. */
export type Whereabouts = {
  readonly position?: Position | undefined;
  readonly divisionCodes?: readonly string[] | undefined;
};

/** Whether a slot serves somebody there. Each range is asked once a question: many points share theirs. */
export function coverageOf(
  { slots }: Asked,
  { position, divisionCodes }: Whereabouts,
): (slot: number) => boolean {
  const answers = new Map<number, boolean>();
  const isServed = (number: number): boolean => {
    const range = slots.ranges.at(number);
    if (range === undefined) return true;
    const asks = range.kind === 'divisions' ? divisionCodes : position;
    return asks === undefined || servesPlace({ range }, position, divisionCodes ?? []);
  };
  return (slot) => {
    const number = slots.columns.ranges[slot] as number;
    return number === 0 || answers.getOrInsertComputed(number, () => isServed(number));
  };
}

/** Takes out of the bits of a leaf who does not serve the asker; undefined: nobody has to be taken out. */
export function narrowingOf(
  ask: Asked,
  whereabouts: Whereabouts,
  serves: (slot: number) => boolean,
): ((leaf: number, bits: number) => number) | undefined {
  const { ranges } = ask.slots;
  if (ranges.size() === 1) return undefined;
  if (whereabouts.position === undefined && whereabouts.divisionCodes === undefined) return undefined;
  const ranged = ask.selector().bitsOf(rangedCriterion(ask.slots));
  return (leaf, bits) => {
    let kept = bits;
    for (let asked = bits & (ranged[leaf] as number); asked !== 0; asked &= asked - 1) {
      const bit = asked & -asked;
      if (!serves(leaf * 32 + 31 - Math.clz32(bit))) kept &= ~bit;
    }
    return kept;
  };
}
