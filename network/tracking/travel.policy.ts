import { distanceMeters } from '../kernel/index.ts';

/** No parcel travels faster than a jet at its cruise (source: promise G8, faster than 1,000 km/h). */
const METERS_PER_MS = 1_000_000 / 3_600_000;
/** How far two clocks of the outside may differ (source: promise G8, 10 minutes). */
const CLOCKS_MS = 10 * 60_000;
/** After this nobody is too far away for anything: half the globe at full speed, and the clocks. */
const ROUND_THE_GLOBE_MS = 21 * 3_600_000;
/** As far as this a place is known well (our default: a Chinese prefecture is). */
const SHARP_METERS = 250_000;
/** A scan is compared with so many before it, so that a flood of contradictions stays cheap. Our default. */
const LOOK_BACK = 64;

/**
 * Where a scan was and when: the earliest and the latest instant it can mean (ms), degrees, and metres around them.
 * A plain list, because it is stored with what a fold remembers.
 */
export type Stop = readonly [
  fromMs: number,
  toMs: number,
  latitude: number,
  longitude: number,
  radiusMeters: number,
];

/** Both time and place are known well. Only such stops vouch for what comes after them. */
export function isSharp([from, to, , , radiusMeters]: Stop): boolean {
  return from === to && radiusMeters <= SHARP_METERS;
}

/** Whether a parcel can have been at both, in whatever favours it: nearest edges, longest time, clocks apart. */
export function canTravel(one: Stop, other: Stop): boolean {
  // Most scans are where the one before was.
  if (one[2] === other[2] && one[3] === other[3]) return true;
  const longestMs = Math.max(other[1] - one[0], one[1] - other[0]) + CLOCKS_MS;
  if (longestMs > ROUND_THE_GLOBE_MS) return true;
  return metersBetween(one, other) - one[4] - other[4] <= longestMs * METERS_PER_MS;
}

function isSamePlace(one: Stop, other: Stop): boolean {
  return metersBetween(one, other) <= one[4] + other[4];
}

function metersBetween(one: Stop, other: Stop): number {
  return distanceMeters({ latitude: one[2], longitude: one[3] }, { latitude: other[2], longitude: other[3] });
}

/** What the next stop is compared with: the last ones of both kinds, and which of them came last. */
export type Trail = {
  readonly sharp?: Stop;
  readonly vague?: Stop;
  readonly last?: 'sharp' | 'vague';
};

/** Goes on by a stop that is later than all before; undefined when it contradicts one of them. */
export function goOn(trail: Trail, stop: Stop): Trail | undefined {
  const { sharp, vague, last } = trail;
  if (!fits(sharp, stop)) return undefined;
  const isFitting = fits(vague, stop);
  if (!isSharp(stop)) return isFitting ? trailWith(sharp, stop, 'vague') : undefined;
  return last === 'vague' && !isFitting ? undefined : trailWith(stop, vague, 'sharp');
}

function fits(one: Stop | undefined, other: Stop): boolean {
  return one === undefined || canTravel(one, other);
}

function trailWith(sharp: Stop | undefined, vague: Stop | undefined, last: 'sharp' | 'vague'): Trail {
  if (sharp === undefined) return vague === undefined ? { last } : { vague, last };
  return vague === undefined ? { sharp, last } : { sharp, vague, last };
}

/**
 * `isOwn`: this program's own knowledge, which outweighs any number of others. `closes`: a scan that ends the parcel's
 * life, so that what comes after it has no say.
 */
export type Visit = { readonly stop: Stop; readonly isOwn: boolean; readonly closes: boolean };

export type TravelVerdict<T extends Visit> = {
  /** Those that contradict what is believed. Never own ones. */
  readonly refuted: readonly T[];
  /** Other stops had as many on their side, so that a rule of precedence decided and not the evidence. */
  readonly undecided: boolean;
  /** Nothing contradicts anything, so that one may go on from here. */
  readonly trail: Trail | undefined;
};

/**
 * Which stops, in order of time, cannot all be true, and which of them are believed: the largest set of well-known
 * stops that one parcel can have made one after the other, so that a stop which contradicts its agreeing neighbours
 * loses, be it early or late. Among equals own records count first, then the shorter way, then the earlier stops.
 * What is known less well is measured against these and never refutes them, because between two far places a vague
 * one always fits. Once a life was closed by a stop that others bear out, later ones are measured and have no say.
 */
export function judgeTravel<T extends Visit>(visits: readonly T[]): TravelVerdict<T> {
  const trail = trailOf(visits);
  if (trail !== undefined) return { refuted: [], undecided: false, trail };
  const closed = closedLife(visits);
  const { believed, undecided } = closed ?? weigh(visits);
  if (closed !== undefined) for (const visit of thatFit(visits, closed)) believed.add(visit);
  return {
    refuted: visits.filter((visit) => !visit.isOwn && !believed.has(visit)),
    undecided,
    trail: undefined,
  };
}

type Weighed<T> = { readonly believed: Set<T>; readonly undecided: boolean };

function weigh<T extends Visit>(visits: readonly T[]): Weighed<T> {
  const sharp = longestChain(visits.filter(({ stop }) => isSharp(stop)));
  const believed = new Set(sharp.chain);
  const vague = longestChain(
    vagueThatFit(visits.filter((visit) => !isSharp(visit.stop) || believed.has(visit))),
  );
  for (const visit of vague.chain) believed.add(visit);
  return { believed, undecided: sharp.undecided || vague.undecided };
}

/** So many ends of a life are looked at; more of them are a flood. Our default. */
const ENDS = 8;

