import type { Work } from '../../platform/world/index.ts';
import { listRecognition, SHIPPED_SOURCES, type TrackingSource } from '../carriers/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import type { CodeReading } from './code-mapping.policy.ts';
import { announceToDesks } from './desk-news.ts';
import { ContainerScanned, MilestoneReached, TimelineRevised } from './events.ts';
import { factsOf } from './facts.ts';
import { type Motion, saveMotions } from './flow-store.ts';
import { type Folded, foldHistory, foldOn } from './fold.ts';
import { lastScanOf, START_OF_FOLD } from './fold-state.ts';
import { listHistories } from './history-store.ts';
import type { JudgedScan, Scan } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import { type LockedParcel, lockAll, saveTimelines, type TimelineUpdate } from './parcel-store.ts';
import { type QuarantinedScan, saveQuarantine } from './quarantine-store.ts';
import { isDoubted, type QuietNews, quietNewsOf } from './quiet-news.policy.ts';
import { audienceOf, isTrusted, type Reporter, sourceKindOf, sourceOf } from './recognition.policy.ts';
import { scanIdOf } from './scan-identity.ts';
import { insertScans, listKnown, listScans, type NewScan, scanKey } from './scan-store.ts';
import { keepSilence } from './silence.ts';
import { meaningOf } from './source-codes.policy.ts';
import { stuckAtMs } from './standstill.policy.ts';
import { changeOf, type TimelineChange } from './timeline-change.policy.ts';
import { saveUnmapped } from './unmapped-store.ts';

/** A scan that is read and belongs to a parcel; whether it is trusted shows only under the parcel's lock. */
export type ScanToRecord = Omit<Scan, 'recognised'> &
  CodeReading & {
    readonly reporter: Reporter;
    /** Believed as another scan was: what a code mapping says is no better than the scan that it reads. */
    readonly recognisedAs?: boolean;
    readonly isMapped?: boolean;
  };

export type RecordedScan = { readonly id: Scan['id']; readonly parcelId: ParcelId; readonly isNew: boolean };

/** A parcel under its lock, and the scans that are new of it. */
type Touched = { readonly parcel: LockedParcel; readonly added: NewScan[] };

/** `recordUnder` for scans that know their parcels. */
export function recordScans(
  work: Work,
  scans: readonly ScanToRecord[],
): Promise<readonly RecordedScan[] | undefined> {
  return recordUnder(
    work,
    scans,
    scans.map(({ parcel }) => parcel),
  );
}

/**
 * Appends scans, each under the parcel at its place, and brings their timelines up to date, in a fixed number of statements:
 * lock, look for what is known, and for the history of those that are late or correct something; the writes leave with the
 * commit. Answers one result per scan, in order; undefined when a parcel was merged away meanwhile, and the caller looks
 * its number up again. Throws when a parcel does not exist.
 */
export async function recordUnder(
  work: Work,
  scans: readonly Omit<ScanToRecord, 'parcel'>[],
  parcelIds: readonly ParcelId[],
): Promise<readonly RecordedScan[] | undefined> {
  if (scans.length === 0) return [];
  const { ids, places } = inOrder(parcelIds);
  // In this order: whoever recorded the same scan a moment ago has let go of its parcel when the second one looks.
  const touched = (await lockAll(work.db, ids)).map((parcel): Touched => ({ parcel, added: [] }));
  if (touched.some(({ parcel }) => parcel.mergedInto !== undefined)) return undefined;
  const of = (index: number) => touched[places[index] as number] as Touched;
  const [known, sources] = await Promise.all([
    listKnown(work.db, thatMayBeKnown(scans, parcelIds, of)),
    recognitionFor(
      work,
      scans,
      touched.map(({ parcel }) => parcel),
    ),
  ]);
  const recorded = scans.map((scan, index): RecordedScan => {
    const { parcel, added } = of(index);
    const { id } = scan;
    // Of the same scan twice in one batch the first is the new one.
    const isNew =
      !added.some((one) => one.id === id) &&
      !(known.size > 0 && known.has(scanKey({ parcel: parcel.id, id })));
    if (isNew) {
      const recognised =
        scan.recognisedAs ?? isTrusted(scan.reporter, parcel, scan.receivedAt, sources, scan.number);
      added.push({ ...scan, parcel: parcel.id, bucket: parcel.bucket, recognised });
    }
    return { id, parcelId: parcel.id, isNew };
  });
  await append(
    work,
    touched.filter(({ added }) => added.length > 0),
  );
  return recorded;
}

