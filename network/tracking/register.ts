import type { Work } from '../../platform/world/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { carryContainment } from './containment-store.ts';
import { covers, type DirectoryEntry, isTaken, planRegistration } from './directory.policy.ts';
import { insertEntries, listEntries, type NumberEntry, updateLives } from './directory-store.ts';
import { deleteMotions } from './flow-store.ts';
import { OWN_SOURCE } from './model.ts';
import type { TrackedParcel } from './parcel.ts';
import { insertParcels, type LockedParcel, lockParcels, markMerged } from './parcel-store.ts';
import { deleteQuarantine } from './quarantine-store.ts';
import { type Reporter, sourceKindOf, sourceOf } from './recognition.policy.ts';
import { recordScans, type ScanToRecord } from './record.ts';
import { scanIdOf } from './scan-identity.ts';
import { listScans, type StoredScan } from './scan-store.ts';
import { WITHDRAWAL_CODE } from './source-codes.policy.ts';
import { moveUnmapped } from './unmapped-store.ts';

/** A number that leads to a registered parcel from `at` on. */
export type ParcelNumber = {
  readonly parcelId: ParcelId;
  readonly number: string;
  readonly carrierCode: string;
  readonly at: Instant;
  /** It takes no number that another registered parcel has then or later, and ends no life. */
  readonly yields?: boolean;
};

/**
 * Makes parcels of an order known with their numbers. Parcels that scans minted for these numbers are merged: their
 * scans are appended under the registered parcel, judged anew by its client platform, and no row is re-keyed.
 * Harmless when repeated.
 */
export async function registerParcels(
  work: Work,
  parcels: readonly { readonly parcel: TrackedParcel; readonly at: Instant }[],
): Promise<void> {
  await insertParcels(
    work.db,
    parcels.map(({ parcel }) => parcel),
  );
  await addParcelNumbers(
    work,
    parcels.map(({ parcel: { id, number, carrierCode }, at }) => ({
      parcelId: id,
      number,
      carrierCode: carrierCode ?? '',
      at,
    })),
  );
}

/** Lets more numbers lead to registered parcels, such as that of the carrier of the last mile. */
export async function addParcelNumbers(work: Work, numbers: readonly ParcelNumber[]): Promise<void> {
  let open = numbers.flatMap((entry) => {
    const number = normaliseNumber(entry.number);
    return number === undefined ? [] : [{ ...entry, number }];
  });
  const begun: Beginning[] = [];
  // Somebody may mint the number between our look and our insert; then it is there at the second look. No parcel is
  // locked before all numbers are written: batches of scans take both in this order too.
  for (let attempt = 0; attempt < 3 && open.length > 0; attempt += 1) {
    const entries = await listEntries(
      work.db,
      open.map((entry) => entry.number),
    );
    const wanted = open.flatMap((number) => beginningOf(number, entries.get(number.number) ?? []));
    const written = new Set(
      await insertEntries(
        work.db,
        wanted.map(({ life }) => life),
      ),
    );
    begun.push(...wanted.filter(({ life }) => written.has(life)));
    open = wanted.filter(({ life }) => !written.has(life)).map(({ number }) => number);
  }
  if (open.length > 0) throw new Error('a number was taken by others three times in a row');
  await followBeginnings(work, begun);
}

/** A new life of a number, and what it ends or takes over. */
type Beginning = {
  readonly number: ParcelNumber;
  readonly life: NumberEntry;
  readonly closing: readonly NumberEntry[];
  readonly merging: readonly NumberEntry[];
  readonly yielding: readonly NumberEntry[];
};

/** Empty when the parcel has the number already. */
function beginningOf(number: ParcelNumber, entries: readonly NumberEntry[]): Beginning[] {
  if (number.yields === true && isTaken(entries, number.at)) return [];
  // A number that scans minted goes on under the carrier that they gave it to.
  const minted = number.yields === true ? entries.find((entry) => covers(entry, number.at)) : undefined;
  const carrierCode = minted?.carrierCode ?? number.carrierCode;
  const plan = planRegistration(entries, carrierCode, number.parcelId, number.at);
  if (plan === undefined) return [];
  const among = (planned: readonly DirectoryEntry[]) =>
    entries.filter((entry) => planned.some((one) => one.generation === entry.generation));
  const { closing, merging, yielding } = plan;
  const life: NumberEntry = {
    from: plan.from,
    to: plan.to,
    number: number.number,
    generation: nextGeneration(entries),
    carrierCode,
    parcelId: number.parcelId,
    provisional: false,
  };
  return [{ number, life, closing: among(closing), merging: among(merging), yielding: among(yielding) }];
}

