import type { Queryable } from '../../platform/db/index.ts';
import { type Principal, type Relation, type RelationFinder, relationsOf } from '../accounts/index.ts';
import { numbersIn } from '../numbers/index.ts';
import { timelineAnswer } from './contract.ts';
import { coordinatesOf } from './coordinates.ts';
import { zoneOfParcel } from './destination-zone.policy.ts';
import { listEntries, listNumbersOf } from './directory-store.ts';
import { factsOf } from './facts.ts';
import { foldScans } from './fold.ts';
import { reporterOf } from './intake.ts';
import { lookUpTimelines, type TimelineParts } from './look-up-store.ts';
import type { ScanPlace, ShownScan, Timeline } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import { findSurvivor, listParcelsByIds, type ParcelReader } from './parcel-store.ts';
import { type ParcelParts, sourceOf } from './recognition.policy.ts';
import { findScan, listScans } from './scan-store.ts';
import { asPlatformSays } from './silence.policy.ts';
import { findReport } from './status-report-store.ts';

/** What a caller is to a parcel. */
export function relationsTo(parcel: ParcelParts, caller: Principal): Relation[] {
  const relations: Relation[] = [];
  const { organisationId } = caller;
  if (parcel.organisationId === organisationId) relations.push('own');
  if (parcel.clientPlatformId === organisationId) relations.push('client');
  if (parcel.carrierId === organisationId) relations.push('carrier');
  if (parcel.warehouseId === organisationId) relations.push('warehouse');
  return relations;
}

export const trackingRelations: Readonly<Record<string, RelationFinder>> = {
  tracked_parcel: async (db, id, caller) => {
    const parcel = await findSurvivor(db, id);
    if (parcel === undefined) return undefined;
    return { owner: parcel.organisationId ?? caller.organisationId, relations: relationsTo(parcel, caller) };
  },
  status_report: async (db, id, caller) => {
    const report = await findReport(db, id);
    if (report === undefined) return undefined;
    return { owner: report.organisationId, relations: relationsTo(report, caller) };
  },
  // Whose word a scan is: only its own source may take it back.
  scan: async (db, id, caller) => {
    const scan = await findScan(db, id);
    if (scan === undefined) return undefined;
    const reporter = reporterOf(caller);
    const isOwnWord =
      reporter !== undefined &&
      sourceOf(reporter) === scan.source &&
      reporterId(scan.reporter) === caller.organisationId;
    return { owner: caller.organisationId, relations: isOwnWord ? ['carrier'] : [] };
  },
};

function reporterId(reporter: {
  readonly kind: string;
  readonly organisationId?: string;
}): string | undefined {
  return reporter.organisationId;
}

/** Which list a role reads: that of the part its kind of organisation has. */
export function readerOf(caller: Principal, isNetwork: boolean): ParcelReader {
  if (isNetwork) return 'network';
  const { organisationId } = caller;
  switch (caller.organisationKind) {
    case 'marketplace':
      return { part: 'client', organisationId };
    case 'carrier':
      return { part: 'carrier', organisationId };
    case 'warehouse':
      return { part: 'warehouse', organisationId };
    default:
      return { part: 'organisation', organisationId };
  }
}

export function promiseAnswer({ promise }: Pick<TrackedParcel, 'promise'>) {
  return promise && { kind: promise.kind, earliest: promise.earliest, latest: promise.latest };
}

export function parcelAnswer(parcel: TrackedParcel) {
  const timeline = asPlatformSays(parcel.timeline, parcel);
  return {
    id: parcel.id,
    number: parcel.number,
    carrierCode: parcel.carrierCode,
    shipmentId: parcel.shipmentId,
    organisationId: parcel.organisationId,
    status: timeline.status,
    substatus: timeline.substatus,
    terminal: timeline.terminal,
    actionRequired: timeline.actionRequired,
    destination: parcel.destination,
    destinationZone: zoneOfParcel(parcel),
    promise: promiseAnswer(parcel),
    firstScanAt: timeline.firstScanAt,
    lastScanAt: parcel.lastScanAt,
    deliveredAt: timeline.deliveredAt,
    changedAt: parcel.changedAt,
    version: parcel.version,
  };
}

/** Parcels with their timelines, folded from their scans. */
export async function parcelTimelines(db: Queryable, parcels: readonly TrackedParcel[]) {
  const ids = parcels.map((parcel) => parcel.id);
  const [scans, numbers] = await Promise.all([listScans(db, ids), listNumbersOf(db, ids)]);
  return parcels.map((parcel) =>
    timelineOf({ parcel, scans: scans.get(parcel.id) ?? [], numbers: numbers.get(parcel.id) ?? [] }),
  );
}

