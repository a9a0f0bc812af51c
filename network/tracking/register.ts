import type { Work } from '../../platform/world/index.ts';
import { normaliseNumber } from '../carriers/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { covers, planRegistration } from './directory.policy.ts';
import { insertEntries, listEntries, type NumberEntry, updateEntry } from './directory-store.ts';
import { deleteMotions } from './flow-store.ts';
import type { TrackedParcel } from './parcel.ts';
import { insertParcels, lockParcels, markMerged } from './parcel-store.ts';
import { OWN_SOURCE, type Reporter, sourceKindOf, sourceOf } from './recognition.policy.ts';
import { recordScans, type ScanToRecord } from './record.ts';
import { scanIdOf } from './scan-identity.ts';
import { listScans, type StoredScan } from './scan-store.ts';
import { WITHDRAWAL_CODE } from './source-codes.policy.ts';

/** A number that leads to a registered parcel from `at` on. */
export type ParcelNumber = {
  readonly parcelId: ParcelId;
  readonly number: string;
  readonly carrierCode: string;
  readonly at: Instant;
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
  const readable = numbers
    .flatMap((entry) => {
      const number = normaliseNumber(entry.number);
      return number === undefined ? [] : [{ ...entry, number }];
    })
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  // Somebody may mint the number between our look and our insert; then it is there at the second look.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const entries = await listEntries(
      work.db,
      readable.map((entry) => entry.number),
    );
    const unused = readable.filter(({ number }) => !entries.has(number));
    let lost = unused.length > 0 && (await insertEntries(work.db, unused.map(firstLife))) < unused.length;
    for (const number of readable) {
      const known = entries.get(number.number);
      if (known !== undefined && !(await addNumber(work, number, known))) lost = true;
    }
    if (!lost) return;
  }
  throw new Error('a number was taken by others three times in a row');
}

/** What most numbers need: nothing knew them before, so nothing ends or merges. */
function firstLife(wanted: ParcelNumber): NumberEntry {
  const plan = planRegistration([], wanted.carrierCode, wanted.parcelId, wanted.at);
  if (plan === undefined) throw new Error('a number that nobody has was found taken');
  return {
    from: plan.from,
    to: plan.to,
    number: wanted.number,
    generation: nextGeneration([]),
    carrierCode: wanted.carrierCode,
    parcelId: wanted.parcelId,
    provisional: false,
  };
}

/** False when another writer was first with a life of the number. */
async function addNumber(
  work: Work,
  wanted: ParcelNumber,
  entries: readonly NumberEntry[],
): Promise<boolean> {
  const plan = planRegistration(entries, wanted.carrierCode, wanted.parcelId, wanted.at);
  if (plan === undefined) return true;
  const life: Life = { from: plan.from, to: plan.to };
  const inserted = await insertEntries(work.db, [
    {
      ...life,
      number: wanted.number,
      generation: nextGeneration(entries),
      carrierCode: wanted.carrierCode,
      parcelId: wanted.parcelId,
      provisional: false,
    },
  ]);
  if (inserted === 0) return false;
  for (const closed of plan.closing) {
    const entry = entries.find((one) => one.generation === closed.generation);
    if (entry === undefined) continue;
    await updateEntry(work.db, { ...entry, to: plan.from });
    await handOver(work, entry, wanted.parcelId, life);
  }
  const minted = entries.filter((entry) => plan.merging.some((one) => one.generation === entry.generation));
  if (minted.length > 0) await mergeMinted(work, wanted.parcelId, minted, life);
  return true;
}

export function nextGeneration(entries: readonly NumberEntry[]): number {
  return entries.reduce((last, entry) => Math.max(last, entry.generation), 0) + 1;
}

type Life = { readonly from: Instant; readonly to: Instant | undefined };

/**
 * Scans of the new life that came before its order was known here went to the earlier one. They are appended where
 * they belong, and withdrawn where they are: nothing is taken away, and the history shows why. What this program
 * recorded itself was never found by number, so it stays.
 */
async function handOver(work: Work, closed: NumberEntry, parcelId: ParcelId, life: Life): Promise<void> {
  await lockParcels(work.db, [closed.parcelId, parcelId]);
  const scans = (await listScans(work.db, [closed.parcelId])).get(closed.parcelId) ?? [];
  const late = scans.filter(
    (scan) =>
      scan.number === closed.number && scan.reporter.kind !== 'network' && covers(life, scan.occurredAt),
  );
  const moved = late.map(({ recognised: _recognised, ...scan }) => ({ ...scan, parcel: parcelId }));
  const withdrawn = late.filter((scan) => scan.recognised).map((scan) => withdrawalOf(scan, work.now));
  await recordScans(work, [...moved, ...withdrawn]);
}

function withdrawalOf(scan: StoredScan, receivedAt: Instant): ScanToRecord {
  const reporter: Reporter = { kind: 'network' };
  const content = {
    source: sourceOf(reporter),
    number: scan.number,
    code: WITHDRAWAL_CODE,
    occurredAt: scan.occurredAt,
    correction: { ofScan: scan.id, author: OWN_SOURCE, reason: 'the number had begun another life' },
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

/**
 * The scans of minted parcels that lie in the new life go on under the survivor. A minted parcel all of whose scans
 * do ends there; one with older scans keeps them, and its life ends where the new one begins.
 */
async function mergeMinted(
  work: Work,
  survivorId: ParcelId,
  minted: readonly NumberEntry[],
  life: Life,
): Promise<void> {
  const ids = [...new Set(minted.map((entry) => entry.parcelId))];
  await lockParcels(work.db, [...ids, survivorId]);
  const scans = await listScans(work.db, ids);
  const moving: ScanToRecord[] = [];
  const ended: ParcelId[] = [];
  for (const entry of minted) {
    const own = scans.get(entry.parcelId) ?? [];
    const inLife = own.filter((scan) => covers(life, scan.occurredAt));
    for (const { recognised: _recognised, ...scan } of inLife) moving.push({ ...scan, parcel: survivorId });
    // The key of the row stays; a life of no length answers nothing any more.
    const isWhole = inLife.length === own.length;
    if (isWhole) ended.push(entry.parcelId);
    await updateEntry(work.db, { ...entry, ...(isWhole ? { from: life.from } : {}), to: life.from });
  }
  if (ended.length > 0) {
    await markMerged(work.db, ended, survivorId, work.now);
    await deleteMotions(work.db, ended);
  }
  const recorded = await recordScans(work, moving);
  if (recorded === undefined) throw new Error('a registered parcel was merged: only minted ones are');
}