export function nextGeneration(entries: readonly NumberEntry[]): number {
  return entries.reduce((last, entry) => Math.max(last, entry.generation), 0) + 1;
}

/**
 * Earlier lives end, and the scans that lie in the new ones go on under their parcels. All parcels of all numbers are
 * locked together first, in the order of all writers, so that a batch of scans waits for us and not in a circle.
 */
async function followBeginnings(work: Work, beginnings: readonly Beginning[]): Promise<void> {
  const earlierOf = ({ closing, merging, yielding }: Beginning) => [...closing, ...merging, ...yielding];
  const touched = beginnings.filter((beginning) => earlierOf(beginning).length > 0);
  if (touched.length === 0) return;
  const earlier = touched.flatMap(earlierOf);
  const ids = [...new Set(earlier.map((entry) => entry.parcelId))];
  const locked = await lockParcels(work.db, [
    ...new Set([...ids, ...touched.map(({ life }) => life.parcelId)]),
  ]);
  const scans = await listScans(work.db, ids);
  const changes = touched.flatMap((beginning) => [
    ...beginning.closing.map((entry) => endLife(work, beginning, entry, scans.get(entry.parcelId) ?? [])),
    ...beginning.merging.map((entry) => mergeLife(beginning, entry, scans.get(entry.parcelId) ?? [])),
    ...beginning.yielding
      .filter((entry) => mayYield(locked.get(entry.parcelId), locked.get(beginning.life.parcelId)))
      .map((entry) => yieldTo(work, beginning, entry, scans.get(entry.parcelId) ?? [])),
  ]);
  await updateLives(
    work.db,
    changes.map(({ entry }) => entry),
  );
  const merges = changes.flatMap(({ merge }) => merge ?? []);
  if (merges.length > 0) {
    await markMerged(work.db, merges, work.now);
    const merged = merges.map(({ parcelId }) => parcelId);
    await deleteMotions(work.db, merged);
    await deleteQuarantine(work.db, merged);
    for (const { parcelId, survivorId } of merges)
      if (locked.get(parcelId)?.isContainer === true) await carryContainment(work.db, parcelId, survivorId);
  }
  const recorded = await recordScans(
    work,
    changes.flatMap((change) => change.scans),
  );
  if (recorded === undefined) throw new Error('a registered parcel was merged: only minted ones are');
  await moveUnmapped(
    work.db,
    changes.flatMap(({ entry, to, moved }) => moved.map(({ id }) => ({ from: entry.parcelId, to, id }))),
  );
}

type Change = {
  readonly entry: NumberEntry;
  readonly scans: readonly ScanToRecord[];
  /** Those of them that go on under another parcel. */
  readonly moved: readonly StoredScan[];
  readonly to: ParcelId;
  readonly merge?: { readonly parcelId: ParcelId; readonly survivorId: ParcelId };
};

/**
 * Scans of the new life that came before its order was known here went to the earlier one. They are appended where
 * they belong, and withdrawn where they are: nothing is taken away, and the history shows why. What this program
 * recorded itself was never found by number, so it stays.
 */
function endLife(work: Work, { life }: Beginning, entry: NumberEntry, scans: readonly StoredScan[]): Change {
  const late = scans.filter(
    (scan) =>
      scan.number === entry.number && scan.reporter.kind !== 'network' && covers(life, scan.occurredAt),
  );
  return {
    entry: { ...entry, to: life.from },
    moved: late,
    to: life.parcelId,
    scans: movedFrom(work, late, life.parcelId, 'the number had begun another life'),
  };
}

/** Nobody's scans are taken from him: what is another's stays there. */
function mayYield(holder: LockedParcel | undefined, taker: LockedParcel | undefined): boolean {
  const owner = holder?.organisationId;
  return holder?.mergedInto === undefined && (owner === undefined || owner === taker?.organisationId);
}