/**
 * Each parcel once, in the order in which all writers lock them: what lies together is touched together. `places`: where in
 * `ids` each of the parcels stands. Without a map, which interns each key.
 */
function inOrder(parcelIds: readonly ParcelId[]): { ids: readonly ParcelId[]; places: readonly number[] } {
  const ordered = parcelIds
    .map((id, index) => ({ id, index }))
    .sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
  const ids: ParcelId[] = [];
  const places = new Array<number>(parcelIds.length);
  for (const { id, index } of ordered) {
    if (id !== ids.at(-1)) ids.push(id);
    places[index] = ids.length - 1;
  }
  return { ids, places };
}

/** Nobody looks for a scan that happened after all that is there. */
function thatMayBeKnown(
  scans: readonly Pick<ScanToRecord, 'id' | 'occurredAt'>[],
  parcelIds: readonly ParcelId[],
  of: (index: number) => Touched,
): { readonly id: Scan['id']; readonly parcel: ParcelId }[] {
  const keys: { readonly id: Scan['id']; readonly parcel: ParcelId }[] = [];
  scans.forEach(({ id, occurredAt }, index) => {
    const { newestScanAt } = of(index).parcel;
    if (newestScanAt !== undefined && occurredAt <= newestScanAt)
      keys.push({ id, parcel: parcelIds[index] as ParcelId });
  });
  return keys;
}

/**
 * What the parcels' client platforms decided about the carriers that speak. Read inside the transaction: a decision
 * holds from its own moment on, in every process. Nothing is read when no carrier speaks.
 */
export async function recognitionFor(
  work: Work,
  scans: readonly { readonly reporter: Reporter }[],
  parcels: Iterable<Pick<TrackedParcel, 'clientPlatformId'>>,
): Promise<readonly TrackingSource[]> {
  const codes: string[] = [];
  for (const { reporter } of scans)
    if (reporter.kind === 'carrier' && !codes.includes(reporter.carrierCode))
      codes.push(reporter.carrierCode);
  if (codes.length === 0) return SHIPPED_SOURCES;
  const platforms: string[] = [];
  for (const { clientPlatformId } of parcels)
    if (clientPlatformId !== undefined && !platforms.includes(clientPlatformId))
      platforms.push(clientPlatformId);
  return listRecognition(work.db, platforms, codes);
}

/** `touched`: in the order of parcels; something is new of each. */
async function append(work: Work, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  const folds = await keepSilence(work, await foldAdded(work, touched));
  const quarantine = await quarantineOf(work, folds);
  const updates: TimelineUpdate[] = [];
  const motions: Motion[] = [];
  for (const { parcel, added, folded } of folds) {
    const change = changeOf(parcel.timeline, folded.official, folded.scans);
    const news = {
      added,
      quarantined:
        quarantine.scans.length === 0 ? [] : quarantine.scans.filter(({ scan }) => scan.parcel === parcel.id),
      wasDoubted: isDoubted(parcel.timeline),
    };
    const version = announceToDesks(
      work,
      parcel,
      news,
      announce(work, parcel, folded, change, quietNewsOf(parcel, added, folded.official)),
    );
    updates.push({
      parcel,
      version: Math.max(version, parcel.version + 1),
      timeline: folded.official,
      isTimelineKept: change.unchanged,
      foldState: folded.state,
      lastScanAt: folded.lastScan?.occurredAt,
      newestScanAt: newestOf(parcel, added),
    });
    const motion = motionOf(parcel, folded);
    if (!stands(parcel, motion)) motions.push(motion);
  }
  const added = touched.flatMap((one) => one.added);
  insertScans(work.db, added);
  saveUnmapped(work.db, added);
  saveTimelines(work.db, updates, work.now);
  saveMotions(work.db, motions);
  saveQuarantine(work.db, quarantine.parcelIds, quarantine.scans, work.now);
}

