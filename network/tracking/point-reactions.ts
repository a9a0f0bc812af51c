import type { z } from 'zod';
import type { Work } from '../../platform/world/index.ts';
import type { CountryCode, Instant, ParcelId } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import {
  OverdueReturned,
  ParcelStored,
  PickedUpFromPoint,
  ShelfParcelUndone,
  ShelfReturnStarted,
} from '../shelves/events.ts';
import { parcelsOfLines } from './intake.ts';
import { OWN_SOURCE } from './model.ts';
import { findSurvivor } from './parcel-store.ts';
import type { Reporter } from './recognition.policy.ts';
import { type OwnScan, ownScanOf, recordScans } from './record.ts';
import { scanIdOf } from './scan-identity.ts';
import { WITHDRAWAL_CODE } from './source-codes.policy.ts';

type PointFacts = z.output<typeof ShelfParcelUndone.schema>;

const NETWORK: Reporter = { kind: 'network' };
const STORED = 'stored';
const HANDED_OUT = 'delivered.collected';

/** What each event at a counter means for its parcel, in our own codes. */
const CODE_OF: Readonly<Record<string, (facts: Pick<PointFacts, 'pointKind'>) => string>> = {
  [ParcelStored.name]: storedCode,
  [PickedUpFromPoint.name]: () => HANDED_OUT,
  [ShelfReturnStarted.name]: () => 'returning',
  [OverdueReturned.name]: () => 'returning',
};
export const POINT_EVENTS: readonly string[] = [...Object.keys(CODE_OF), ShelfParcelUndone.name];

function storedCode({ pointKind }: Pick<PointFacts, 'pointKind'>): string {
  return pointKind === 'locker' ? 'at_point.locker' : 'at_point.outlet';
}

/** Records what happened at a counter. A number that nobody has seen before gets its parcel here. */
export async function followPoint(work: Work, type: string, facts: PointFacts): Promise<void> {
  const parcelId = await parcelAt(work, facts);
  if (parcelId === undefined) return;
  const { country, city } = facts.place;
  const own: Omit<OwnScan, 'code' | 'occurredAt'> = {
    parcelId,
    number: facts.number,
    place:
      city === undefined ? { country: country as CountryCode } : { country: country as CountryCode, city },
    synthetic: false,
  };
  if (type === ShelfParcelUndone.name) return withdraw(work, own, facts);
  const code = CODE_OF[type]?.(facts);
  if (code === undefined) throw new Error(`no code for ${type}`);
  await recordScans(work, [ownScanOf({ ...own, code, occurredAt: facts.occurredAt }, work.now)]);
}

/** The scan of what was undone is taken back by a correction; it stays readable. */
async function withdraw(
  work: Work,
  own: Omit<OwnScan, 'code' | 'occurredAt'>,
  facts: PointFacts,
): Promise<void> {
  const code = facts.undone === STORED ? storedCode(facts) : HANDED_OUT;
  const wrong = ownScanOf({ ...own, code, occurredAt: facts.undoneAt }, work.now);
  const correction = {
    ofScan: wrong.id,
    author: OWN_SOURCE,
    reason: `${facts.undone === STORED ? 'stored' : 'handed out'} by mistake, undone at the counter`,
  };
  const { source, number, occurredAt, place } = wrong;
  const content = { source, number, code: WITHDRAWAL_CODE, occurredAt, correction };
  const id = scanIdOf(place === undefined ? content : { ...content, place });
  const { substatus: _substatus, ...told } = wrong;
  await recordScans(work, [
    { ...told, id, code: WITHDRAWAL_CODE, milestone: 'unmapped', correction, receivedAt: work.now },
  ]);
}

/** The parcel that the counter named, or the one of its number; undefined when several carriers use that. */
async function parcelAt(work: Work, facts: PointFacts): Promise<ParcelId | undefined> {
  if (facts.parcelId !== undefined) return (await findSurvivor(work.db, facts.parcelId))?.id;
  const number = normaliseNumber(facts.number);
  if (number === undefined) return undefined;
  const line = {
    index: 0,
    number,
    statedCarrier: facts.carrierCode,
    scan: { occurredAt: facts.occurredAt as Instant },
  };
  const [found] = (await parcelsOfLines(work, [{ line, reporter: NETWORK }])) ?? [];
  return typeof found === 'string' ? found : undefined;
}