/** Tells of each id that of the parcel, or of the one that it was merged into; asks for all of it at once. */
export async function findTimelines(
  db: Queryable,
  ids: readonly string[],
  tell: (id: string, parts: TimelineParts) => void,
): Promise<void> {
  const merged: TrackedParcel[] = [];
  await lookUpTimelines(db, ids, (parts) => {
    if (parts.parcel.mergedInto === undefined) tell(parts.parcel.id, parts);
    else merged.push(parts.parcel);
  });
  if (merged.length === 0) return;
  const idsBySurvivor = Map.groupBy(merged, ({ mergedInto }) => mergedInto as string);
  await lookUpTimelines(db, [...idsBySurvivor.keys()], (parts) => {
    for (const { id } of idsBySurvivor.get(parts.parcel.id) ?? []) tell(id, parts);
  });
}

export function timelineOf({ parcel, scans, numbers }: TimelineParts) {
  return {
    parcel: parcelAnswer(parcel),
    numbers,
    timeline: withCoordinates(
      withContainers(
        timelineAnswer(asPlatformSays(foldScans(scans, factsOf(parcel)), parcel)),
        scans,
        numbers,
      ),
    ),
  };
}

/** A parcel's id, own number and timeline by its id, or that of one that was merged into it. */
export async function timelineOfParcel(
  db: Queryable,
  id: string,
): Promise<{ readonly id: string; readonly number: string; readonly timeline: Timeline } | undefined> {
  const parcel = await findSurvivor(db, id);
  if (parcel === undefined) return undefined;
  const scans = await listScans(db, [parcel.id]);
  const folded = foldScans(scans.get(parcel.id) ?? [], factsOf(parcel));
  return { id: parcel.id, number: parcel.number, timeline: asPlatformSays(folded, parcel) };
}

type ShownTimeline = ReturnType<typeof timelineAnswer>;

/** Which entries are about a container of the parcel: those under a number that is none of its own. */
function withContainers(
  timeline: ShownTimeline,
  scans: readonly ShownScan[],
  own: TimelineParts['numbers'],
): ShownTimeline {
  const ofOthers = scans.filter((scan) => !own.some(({ number }) => number === scan.number));
  if (ofOthers.length === 0) return timeline;
  const containers = new Map<string, string>(ofOthers.map(({ id, number }) => [id, number]));
  const marked = <Entry extends ShownTimeline['unverified'][number]>(entry: Entry): Entry => {
    const container = containers.get(entry.scanId);
    return container === undefined ? entry : { ...entry, container };
  };
  return {
    ...timeline,
    entries: timeline.entries.map(marked),
    unverified: timeline.unverified.map(marked),
    quarantined: timeline.quarantined.map(marked),
    ...(timeline.lastScan === undefined ? {} : { lastScan: marked(timeline.lastScan) }),
  };
}

/** Points for a map; derived when somebody looks, never stored. */
function withCoordinates(timeline: ShownTimeline): ShownTimeline {
  const placed = <Entry extends ShownTimeline['unverified'][number]>(entry: Entry): Entry => {
    const coordinates = entry.place === undefined ? undefined : coordinatesOf(entry.place as ScanPlace);
    return coordinates === undefined ? entry : { ...entry, coordinates };
  };
  return {
    ...timeline,
    entries: timeline.entries.map(placed),
    unverified: timeline.unverified.map(placed),
    quarantined: timeline.quarantined.map(placed),
    ...(timeline.lastScan === undefined ? {} : { lastScan: placed(timeline.lastScan) }),
  };
}

/** The parcels that a typed or scanned number leads to or led to, newest life first; none for a text that is no number. */
export function parcelsOfNumber(db: Queryable, text: string): Promise<TrackedParcel[]> {
  return parcelsOfNumbers(db, numbersIn(text));
}

/** As `parcelsOfNumber`, of normalised numbers and of nothing that they may carry. */
export async function parcelsOfNumbers(db: Queryable, numbers: readonly string[]): Promise<TrackedParcel[]> {
  if (numbers.length === 0) return [];
  const entries = [...(await listEntries(db, numbers)).values()].flat();
  const newest = entries.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1));
  const ids = [...new Set(newest.map((entry) => entry.parcelId))];
  if (ids.length === 0) return [];
  const found = new Map((await listParcelsByIds(db, ids)).map((parcel) => [parcel.id, parcel]));
  return ids.flatMap((id) => {
    const parcel = found.get(id);
    return parcel === undefined || parcel.mergedInto !== undefined ? [] : [parcel];
  });
}

/** Whether the caller has a part in the parcel that lets him track it. */
export function mayTrack(parcel: TrackedParcel, caller: Principal): boolean {
  const allowed = relationsOf(caller.role, 'trackNumber');
  return (
    allowed.includes('any') || relationsTo(parcel, caller).some((relation) => allowed.includes(relation))
  );
}