function newestOf({ newestScanAt }: LockedParcel, added: readonly NewScan[]): Instant | undefined {
  let newest = newestScanAt;
  for (const { occurredAt } of added) if (newest === undefined || occurredAt > newest) newest = occurredAt;
  return newest;
}

/** Nothing is written of parcels that have no scan in quarantine and had none. */
async function quarantineOf(
  work: Work,
  folds: readonly FoldOfParcel[],
): Promise<{ parcelIds: readonly ParcelId[]; scans: readonly QuarantinedScan[] }> {
  const doubted = folds.filter(
    ({ parcel, folded }) => isDoubted(parcel.timeline) || isDoubted(folded.official),
  );
  const held = doubted.flatMap(({ parcel, folded }) => (folded.quarantined.length > 0 ? [parcel.id] : []));
  // Few parcels: what was read to judge them does not say who told it.
  const history = held.length === 0 ? undefined : await listScans(work.db, held);
  const scans = doubted.flatMap(({ parcel, added, folded }) => {
    const byId = new Map([...(history?.get(parcel.id) ?? []), ...added].map((scan) => [scan.id, scan]));
    return folded.quarantined.flatMap(({ scan: { id }, reason }): QuarantinedScan[] => {
      const scan = byId.get(id);
      return scan === undefined ? [] : [{ id: work.newId('qua'), scan, reason }];
    });
  });
  return { parcelIds: doubted.map(({ parcel }) => parcel.id), scans };
}

/** What was folded of a parcel, with its new scans. */
type FoldOfParcel = Touched & { readonly folded: Folded<JudgedScan> };

/** The history is read only of parcels with a late scan, a correction or a doubt, or that had one of the latter two. */
async function foldAdded(work: Work, touched: readonly Touched[]): Promise<readonly FoldOfParcel[]> {
  const folds = touched.map(({ parcel, added }) => {
    // A parcel of version 0 was never folded: what was just added is all there is.
    const state = parcel.version === 0 ? START_OF_FOLD : parcel.foldState;
    const folded = state === undefined ? undefined : foldOn(parcel.timeline, state, added, factsOf(parcel));
    return { parcel, added, folded };
  });
  const open = folds.flatMap(({ parcel, folded }) => (folded === undefined ? [parcel.id] : []));
  const histories = open.length === 0 ? [] : await listHistories(work.db, open);
  let next = 0;
  return folds.map(({ parcel, added, folded }) => ({
    parcel,
    added,
    folded: folded ?? foldHistory([...(histories[next++] ?? []), ...added], factsOf(parcel)),
  }));
}

/** Under way from the first hands on it to a terminal state; where it is, is the last place that was told. */
function motionOf(
  parcel: LockedParcel,
  { official, at, lastScan }: Pick<Folded, 'official' | 'at' | 'lastScan'>,
): Motion {
  const isUnderWay =
    official.firstScanAt !== undefined && !official.terminal && official.status !== 'expired';
  return {
    parcel,
    leg: isUnderWay ? official.leg : undefined,
    at,
    stuckAtMs: lastScan === undefined ? undefined : stuckAtMs(official.leg, lastScan.occurredAt),
  };
}

/**
 * The map shows it so already: a late scan seldom moves a parcel. What else a motion tells of a parcel does not change
 * while its fold state stays.
 */
