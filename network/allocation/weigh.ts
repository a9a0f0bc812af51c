import type { World } from '../../platform/world/index.ts';
import {
  addMs,
  distanceMeters,
  type Instant,
  localDate,
  type OrganisationId,
  type PointId,
} from '../kernel/index.ts';
import { findPointBlock, openHoursOf, type Point, type PointService, takesDemand } from '../points/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import {
  capacityOf,
  emptyPlaces,
  NO_PLAN,
  type Places,
  type Plan,
  release,
  roomOf,
} from './capacity.policy.ts';
import { listTallies } from './decision-store.ts';
import { exclusionOf } from './exclusion.policy.ts';
import { hoursOf, type LocalHour } from './hours.policy.ts';
import type { Demand, Excluded, ExclusionReason, WeighedCandidate } from './model.ts';
import { listPlans } from './plan-store.ts';
import { DEFAULT_POINT_ALLOCATION, type PointAllocationDocument } from './rulebook.ts';
import { POINT_ALLOCATION_KIND } from './rulebook-kind.ts';
import type { Reader } from './scope.ts';
import { byScore, cheapestOf, gotShareOf, partsOf, scoreOf, type Tally } from './score.policy.ts';
import { listShelves, listSlots, type PointKey, type SeenSlot } from './slot-store.ts';

/** What finds points near a place; the locator is one. */
export type PointCandidates = {
  nearest(query: {
    readonly position: Demand['position'];
    readonly country: string;
    readonly service: PointService;
    readonly goodsClass?: string | undefined;
    readonly divisionCodes?: readonly string[] | undefined;
    readonly exclude?: readonly PointId[] | undefined;
    readonly limit: number;
    readonly maxDistanceMeters: number;
  }): readonly { readonly point: Point; readonly distanceMeters: number }[];
};
/** Each world has points of its own. */
export type CandidatesOf = (world: World) => PointCandidates;

export type RoomyHour = LocalHour & { readonly room: number };
/** A candidate with the hours that have room for the demand. */
export type Weighed = {
  readonly candidate: WeighedCandidate;
  readonly point: Point;
  readonly hours: readonly RoomyHour[];
};
export type Weighing = {
  /** Best first. */
  readonly options: readonly Weighed[];
  readonly excluded: readonly Excluded[];
  readonly rulebookVersionId: string | undefined;
};
type Found = { readonly point: Point; readonly distanceMeters: number };

/** Days of which shares of demand are counted. Source: issue 5, item 3 (fairness over the last 7 days). */
export const TALLY_DAYS = 7;
/** When all near points are full, so many more steps are taken away from them. Our default. */
const ROUNDS = 4;
/** The longest window of which hours are looked at. Our default. */
export const MAX_WINDOW_DAYS = 14;

/**
 * Weighs the points near a demand, or the one that was chosen. Nothing is held. In the network's scope, because several
 * organisations are compared.
 */
export async function weigh(
  reader: Reader,
  locator: PointCandidates,
  demand: Demand,
  chosen?: Point,
): Promise<Weighing> {
  const version = await activeVersion(
    reader.db,
    POINT_ALLOCATION_KIND,
    demand.clientPlatformId ?? NETWORK,
    reader.now,
  );
  const rules = version?.document ?? DEFAULT_POINT_ALLOCATION;
  const excluded: Excluded[] = [];
  const options: Unscored[] = [];
  const seen = new Set<PointId>();
  for (let round = 0; round < ROUNDS && options.length === 0; round += 1) {
    const found =
      chosen === undefined
        ? locator.nearest(queryOf(demand, rules, [...seen]))
        : [{ point: chosen, distanceMeters: distanceMeters(chosen.position, demand.position) }];
    for (const { point } of found) seen.add(point.id);
    await judge(reader, demand, found, {
      // Who chooses a point himself goes as far as he likes.
      maxDistanceMeters: chosen === undefined ? rules.maxDistanceMeters : Number.POSITIVE_INFINITY,
      options,
      excluded,
    });
    if (chosen !== undefined || found.length < rules.candidates) break;
  }
  return { options: score(options, rules), excluded, rulebookVersionId: version?.versionId };
}

/** Near points whatever they take, so that people learn why not; when none fits, the next ones that might. */
function queryOf(demand: Demand, rules: PointAllocationDocument, seen: readonly PointId[]) {
  const { position, country, service, goodsClass, divisionCodes } = demand;
  const { candidates: limit, maxDistanceMeters } = rules;
  const query = { position, country, service, limit, maxDistanceMeters };
  return seen.length === 0 ? query : { ...query, goodsClass, divisionCodes, exclude: seen };
}

type Judging = {
  readonly maxDistanceMeters: number;
  readonly options: Unscored[];
  readonly excluded: Excluded[];
};

/** Sorts points into options and excluded ones. */
async function judge(
  reader: Reader,
  demand: Demand,
  found: readonly Found[],
  { maxDistanceMeters, options, excluded }: Judging,
): Promise<void> {
  const left: Found[] = [];
  for (const { point, ...rest } of found) {
    const candidate = { point, distanceMeters: Math.round(rest.distanceMeters) };
    const reason = exclusionOf({ ...candidate, demand, maxDistanceMeters, isBlocked: false });
    if (reason === undefined) left.push(candidate);
    else excluded.push({ pointId: point.id, reason });
  }
  if (left.length === 0) return;
  const facts = await readFacts(reader, demand, left);
  for (const candidate of left) {
    const judged = judgeHours(candidate, demand, facts, reader.now);
    if (typeof judged === 'string') excluded.push({ pointId: candidate.point.id, reason: judged });
    else options.push(judged);
  }
}

