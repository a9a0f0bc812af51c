import { addMs, type CountryCode, type Instant, type Money, money, msBetween } from '../kernel/index.ts';
import type { Ladder } from './rulebook.ts';

const HOUR_MS = 3_600_000;

/** What a parcel that is stored now has before it. */
export function termsFrom(ladder: Ladder, storedAt: Instant): { freeUntil: Instant; returnAt: Instant } {
  return {
    freeUntil: addMs(storedAt, ladder.freeHours * HOUR_MS),
    returnAt: addMs(storedAt, hoursOfReturn(ladder) * HOUR_MS),
  };
}

function hoursOfReturn({ ladder }: Ladder): number {
  const last = ladder.at(-1);
  if (last === undefined) throw new Error('a ladder has rungs');
  return last.afterHours;
}

export type Rung = {
  readonly index: number;
  readonly kind: Ladder['ladder'][number]['kind'];
  readonly at: Instant;
};

/**
 * The rungs after the `climbed` first ones, with their moments. An extension moves the return, and the last call with
 * it: what was reminded of before stays so.
 */
export function rungsAhead(
  ladder: Ladder,
  stay: { readonly storedAt: Instant; readonly returnAt: Instant; readonly climbed: number },
): readonly Rung[] {
  const delay = msBetween(addMs(stay.storedAt, hoursOfReturn(ladder) * HOUR_MS), stay.returnAt);
  return ladder.ladder.slice(stay.climbed).map(({ afterHours, kind }, offset) => ({
    index: stay.climbed + offset,
    kind,
    at: addMs(
      stay.storedAt,
      afterHours * HOUR_MS + (kind === 'return' || kind === 'final' ? Math.max(0, delay) : 0),
    ),
  }));
}

/** What storage came to at a moment: one amount for each begun period after the free time, up to the cap. */
export function storageFee(
  ladder: Ladder,
  freeUntil: Instant,
  at: Instant,
  country: CountryCode,
): Money | undefined {
  const fee = ladder.fees[country];
  if (fee === undefined || at <= freeUntil) return undefined;
  const periods = Math.ceil(msBetween(freeUntil, at) / (fee.perHours * HOUR_MS));
  const minor = Math.min(periods * fee.amountMinor, fee.capMinor);
  return minor === 0 ? undefined : money(minor, fee.currency);
}
