import type { Work } from '../../platform/world/index.ts';
import { listRecognition, SHIPPED_SOURCES, type TrackingSource } from '../carriers/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { CodeReading } from './code-mapping.policy.ts';
import { announceToDesks } from './desk-news.ts';
import { ContainerScanned, MilestoneReached, ParcelWeighed, TimelineRevised } from './events.ts';
import { factsOf } from './facts.ts';
import { type Motion, saveMotions } from './flow-store.ts';
import { type Folded, foldHistory, foldOn, type OfficialTimeline, START_OF_FOLD } from './fold.ts';
import { listHistories } from './history-store.ts';
import type { JudgedScan, Scan } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import { type LockedParcel, lockParcels, saveTimelines, type TimelineUpdate } from './parcel-store.ts';
import { type QuarantinedScan, saveQuarantine } from './quarantine-store.ts';
import { audienceOf, isTrusted, type Reporter, sourceKindOf, sourceOf } from './recognition.policy.ts';
import { scanIdOf } from './scan-identity.ts';
import { insertScans, listKnown, listScans, type StoredScan, scanKey } from './scan-store.ts';
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

/**
 * Appends scans of any parcels and brings their timelines up to date, in a fixed number of statements: lock, look for
 * what is known, and for the history of those that are late or correct something; the writes leave with the commit.
 * Answers one result per scan, in order; undefined when a parcel was merged away meanwhile, and the caller looks its
 * number up again. Throws when a parcel does not exist.
 */
export async function recordScans(
  work: Work,
  scans: readonly ScanToRecord[],
): Promise<readonly RecordedScan[] | undefined> {
  if (scans.length === 0) return [];
  // Rows and keys are written in the order of parcels: what lies together is touched together.
  const ids = [...new Set(scans.map((scan) => scan.parcel))].sort();
  // In this order: whoever recorded the same scan a moment ago has let go of its parcel when the second one looks.
  const parcels = await lockParcels(work.db, ids);
  const [known, sources] = await Promise.all([
    listKnown(
      work.db,
      scans.filter((scan) => mayBeKnown(scan, parcels.get(scan.parcel))),
    ),
    recognitionFor(work, scans, parcels),
  ]);
  const added = new Map(ids.map((id): [ParcelId, StoredScan[]] => [id, []]));
  const recorded: RecordedScan[] = [];
  for (const scan of scans) {
    const { id, parcel: parcelId } = scan;
    const [parcel, list] = [parcels.get(parcelId), added.get(parcelId)];
    if (parcel === undefined || list === undefined) throw new Error(`there is no parcel ${parcelId}`);
    if (parcel.mergedInto !== undefined) return undefined;
    // Of the same scan twice in one batch the first is the new one.
    const isNew = !list.some((one) => one.id === id) && !(known.size > 0 && known.has(scanKey(scan)));
    if (isNew) {
      const recognised = scan.recognisedAs ?? isTrusted(scan.reporter, parcel, scan.receivedAt, sources);
      list.push({ ...scan, recognised });
    }
    recorded.push({ id, parcelId, isNew });
  }
  await append(work, parcels, added);
  return recorded;
}

/** Nobody looks for a scan that happened after all that is there. */
function mayBeKnown(scan: ScanToRecord, parcel: LockedParcel | undefined): boolean {
  return parcel?.newestScanAt !== undefined && scan.occurredAt <= parcel.newestScanAt;
}

/**
 * What the parcels' client platforms decided about the carriers that speak. Read inside the transaction: a decision
 * holds from its own moment on, in every process. Nothing is read when no carrier speaks.
 */
export async function recognitionFor(
  work: Work,
  scans: readonly { readonly reporter: Reporter }[],
  parcels: ReadonlyMap<string, Pick<TrackedParcel, 'clientPlatformId'>>,
): Promise<readonly TrackingSource[]> {
  const codes = scans.flatMap(({ reporter }) => (reporter.kind === 'carrier' ? [reporter.carrierCode] : []));
  if (codes.length === 0) return SHIPPED_SOURCES;
  const platforms = [...parcels.values()].flatMap(({ clientPlatformId }) => clientPlatformId ?? []);
  return listRecognition(work.db, [...new Set(platforms)], [...new Set(codes)]);
}

/** `byParcel`: in the order of parcels; of some nothing may be new. */
async function append(
  work: Work,
  parcels: ReadonlyMap<string, LockedParcel>,
  byParcel: ReadonlyMap<string, readonly StoredScan[]>,
): Promise<void> {
  const added = [...byParcel.values()].flat();
  if (added.length === 0) return;
  const folds = await keepSilence(work, await foldAdded(work, parcels, byParcel));
  const quarantine = await quarantineOf(work, folds, byParcel);
  const updates: TimelineUpdate[] = [];
  const motions: Motion[] = [];
  for (const [parcel, folded] of folds) {
    const change = changeOf(parcel.timeline, folded.official, folded.scans);
    const news = {
      added: byParcel.get(parcel.id) ?? [],
      quarantined:
        quarantine.scans.length === 0 ? [] : quarantine.scans.filter(({ scan }) => scan.parcel === parcel.id),
      wasDoubted: isDoubted(parcel.timeline),
    };
    const isWeighed = news.added.some(({ weightGrams }) => weightGrams !== undefined);
    const version = announceToDesks(work, parcel, news, announce(work, parcel, folded, change, isWeighed));
    updates.push({
      parcelId: parcel.id,
      version: Math.max(version, parcel.version + 1),
      timeline: folded.official,
      isTimelineKept: change.unchanged,
      foldState: folded.state,
      lastScanAt: folded.lastScan?.occurredAt,
      newestScanAt: newestOf(parcel, news.added),
    });
    const motion = motionOf(parcel, folded);
    if (!stands(parcel, motion)) motions.push(motion);
  }
  insertScans(work.db, added);
  saveUnmapped(work.db, added);
  saveTimelines(work.db, updates, work.now);
  saveMotions(work.db, motions);
  saveQuarantine(work.db, quarantine.parcelIds, quarantine.scans, work.now);
}

