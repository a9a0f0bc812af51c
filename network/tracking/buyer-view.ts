import type { Queryable } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { piecesOf, type SendingOf } from './buyer-pieces.ts';
import { cityOf, stepOf } from './buyer-step.ts';
import { clockZone } from './clock-zone.policy.ts';
import { coordinatesOf } from './coordinates.ts';
import { zoneOfParcel } from './destination-zone.policy.ts';
import { factsOf } from './facts.ts';
import { foldScans } from './fold.ts';
import { travelledLegs, type Visit } from './legs.policy.ts';
import { isNotice } from './milestones.policy.ts';
import type { Scan, ScanPlace, Timeline } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import type { BuyerParcel } from './parcel-contract.ts';
import { listScans } from './scan-store.ts';
import { asPlatformSays } from './silence.policy.ts';
import { standstillOf } from './standstill.policy.ts';
import { stateOf } from './status-report.ts';
import { listReportsOf, type StatusReport } from './status-report-store.ts';
import { promiseAnswer } from './views.ts';

type CoarsePlace = Pick<ScanPlace, 'country' | 'city'>;

/** More than anybody reports of one parcel, or wants to read. Our default. */
const MAX_REPORTS = 20;
/** Ten times what a parcel around the world has; the older ones are counted. Our default. */
const MAX_STEPS = 300;

/** What a merchant says that a parcel weighs which he sent outside the network's lines, in grams. */
export type StatedWeight = (db: Queryable, parcelId: ParcelId) => Promise<number | undefined>;
/** A parcel as its buyer sees it, and whatever else he sees in it, so that his view changes with it. */
export type SeenByBuyer = { readonly view: BuyerParcel; readonly sisters: readonly TrackedParcel[] };
/** The buyer's view: what is official and what is not, no reference to anybody, places no finer than a city. */
export type BuyerViews = (db: Queryable, parcel: TrackedParcel, now: Instant) => Promise<SeenByBuyer>;

export function createBuyerViews(ports: {
  readonly statedWeight: StatedWeight;
  readonly sendingOf: SendingOf;
}): BuyerViews {
  return async (db, parcel, now) => {
    const [statedWeightGrams, sending, view] = await Promise.all([
      ports.statedWeight(db, parcel.id),
      piecesOf(db, parcel, ports.sendingOf),
      viewOf(db, parcel, now),
    ]);
    return {
      view: {
        ...view,
        ...(statedWeightGrams === undefined ? {} : { statedWeightGrams }),
        ...(sending === undefined ? {} : { pieces: sending.pieces }),
      },
      sisters: sending?.sisters ?? [],
    };
  };
}

async function viewOf(db: Queryable, parcel: TrackedParcel, now: Instant): Promise<BuyerParcel> {
  const scans = (await listScans(db, [parcel.id])).get(parcel.id) ?? [];
  const timeline = asPlatformSays(foldScans(scans, factsOf(parcel)), parcel);
  const byId = new Map(scans.map((scan) => [scan.id, scan]));
  const shown = [
    ...timeline.entries.filter((entry) => entry.effect !== 'corrected' && entry.milestone !== 'unmapped'),
    ...timeline.unverified.filter((entry) => entry.milestone !== 'unmapped'),
  ];
  const steps = shown
    .flatMap(({ scanId }) => byId.get(scanId) ?? [])
    .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : 0));
  const { destination } = parcel;
  const standstill = standstillOf(
    { ...timeline, substatus: timeline.substatus, leg: timeline.leg, last: timeline.lastScan },
    now,
  );
  const reports = await listReportsOf(db, parcel.id, MAX_REPORTS);
  return {
    number: parcel.number,
    status: timeline.status,
    substatus: timeline.substatus,
    actionRequired: timeline.actionRequired,
    destination,
    destinationZone: zoneOfParcel(parcel),
    ...(destination === undefined ? {} : { destinationCoordinates: coordinatesOf(destination) }),
    promise: promiseAnswer(parcel),
    deliveredAt: timeline.deliveredAt,
    legs: travelledLegs(visitsOf(timeline, byId), timeline.terminal).map(({ from, to, ...leg }) => ({
      ...leg,
      ...(from === undefined ? {} : { from: legEnd(from) }),
      ...(to === undefined ? {} : { to: legEnd(to) }),
    })),
    ...(standstill === undefined ? {} : { standstill }),
    milestones: timeline.milestones.map(({ name, occurredAt }) => ({ name, occurredAt })),
    reports: reports.map((report) => buyerReport(report, parcel)),
    steps: steps.slice(0, MAX_STEPS).map(placed),
    earlierSteps: Math.max(0, steps.length - MAX_STEPS),
  };
}

/** Without the words of who reported it: a page may be shared. */
export function buyerReport(report: StatusReport, parcel: TrackedParcel): BuyerParcel['reports'][number] {
  return {
    kind: report.kind,
    state: report.state,
    status: report.status,
    reportedAt: report.reportedAt,
    answer: report.answer,
    answeredBy: report.answeredByKind,
    answeredAt: report.answeredAt,
    isCurrent: report.about === stateOf(parcel),
  };
}

/** Who had the parcel where, in the order in which it happened. */
function visitsOf(timeline: Timeline, byId: ReadonlyMap<string, Scan>): Visit[] {
  return timeline.entries
    .flatMap((entry) => {
      const scan = byId.get(entry.scanId);
      return scan === undefined ||
        entry.milestone === 'unmapped' ||
        isNotice(entry.milestone) ||
        (entry.effect !== 'moved' && entry.effect !== 'recorded')
        ? []
        : [
            {
              milestone: entry.milestone,
              occurredAt: entry.occurredAt,
              place: cityOf(entry.place),
              clockZone: clockZone(scan),
            },
          ];
    })
    .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
}

function placed(scan: Scan): BuyerParcel['steps'][number] {
  const step = stepOf(scan);
  return step.place === undefined ? step : { ...step, coordinates: coordinatesOf(step.place as CoarsePlace) };
}

function legEnd(place: CoarsePlace) {
  return { ...place, coordinates: coordinatesOf(place) };
}