/**
 * The number was known under another carrier, such as one that a merchant had chosen by mistake. What its own carrier
 * said of it would have come here had this life been known first.
 */
function yieldTo(work: Work, { life }: Beginning, entry: NumberEntry, scans: readonly StoredScan[]): Change {
  const own = scans.filter(
    ({ number, reporter, occurredAt }) =>
      number === entry.number &&
      reporter.kind === 'carrier' &&
      reporter.carrierCode === life.carrierCode &&
      covers(life, occurredAt),
  );
  return {
    entry,
    moved: own,
    to: life.parcelId,
    scans: movedFrom(work, own, life.parcelId, 'its carrier has the number under another parcel'),
  };
}

/** Appended where they belong, and withdrawn where they were believed. */
function movedFrom(
  work: Work,
  scans: readonly StoredScan[],
  to: ParcelId,
  reason: string,
): readonly ScanToRecord[] {
  return [
    ...scans.map((scan) => movedTo(to, scan)),
    ...scans.filter((scan) => scan.recognised).map((scan) => withdrawalOf(scan, work.now, reason)),
  ];
}

/**
 * The scans of a minted parcel that lie in the new life go on under the survivor. One all of whose scans do ends
 * there; one with older scans keeps them, and its life ends where the new one begins.
 */
function mergeLife({ life }: Beginning, entry: NumberEntry, scans: readonly StoredScan[]): Change {
  const inLife = scans.filter((scan) => covers(life, scan.occurredAt));
  const isWhole = inLife.length === scans.length;
  return {
    // The key of the row stays; a life of no length answers nothing any more.
    entry: { ...entry, ...(isWhole ? { from: life.from } : {}), to: life.from },
    scans: inLife.map((scan) => movedTo(life.parcelId, scan)),
    moved: inLife,
    to: life.parcelId,
    ...(isWhole ? { merge: { parcelId: entry.parcelId, survivorId: life.parcelId } } : {}),
  };
}

/** The same scan under another parcel, which judges anew whether it is believed. */
export function movedTo(parcelId: ParcelId, { recognised: _recognised, ...scan }: StoredScan): ScanToRecord {
  return { ...scan, parcel: parcelId };
}

/**
 * Scans that their source takes back do not count for their parcels. `scans`: as they were recorded; those of sources
 * that are not believed count for nothing anyway. Repeating it changes nothing.
 */
export async function withdrawScans(
  work: Work,
  scans: readonly { readonly scanId?: string; readonly parcelId?: ParcelId }[],
  reason: string,
): Promise<void> {
  const wanted = new Set(scans.map(({ scanId }) => scanId));
  const parcelIds = [...new Set(scans.flatMap(({ parcelId }) => parcelId ?? []))];
  if (parcelIds.length === 0) return;
  await lockParcels(work.db, parcelIds);
  const stored = [...(await listScans(work.db, parcelIds)).values()].flat();
  const own = stored.filter((scan) => scan.recognised && wanted.has(scan.id));
  const recorded = await recordScans(
    work,
    own.map((scan) => withdrawalOf(scan, work.now, reason)),
  );
  if (recorded === undefined) throw new Error('a scan was recorded under a parcel that is merged away');
}

/** This program's own statement that a scan does not count for its parcel. */
export function withdrawalOf(
  scan: Pick<StoredScan, 'id' | 'parcel' | 'number' | 'occurredAt' | 'synthetic'>,
  receivedAt: Instant,
  reason: string,
): ScanToRecord {
  const reporter: Reporter = { kind: 'network' };
  const content = {
    source: sourceOf(reporter),
    number: scan.number,
    code: WITHDRAWAL_CODE,
    occurredAt: scan.occurredAt,
    correction: { ofScan: scan.id, author: OWN_SOURCE, reason },
  };
  return {
    id: scanIdOf(content),
    parcel: scan.parcel,
    sourceKind: sourceKindOf(reporter),
    ...content,
    milestone: 'unmapped',
    zone: 'Z',
    zoneConfidence: 'stated',
    receivedAt,
    synthetic: scan.synthetic,
    reporter,
  };
}
