import { sqlState } from '../../platform/db/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { accepted, type ParcelId } from '../kernel/index.ts';
import { type Alias, type NamedParent, readOtherNumbers } from './aliases.policy.ts';
import type { CarrierReading } from './carrier-reading.ts';
import { takeContainment } from './containment-lines.ts';
import type { LineResult } from './intake.ts';
import { listParcelsByIds } from './parcel-store.ts';
import { isTrusted, type Reporter } from './recognition.policy.ts';
import { recognitionFor } from './record.ts';
import { addParcelNumbers } from './register.ts';

/**
 * Lets the other numbers that a carrier names lead to the parcels too, and the pieces of a consignment follow it, where
 * its word moves those parcels. Numbers that registered parcels have are left alone. `results`: of its scans, in the
 * order of the reading. Behind the scans, in transactions of its own: what does not come about now is told again by the
 * carrier's next answer.
 */
export async function takeOtherNumbers(
  world: World,
  reading: CarrierReading,
  results: readonly LineResult[],
  reporter: Reporter,
): Promise<void> {
  const { aliases, parents } = readOtherNumbers(reading);
  if (aliases.length > 0) {
    const parcels = parcelsOf(reading, results);
    await unlessOthersWrite(world, (work) => addAliases(work, aliases, parcels, reporter));
  }
  for (const parent of parents)
    await unlessOthersWrite(world, (work) => pack(work, parent, reading, reporter));
}

/** A deadlock with writers of the same parcels undoes it, and it is not worth a second try. */
async function unlessOthersWrite(world: World, write: (work: Work) => Promise<void>): Promise<void> {
  try {
    await world.command('network', async (work) => accepted(await write(work)));
  } catch (error) {
    if (!['40P01', '40001'].includes(sqlState(error) ?? '')) throw error;
  }
}

/** The parcel of each position of the reading, where any of its scans was taken. */
function parcelsOf(
  { parcels }: CarrierReading,
  results: readonly LineResult[],
): readonly (ParcelId | undefined)[] {
  let index = 0;
  return parcels.map(({ scans }) => {
    const own = results.slice(index, index + scans.length);
    index += scans.length;
    return own.find(({ parcelId }) => parcelId !== undefined)?.parcelId;
  });
}

async function addAliases(
  work: Work,
  aliases: readonly Alias[],
  byPosition: readonly (ParcelId | undefined)[],
  reporter: Reporter,
): Promise<void> {
  const wanted = aliases.flatMap(({ position, ...alias }) => {
    const parcelId = byPosition[position];
    return parcelId === undefined ? [] : [{ ...alias, parcelId }];
  });
  const found = await listParcelsByIds(work.db, [...new Set(wanted.map(({ parcelId }) => parcelId))]);
  const parcels = new Map(found.map((parcel) => [parcel.id, parcel]));
  const sources = await recognitionFor(work, [{ reporter }], parcels.values());
  await addParcelNumbers(
    work,
    wanted.flatMap((alias) => {
      const parcel = parcels.get(alias.parcelId);
      // One that its scans minted may still be merged away: it gets the number when its order is known.
      const isRegistered = parcel?.organisationId !== undefined && parcel.mergedInto === undefined;
      return isRegistered && isTrusted(reporter, parcel, work.now, sources)
        ? [{ ...alias, yields: true }]
        : [];
    }),
  );
}

async function pack(
  work: Work,
  parent: NamedParent,
  reading: CarrierReading,
  reporter: Reporter,
): Promise<void> {
  const carrier = findCarrier(reading.carrier)?.code;
  await takeContainment(
    work,
    {
      container: { number: parent.number, carrier, kind: 'consignment' },
      action: 'pack',
      occurredAt: parent.at,
      contents: parent.children.map((number) => ({ number, carrier })),
    },
    reporter,
  );
}