function newestOf({ newestScanAt }: LockedParcel, added: readonly StoredScan[]): Instant | undefined {
  let newest = newestScanAt;
  for (const { occurredAt } of added) if (newest === undefined || occurredAt > newest) newest = occurredAt;
  return newest;
}

const isDoubted = ({ flags }: OfficialTimeline) => flags.includes('implausible_scan');

/** Nothing is written of parcels that have no scan in quarantine and had none. */
async function quarantineOf(
  work: Work,
  folds: ReadonlyMap<LockedParcel, Folded<JudgedScan>>,
  byParcel: ReadonlyMap<string, readonly StoredScan[]>,
): Promise<{ parcelIds: readonly ParcelId[]; scans: readonly QuarantinedScan[] }> {
  const touched = [...folds].filter(
    ([parcel, { official }]) => isDoubted(parcel.timeline) || isDoubted(official),
  );
  const doubted = touched.flatMap(([{ id }, { quarantined }]) => (quarantined.length > 0 ? [id] : []));
  // Few parcels: what was read to judge them does not say who told it.
  const history = doubted.length === 0 ? undefined : await listScans(work.db, doubted);
  const scans = touched.flatMap(([{ id: parcel }, { quarantined }]) => {
    const all = [...(history?.get(parcel) ?? []), ...(byParcel.get(parcel) ?? [])];
    const byId = new Map(all.map((scan) => [scan.id, scan]));
    return quarantined.flatMap(({ scan: { id }, reason }): QuarantinedScan[] => {
      const scan = byId.get(id);
      return scan === undefined ? [] : [{ id: work.newId('qua'), scan, reason }];
    });
  });
  return { parcelIds: touched.map(([{ id }]) => id), scans };
}

/** The history is read only of parcels with a late scan, a correction or a doubt, or that had one of the latter two. */
async function foldAdded(
  work: Work,
  parcels: ReadonlyMap<string, LockedParcel>,
  byParcel: ReadonlyMap<string, readonly StoredScan[]>,
): Promise<Map<LockedParcel, Folded<JudgedScan>>> {
  const folds = new Map<LockedParcel, Folded<JudgedScan> | undefined>();
  for (const [id, added] of byParcel) {
    const parcel = parcels.get(id);
    if (parcel === undefined || added.length === 0) continue;
    // A parcel of version 0 was never folded: what was just added is all there is.
    const state = parcel.version === 0 ? START_OF_FOLD : parcel.foldState;
    folds.set(
      parcel,
      state === undefined ? undefined : foldOn(parcel.timeline, state, added, factsOf(parcel)),
    );
  }
  const open = [...folds].flatMap(([parcel, folded]) => (folded === undefined ? [parcel.id] : []));
  const history = open.length === 0 ? undefined : await listHistories(work.db, open);
  return new Map(
    [...folds].map(([parcel, folded]) => [
      parcel,
      folded ??
        foldHistory(
          [...(history?.get(parcel.id) ?? []), ...(byParcel.get(parcel.id) ?? [])],
          factsOf(parcel),
        ),
    ]),
  );
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
  const before = motionOf(parcel, { official: timeline, at: state.at, lastScan: state.last });
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
  isWeighed = false,
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
  const tell = (type: string, payload: object, audience = audienceOf(parcel)) => {
    version += 1;
    work.emit({
      type,
      group: { bucket: bucketOf(parcel.id) },
      subjectId: parcel.id,
      subjectSequence: version,
      audience,
      payload: { ...subject, ...payload },
    });
  };
  for (const { name, way, occurredAt, synthetic } of change.reached) {
    tell(MilestoneReached.name, { milestone: name, way, occurredAt, synthetic });
  }
  if (change.revised) {
    tell(TimelineRevised.name, {
      previousStatus: parcel.timeline.status,
      actionRequired: timeline.actionRequired,
      deliveredAt: timeline.deliveredAt,
      restated: change.restated,
      withdrawn: change.withdrawn,
      occurredAt: lastScan?.occurredAt ?? work.now,
      synthetic: lastScan?.synthetic ?? false,
    });
  }
  if (isWeighed && change.reached.length === 0 && !change.revised) tell(ParcelWeighed.name, {}, []);
  if (parcel.isContainer) tell(ContainerScanned.name, {}, []);
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
