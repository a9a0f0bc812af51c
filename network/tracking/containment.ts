import type { Work } from '../../platform/world/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import {
  type ContainerKind,
  type ContainmentAction,
  inheritanceGap,
  inheritedScans,
  NOT_INSIDE,
  staysOf,
} from './containment.policy.ts';
import {
  type ContainmentStatement,
  EVERYTHING,
  insertContainment,
  listContainersOf,
  listContainment,
  listHeld,
} from './containment-store.ts';
import type { ScanId } from './model.ts';
import { type LockedParcel, listParcelsByIds, lockParcels } from './parcel-store.ts';
import { isTrusted, type Reporter } from './recognition.policy.ts';
import { recognitionFor, recordScans, type ScanToRecord } from './record.ts';
import { movedTo, withdrawalOf } from './register.ts';
import { listScans, type StoredScan } from './scan-store.ts';

/** What somebody says about the contents of one container. */
export type Packing = {
  readonly containerId: ParcelId;
  readonly kind: ContainerKind;
  readonly action: ContainmentAction;
  readonly occurredAt: Instant;
  readonly reporter: Reporter;
  readonly contents: readonly ParcelId[] | 'everything';
};

/** As many as one big bag holds (domain 2.2). */
export const MAX_CONTENTS = 1_000;

/**
 * Writes down what was put into a container or taken out, and brings the timelines of the parcels in question up to
 * date. Repeating it changes nothing. Answers the parcels (or `EVERYTHING`) that it was new for; undefined when a parcel
 * was merged away meanwhile. Throws when a parcel does not exist. Acts for the network.
 */
export async function recordContainment(
  work: Work,
  packing: Packing,
): Promise<ReadonlySet<string> | undefined> {
  const { containerId, contents } = packing;
  const named = contents === 'everything' ? await contentsOf(work, containerId) : contents;
  const locked = await lockParcels(work.db, [...new Set([containerId, ...named])]);
  for (const id of [containerId, ...named]) {
    const parcel = locked.get(id);
    if (parcel === undefined) throw new Error(`there is no parcel ${id}`);
    if (parcel.mergedInto !== undefined) return undefined;
  }
  const fresh = await insertContainment(work.db, statementsOf(packing, work.now));
  await passOn(work, containerId, named, locked);
  return fresh;
}

function statementsOf(packing: Packing, recordedAt: Instant): ContainmentStatement[] {
  const { containerId, kind, action, occurredAt, reporter, contents } = packing;
  const ids = contents === 'everything' ? [EVERYTHING] : [...new Set(contents)];
  return ids.map((contentId) => ({
    containerId,
    contentId: contentId as ContainmentStatement['contentId'],
    kind,
    action,
    occurredAt,
    reporter,
    recordedAt,
  }));
}

/** Parcels were taken out of whatever they were in. */
export async function takeOutOfAll(
  work: Work,
  parcels: readonly ParcelId[],
  occurredAt: Instant,
  reporter: Reporter,
): Promise<void> {
  const containers = await listContainersOf(work.db, parcels);
  for (const [containerId, { kind, contents }] of containers)
    await recordContainment(work, { containerId, kind, action: 'unpack', occurredAt, reporter, contents });
}

/** A container was scanned, or what was said about its contents has changed: what is inside follows. */
export async function inheritScans(work: Work, containerId: ParcelId): Promise<void> {
  const contents = await contentsOf(work, containerId);
  if (contents.length === 0) return;
  const locked = await lockParcels(work.db, [...new Set([containerId, ...contents])]);
  await passOn(work, containerId, contents, locked);
}

/** Every parcel that was ever inside, by the id that it has now. One that is not registered yet is left out. */
async function contentsOf(work: Work, containerId: ParcelId): Promise<ParcelId[]> {
  const statements = await listContainment(work.db, containerId);
  const ids = [...new Set(statements.map(({ contentId }) => contentId))].filter((id) => id !== EVERYTHING);
  const parcels = ids.length === 0 ? [] : await listParcelsByIds(work.db, ids);
  return [...new Set(parcels.map(({ id, mergedInto }) => mergedInto ?? id))];
}

/** The parcels are locked by the caller. */
async function passOn(
  work: Work,
  containerId: ParcelId,
  contents: readonly ParcelId[],
  locked: ReadonlyMap<string, LockedParcel>,
): Promise<void> {
  if (contents.length === 0) return;
  const [statements, histories] = await Promise.all([
    listContainment(work.db, containerId),
    listScans(work.db, [containerId]),
  ]);
  const history = histories.get(containerId) ?? [];
  if (history.length === 0) return;
  const byScan = new Map(history.map((scan) => [scan.id, scan]));
  const [held, survivors, sources] = await Promise.all([
    listHeld(work.db, contents, [...byScan.keys()]),
    survivorsOf(work, statements),
    recognitionFor(work, statements, locked.values()),
  ]);
  const scans = contents.flatMap((id): ScanToRecord[] => {
    const parcel = locked.get(id);
    if (parcel === undefined) return [];
    const about = statements.filter(
      ({ contentId, reporter, recordedAt }) =>
        (contentId === EVERYTHING || (survivors.get(contentId) ?? contentId) === id) &&
        isTrusted(reporter, parcel, recordedAt, sources),
    );
    const kind = about[0]?.kind ?? 'receptacle';
    const inherited = inheritedScans(kind, history, staysOf(about));
    const gap = inheritanceGap(new Set(inherited.keys()), new Set(byScan.keys()), held.get(id) ?? []);
    return [
      ...gap.add.flatMap((scan) => inheritedBy(id, inherited.get(scan))),
      ...gap.turn.flatMap((turn) => turnedFor(id, byScan.get(turn.scan), turn.last, work.now)),
    ];
  });
  const recorded = await recordScans(work, scans);
  if (recorded === undefined) throw new Error('a parcel inside a container was merged meanwhile');
}

async function survivorsOf(
  work: Work,
  statements: readonly ContainmentStatement[],
): Promise<ReadonlyMap<string, ParcelId>> {
  const ids = [...new Set(statements.map(({ contentId }) => contentId))].filter((id) => id !== EVERYTHING);
  const parcels = await listParcelsByIds(work.db, ids);
  return new Map(
    parcels.flatMap(({ id, mergedInto }) => (mergedInto === undefined ? [] : [[id, mergedInto]])),
  );
}

function inheritedBy(parcelId: ParcelId, scan: StoredScan | undefined): ScanToRecord[] {
  if (scan === undefined) return [];
  // A container's weight is that of nothing inside it.
  const { weightGrams: _weightGrams, ...told } = scan;
  return [movedTo(parcelId, told)];
}

function turnedFor(
  parcelId: ParcelId,
  scan: StoredScan | undefined,
  last: ScanId,
  receivedAt: Instant,
): ScanToRecord[] {
  if (scan === undefined) return [];
  return [withdrawalOf({ ...scan, parcel: parcelId, id: last }, receivedAt, NOT_INSIDE)];
}