function stands(parcel: LockedParcel, { leg, at, stuckAtMs }: Motion): boolean {
  const { foldState: state, timeline } = parcel;
  if (parcel.version === 0) return leg === undefined;
  if (state === undefined) return false;
  const before = motionOf(parcel, { official: timeline, at: state.at, lastScan: lastScanOf(state) });
  if (leg === undefined || before.leg === undefined) return leg === before.leg;
  return (
    before.stuckAtMs === stuckAtMs &&
    before.leg === leg &&
    before.at?.country === at?.country &&
    before.at?.city === at?.city
  );
}

/**
 * One event per new milestone, then one for the state, and one for what is inside. Each takes its own version. Answers
 * the last version given.
 */
export function announce(
  work: Work,
  parcel: LockedParcel,
  folded: Pick<Folded, 'official' | 'lastScan'>,
  change: TimelineChange,
  quiet?: QuietNews,
): number {
  const { official: timeline, lastScan } = folded;
  let version = parcel.version;
  const subject = {
    parcelId: parcel.id,
    shipmentId: parcel.shipmentId,
    organisationId: parcel.organisationId,
    number: parcel.number,
    status: timeline.status,
    substatus: timeline.substatus,
    terminal: timeline.terminal,
  };
  const readers = audienceOf(parcel);
  const tell = (type: string, payload: object, audience = readers) => {
    version += 1;
    work.emit({
      type,
      group: { bucket: parcel.bucket },
      subjectId: parcel.id,
      subjectSequence: version,
      audience,
      payload,
    });
  };
  for (const { name, way, occurredAt, synthetic } of change.reached) {
    tell(MilestoneReached.name, { ...subject, milestone: name, way, occurredAt, synthetic });
  }
  if (change.revised) {
    tell(TimelineRevised.name, {
      ...subject,
      previousStatus: parcel.timeline.status,
      actionRequired: timeline.actionRequired,
      deliveredAt: timeline.deliveredAt,
      restated: change.restated,
      withdrawn: change.withdrawn,
      occurredAt: lastScan?.occurredAt ?? work.now,
      synthetic: lastScan?.synthetic ?? false,
    });
  }
  if (quiet !== undefined && change.reached.length === 0 && !change.revised) tell(quiet.name, subject, []);
  if (parcel.isContainer) tell(ContainerScanned.name, subject, []);
  return version;
}

/** What this program itself knows to have happened to a parcel that is registered. `code` is one of our own codes. */
export type OwnScan = {
  readonly parcelId: ParcelId;
  readonly number: string;
  readonly code: string;
  readonly occurredAt: Instant;
  readonly place?: Scan['place'];
  readonly operator?: string;
  readonly proof?: string;
  readonly synthetic: boolean;
};

/**
 * Records scans of this program (source `postroad`, always recognised) inside the caller's work, which may act for
 * the network. Repeating them changes nothing. Throws when a code is not ours or a parcel is not registered.
 */
export async function recordOwnScans(work: Work, scans: readonly OwnScan[]): Promise<void> {
  const recorded = await recordScans(
    work,
    scans.map((scan) => ownScanOf(scan, work.now)),
  );
  if (recorded === undefined)
    throw new Error('an own scan is recorded under a registered parcel, not a merged one');
}

export function ownScanOf(own: OwnScan, receivedAt: Instant): ScanToRecord {
  const reporter: Reporter = { kind: 'network' };
  const { parcelId, number, code, occurredAt, place, operator, proof, synthetic } = own;
  const meaning = meaningOf('native', code);
  if (meaning.milestone === 'unmapped') throw new Error(`${code} is no code of ours`);
  const source = sourceOf(reporter);
  const content = { source, number, code, occurredAt, ...(place === undefined ? {} : { place }) };
  return {
    id: scanIdOf(content),
    parcel: parcelId,
    sourceKind: sourceKindOf(reporter),
    ...content,
    ...meaning,
    zone: 'Z',
    zoneConfidence: 'stated',
    receivedAt,
    synthetic,
    ...(operator === undefined ? {} : { operator }),
    ...(proof === undefined ? {} : { proof }),
    reporter,
  };
}