type Facts = {
  readonly plans: ReadonlyMap<PointId, Plan>;
  readonly slots: ReadonlyMap<PointId, readonly SeenSlot[]>;
  readonly shelves: ReadonlyMap<PointId, Omit<SeenSlot, 'startsAt'>>;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly blocking: ReadonlySet<OrganisationId>;
};

async function readFacts(reader: Reader, demand: Demand, found: readonly Found[]): Promise<Facts> {
  const { db, now } = reader;
  const keys = found.map(({ point }) => keyOf(point));
  const from = windowFrom(demand, now);
  const { notAfter: to, service } = demand;
  const [plans, slots, shelves, tallies, blocking] = await Promise.all([
    listPlans(db, keys, { service, fromDay: dayBeside(from, -1), toDay: dayBeside(to, 1) }),
    // The hour in which the window begins started before it.
    listSlots(db, keys, { service, from: addMs(from, -3_600_000), to, now }),
    service === 'collect' ? listShelves(db, keys, now) : new Map(),
    listTallies(db, keys, dayBeside(now, -TALLY_DAYS)),
    listBlocking(reader, demand, keys),
  ]);
  return { plans, slots, shelves, tallies, blocking };
}

async function listBlocking(
  { db }: Reader,
  demand: Demand,
  keys: readonly PointKey[],
): Promise<ReadonlySet<OrganisationId>> {
  const networks = [...new Set(keys.map(({ organisationId }) => organisationId))];
  const { country, divisionCodes, postcode, addressKey, phoneIndex } = demand;
  const place = { country, divisionCodes, postcode, addressKey, phoneIndex };
  const blocks = await Promise.all(networks.map((network) => findPointBlock(db, network, place)));
  return new Set(networks.filter((_, index) => blocks[index] !== undefined));
}

type Unscored = Omit<Weighed, 'candidate'> & {
  readonly candidate: Omit<WeighedCandidate, 'parts' | 'score'>;
};

function judgeHours(found: Found, demand: Demand, facts: Facts, now: Instant): Unscored | ExclusionReason {
  const { point } = found;
  if (facts.blocking.has(point.organisationId)) return 'blocked';
  const open = hoursOf(openHoursOf(point, windowFrom(demand, now), demand.notAfter), point.zone);
  if (open.length === 0) return 'closed_in_window';
  const hours = open.filter((hour) => takesDemand(point, hour.startsAt > now ? hour.startsAt : now));
  if (hours.length === 0) return 'not_taking_demand';
  const shelf = shelfOf(point, facts);
  if (demand.service === 'collect' && roomOf(shelf) < demand.parcels) return 'shelf_full';
  const plan = facts.plans.get(point.id) ?? NO_PLAN;
  const slots = new Map(facts.slots.get(point.id)?.map((slot) => [slot.startsAt, slot]));
  let room = 0;
  let capacity = 0;
  const roomy: RoomyHour[] = [];
  for (const hour of hours) {
    const seen = slots.get(hour.startsAt);
    const places =
      seen === undefined
        ? emptyPlaces(capacityOf(plan, point.capacity.perHour, demand.service, hour))
        : release(seen.places, seen.lapsed);
    const own = point.testBehaviour === 'always_full' ? 0 : roomOf(places);
    room += own;
    capacity += places.published;
    if (own >= demand.parcels) roomy.push({ ...hour, room: own });
  }
  if (roomy.length === 0) return 'full';
  if (demand.service === 'collect') {
    // The shelf binds where it is tighter than the hours.
    room = Math.min(room, roomOf(shelf));
    capacity = Math.min(capacity, shelf.published);
  }
  return {
    point,
    hours: roomy,
    candidate: {
      pointId: point.id,
      organisationId: point.organisationId,
      distanceMeters: found.distanceMeters,
      room,
      capacity,
      quality: point.quality,
      fee: point.feePerParcel,
      gotShare: gotShareOf(facts.tallies.get(point.id), facts.tallies.get(point.organisationId)),
    },
  };
}

function shelfOf(point: Point, facts: Facts): Places {
  const shelf = facts.shelves.get(point.id);
  return shelf === undefined ? emptyPlaces(point.capacity.shelf) : release(shelf.places, shelf.lapsed);
}

function score(options: readonly Unscored[], rules: PointAllocationDocument): Weighed[] {
  const cheapest = cheapestOf(options.map(({ candidate }) => candidate));
  const scored = options.map((option) => {
    const parts = partsOf(option.candidate, cheapest, rules.halfDistanceMeters);
    const candidate = { ...option.candidate, parts, score: scoreOf(parts, rules.weights) };
    return { ...candidate, weighed: { ...option, candidate } };
  });
  return byScore(scored).map(({ weighed }) => weighed);
}

export function keyOf(point: Point): PointKey {
  return { organisationId: point.organisationId, pointId: point.id };
}

/** The hours a demand can still use begin now at the earliest. */
export function windowFrom(demand: Demand, now: Instant): Instant {
  return demand.notBefore > now ? demand.notBefore : now;
}

/** A date some days beside the one in UTC: a local date is at most one day off. */
export function dayBeside(at: Instant, days: number): string {
  return localDate(addMs(at, days * 86_400_000), 'UTC');
}
