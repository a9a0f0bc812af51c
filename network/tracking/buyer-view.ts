import type { Queryable } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { coordinatesOf } from './coordinates.ts';
import { isDeclaration } from './declared-numbers.ts';
import { destinationZone } from './destination-zone.policy.ts';
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

/** More than anybody reports of one parcel, or wants to read. Our default. */
const MAX_REPORTS = 20;
/** Ten times what a parcel around the world has; the older ones are counted. Our default. */
const MAX_STEPS = 300;

/** What a merchant says that a parcel weighs which he sent outside the network's lines, in grams. */
export type StatedWeight = (db: Queryable, parcelId: ParcelId) => Promise<number | undefined>;
/** The buyer's view: what is official and what is not, no reference to anybody, places no finer than a city. */
export type BuyerViews = (db: Queryable, parcel: TrackedParcel, now: Instant) => Promise<BuyerParcel>;

export function createBuyerViews(statedWeight: StatedWeight): BuyerViews {
  return async (db, parcel, now) => {
    const statedWeightGrams = await statedWeight(db, parcel.id);
    const view = await viewOf(db, parcel, now);
    return statedWeightGrams === undefined ? view : { ...view, statedWeightGrams };
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
    ...(destination === undefined
      ? {}
      : {
          destinationZone: destinationZone(destination),
          destinationCoordinates: coordinatesOf(destination),
        }),
    promise: parcel.promise,
    deliveredAt: timeline.deliveredAt,
    legs: travelledLegs(visitsOf(timeline), timeline.terminal).map(({ from, to, ...leg }) => ({
      ...leg,
      ...(from === undefined ? {} : { from: legEnd(from) }),
      ...(to === undefined ? {} : { to: legEnd(to) }),
    })),
    ...(standstill === undefined ? {} : { standstill }),
    milestones: timeline.milestones.map(({ name, occurredAt }) => ({ name, occurredAt })),
    reports: reports.map((report) => buyerReport(report, parcel)),
    steps: steps.slice(0, MAX_STEPS).map(stepOf),
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
function visitsOf(timeline: Timeline): Visit[] {
  return timeline.entries
    .flatMap((entry) =>
      entry.milestone === 'unmapped' ||
      isNotice(entry.milestone) ||
      (entry.effect !== 'moved' && entry.effect !== 'recorded')
        ? []
        : [{ milestone: entry.milestone, occurredAt: entry.occurredAt, place: cityOf(entry.place) }],
    )
    .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
}

function cityOf(place: ScanPlace | undefined): Visit['place'] {
  if (place === undefined) return undefined;
  return { country: place.country, ...(place.city === undefined ? {} : { city: place.city }) };
}

function legEnd(place: NonNullable<Visit['place']>) {
  return { ...place, coordinates: coordinatesOf(place) };
}

function stepOf(scan: Scan): BuyerParcel['steps'][number] {
  const place = cityOf(scan.place);
  return {
    milestone: scan.milestone,
    occurredAt: scan.occurredAt,
    localTime: scan.localTime,
    zone: scan.zone,
    zoneConfidence: scan.zoneConfidence,
    ...(place === undefined ? {} : { place, coordinates: coordinatesOf(place) }),
    saidBy: isDeclaration(scan) ? 'merchant' : scan.sourceKind,
    notice: isNotice(scan.milestone),
    verified: scan.recognised,
    synthetic: scan.synthetic,
  };
}