/** The life up to the first end that another stop of the same place bears out, when there is one. */
function closedLife<T extends Visit>(visits: readonly T[]): (Weighed<T> & { last: number }) | undefined {
  const ends = [...visits.entries()].filter(([, { closes }]) => closes).slice(0, ENDS);
  for (const [last, end] of ends) {
    const weighed = weigh(visits.slice(0, last + 1));
    const isBorneOut = [...weighed.believed].some(
      (visit) => visit !== end && isSamePlace(visit.stop, end.stop),
    );
    if (!weighed.undecided && weighed.believed.has(end) && isBorneOut) return { ...weighed, last };
  }
  return undefined;
}

/** What came after the end of a life and contradicts nothing of it. */
function thatFit<T extends Visit>(
  visits: readonly T[],
  { believed, last }: Weighed<T> & { last: number },
): T[] {
  let trail = trailOf(visits.slice(0, last + 1).filter((visit) => believed.has(visit))) ?? {};
  return visits.slice(last + 1).filter(({ stop }) => {
    const next = goOn(trail, stop);
    trail = next ?? trail;
    return next !== undefined;
  });
}

function trailOf(visits: readonly Visit[]): Trail | undefined {
  let trail: Trail | undefined = {};
  for (const { stop } of visits) {
    trail = goOn(trail, stop);
    if (trail === undefined) return undefined;
  }
  return trail;
}

/** Measured against the believed stop before, and the one after when nothing vague lies between. */
function vagueThatFit<T extends Visit>(visits: readonly T[]): T[] {
  const fitting: T[] = [];
  let before: Stop | undefined;
  for (const [index, visit] of visits.entries()) {
    if (isSharp(visit.stop)) {
      before = visit.stop;
      continue;
    }
    const after = visits[index + 1]?.stop;
    const fitsBefore = before === undefined || canTravel(before, visit.stop);
    if (fitsBefore && (after === undefined || !isSharp(after) || canTravel(visit.stop, after)))
      fitting.push(visit);
  }
  return fitting;
}

/** How strong a chain of stops is that ends at one of them. */
type Chain = {
  readonly own: number;
  readonly count: number;
  readonly meters: number;
  readonly previous: number | undefined;
};
const NO_CHAIN: Chain = { own: 0, count: 0, meters: 0, previous: undefined };

function isStronger(one: Chain, other: Chain): boolean {
  if (one.own !== other.own) return one.own > other.own;
  if (one.count !== other.count) return one.count > other.count;
  return one.meters < other.meters;
}

function longestChain<T extends Visit>(visits: readonly T[]): { chain: T[]; undecided: boolean } {
  const chains = chainsOf(visits);
  const end = strongestAmong(chains);
  const members = new Set<number>();
  for (let at = end; at !== undefined; at = chains[at]?.previous) members.add(at);
  const best = end === undefined ? NO_CHAIN : (chains[end] ?? NO_CHAIN);
  const back = chainsOf(visits.toReversed()).reverse();
  const undecided = visits.some(({ isOwn }, at) => {
    if (members.has(at)) return false;
    const through = (chains[at]?.count ?? 0) + (back[at]?.count ?? 0) - 1;
    const own = (chains[at]?.own ?? 0) + (back[at]?.own ?? 0) - (isOwn ? 1 : 0);
    return own === best.own && through === best.count;
  });
  return { chain: visits.filter((_, at) => members.has(at)), undecided };
}

/** The strongest chain that ends at each stop. */
function chainsOf(visits: readonly Visit[]): Chain[] {
  const chains: Chain[] = [];
  // The strongest chain that ends at or before an index; what is long ago is consistent with everything.
  const strongest: number[] = [];
  let longAgo = -1;
  for (const [at, visit] of visits.entries()) {
    let best: Chain | undefined;
    const offer = (from: number) => {
      const chain = chained(chains, visits, from, at);
      if (best === undefined || isStronger(chain, best)) best = chain;
    };
    while (isLongBefore(visits[longAgo + 1], visit) && longAgo + 1 < at) longAgo += 1;
    if (longAgo >= 0) offer(strongest[longAgo] ?? longAgo);
    for (let from = Math.max(longAgo + 1, at - LOOK_BACK); from < at; from += 1) {
      const before = visits[from];
      if (before !== undefined && canTravel(before.stop, visit.stop)) offer(from);
    }
    const own = visit.isOwn ? 1 : 0;
    const chain = best ?? { own, count: 1, meters: 0, previous: undefined };
    chains.push(chain);
    const known = strongest[at - 1];
    strongest.push(known === undefined || isStronger(chain, chains[known] ?? NO_CHAIN) ? at : known);
  }
  return chains;
}

function chained(chains: readonly Chain[], visits: readonly Visit[], from: number, at: number): Chain {
  const { own, count, meters } = chains[from] ?? NO_CHAIN;
  const [before, visit] = [visits[from], visits[at]];
  const way = before === undefined || visit === undefined ? 0 : metersBetween(before.stop, visit.stop);
  return {
    own: own + (visit?.isOwn === true ? 1 : 0),
    count: count + 1,
    meters: Math.round(meters + way),
    previous: from,
  };
}

function isLongBefore(one: Visit | undefined, other: Visit): boolean {
  return one !== undefined && Math.abs(other.stop[0] - one.stop[0]) > ROUND_THE_GLOBE_MS;
}

function strongestAmong(chains: readonly Chain[]): number | undefined {
  let best: number | undefined;
  for (const [at, chain] of chains.entries())
    if (best === undefined || isStronger(chain, chains[best] ?? NO_CHAIN)) best = at;
  return best;
}
