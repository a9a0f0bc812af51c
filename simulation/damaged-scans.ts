import type { Act } from './acts.ts';
import { instantOf } from './calendar.ts';
import { carrierOf, scansOf } from './carriers.ts';
import { count, truthOf, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** Means nothing in any table of codes. */
const UNKNOWN_CODE = '??17';
/** What a scanner makes of a torn label. */
const UNREADABLE = '#';

/**
 * Damaged news. A code that nobody knows is shown and moves nothing; a misread digit, which no check digit fits, speaks
 * of no parcel of ours; a number that is none is turned away.
 */
export async function sendDamaged(
  world: World,
  carrier: string,
  acts: readonly Of<'garble'>[],
): Promise<void> {
  const { office } = carrierOf(world, carrier);
  const lines = acts.flatMap((act) =>
    scansOf(truthOf(world, act.order), act.fact).map((scan) => ({ act, scan: damaged(act, scan) })),
  );
  const receipts = await office.post('/v1/scans', { body: { scans: lines.map((line) => line.scan) } });
  for (const receipt of receipts.data) {
    const way = lines[receipt.index]?.act.way;
    if (way !== 'unreadable_number') continue;
    world.truth.unreadable.tried += 1;
    if (receipt.result === 'refused') world.truth.unreadable.refused += 1;
  }
  for (const act of acts) {
    count(world, `damaged scans: ${act.way}`);
    if (act.way !== 'unknown_code') continue;
    for (const parcel of truthOf(world, act.order).parcels) parcel.unmapped += 1;
  }
}

type Scan = ReturnType<typeof scansOf>[number];

function damaged({ way }: Of<'garble'>, scan: Scan): Scan {
  switch (way) {
    case 'unknown_code':
      return { ...scan, code: UNKNOWN_CODE };
    case 'misread_digit':
      return { ...scan, number: scan.number.slice(0, -1) + String((Number(scan.number.slice(-1)) + 1) % 10) };
    case 'unreadable_number':
      return { ...scan, number: UNREADABLE };
  }
}

/** The number is the domestic carrier's, and of no order here. Some are used again: then two parcels share it. */
export async function sendDomestic(
  world: World,
  carrier: string,
  acts: readonly Of<'domestic'>[],
): Promise<void> {
  const scans = acts.map(({ number, fact }) => ({
    number,
    code: fact.code,
    occurred_at: instantOf(fact.occurredAt),
    place: fact.place,
  }));
  const receipts = await carrierOf(world, carrier).office.post('/v1/scans', { body: { scans } });
  const refused = receipts.data.find((receipt) => receipt.result === 'refused');
  if (refused !== undefined) throw new Error(`a domestic scan was refused: ${refused.code}`);
  count(world, 'domestic scans', scans.length);
}
