import type { Work } from '../../platform/world/index.ts';
import { normaliseNumber } from '../carriers/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { covers, planRegistration } from './directory.policy.ts';
import { insertEntries, listEntries, type NumberEntry, updateEntry } from './directory-store.ts';
import type { TrackedParcel } from './parcel.ts';
import { insertParcels, lockParcels, markMerged } from './parcel-store.ts';
import { recordScans, type ScanToRecord } from './record.ts';
import { listScans } from './scan-store.ts';

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
  parcels: readonly TrackedParcel[],
  at: Instant,
): Promise<void> {
  await insertParcels(work.db, parcels);
  await addParcelNumbers(
    work,
    parcels.map(({ id, number, carrierCode }) => ({
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
    let lost = false;
    for (const number of readable) {
      if (!(await addNumber(work, number, entries.get(number.number) ?? []))) lost = true;
    }
    if (!lost) return;
  }
  throw new Error('a number was taken by others three times in a row');
}

/** False when another writer was first with a life of the number. */
async function addNumber(
  work: Work,
  wanted: ParcelNumber,
  entries: readonly NumberEntry[],
): Promise<boolean> {
  const plan = planRegistration(entries, wanted.carrierCode, wanted.parcelId, wanted.at);
  if (plan === undefined) return true;
  const life = { from: plan.from, to: plan.to };
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
    if (entry !== undefined) await updateEntry(work.db, { ...entry, to: plan.from });
  }
  const minted = entries.filter((entry) => plan.merging.some((one) => one.generation === entry.generation));
  if (minted.length > 0) await mergeMinted(work, wanted.parcelId, minted, life);
  return true;
}

export function nextGeneration(entries: readonly NumberEntry[]): number {
  return entries.reduce((last, entry) => Math.max(last, entry.generation), 0) + 1;
}

/**
 * The scans of minted parcels that lie in the new life go on under the survivor. A minted parcel all of whose scans
 * do ends there; one with older scans keeps them, and its life ends where the new one begins.
 */
async function mergeMinted(
  work: Work,
  survivorId: ParcelId,
  minted: readonly NumberEntry[],
  life: { readonly from: Instant; readonly to: Instant | undefined },
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
  if (ended.length > 0) await markMerged(work.db, ended, survivorId, work.now);
  const recorded = await recordScans(work, moving);
  if (recorded === undefined) throw new Error('a registered parcel was merged: only minted ones are');
}
