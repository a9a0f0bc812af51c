import { findCarrier } from '../carriers/index.ts';
import { type Instant, msOf } from '../kernel/index.ts';
import { identifyNumber, normaliseNumber } from '../numbers/index.ts';
import type { CarrierReading, ParcelReading } from './carrier-reading.ts';
import { isNative } from './directory.policy.ts';

/** Numbers that a carrier gives one parcel beside its own; more are references. Our default. */
const MOST = 5;

/** Another number of the parcel at this position of the reading. */
export type Alias = {
  readonly position: number;
  readonly number: string;
  /** Empty where its form does not tell. */
  readonly carrierCode: string;
  readonly at: Instant;
};

/** A number that several parcels of a reading name, or that is itself one of them: that of their consignment. */
export type NamedParent = {
  readonly number: string;
  readonly children: readonly string[];
  readonly at: Instant;
};

/**
 * What the other numbers of a reading say. Only numbers with a check digit that holds: what else stands there may be a
 * merchant's reference, which others have as well. Numbers of carriers that take orders here are issued here, and no
 * other carrier says whose they are.
 */
export function readOtherNumbers({ parcels }: Pick<CarrierReading, 'parcels'>): {
  readonly aliases: readonly Alias[];
  readonly parents: readonly NamedParent[];
} {
  const own = parcels.map(({ number }) => normaliseNumber(number));
  const named = parcels.flatMap((parcel, position) => {
    const at = firstScanOf(parcel);
    const child = own[position];
    return at === undefined || child === undefined
      ? []
      : printedIn(parcel, child).map((other) => ({ ...other, position, child, at }));
  });
  const isParent = (number: string) =>
    own.includes(number) ||
    new Set(named.filter((one) => one.number === number).map(({ child }) => child)).size > 1;
  const parents = Map.groupBy(
    named.filter(({ number }) => isParent(number)),
    ({ number }) => number,
  );
  return {
    aliases: named
      .filter(({ number }) => !isParent(number))
      .map(({ position, number, carrierCode, at }) => ({ position, number, carrierCode, at })),
    parents: [...parents].map(([number, of]) => ({
      number,
      children: [...new Set(of.map(({ child }) => child))],
      at: earliestOf(of.map(({ at }) => at)),
    })),
  };
}

function printedIn(
  { otherNumbers }: ParcelReading,
  child: string,
): { readonly number: string; readonly carrierCode: string }[] {
  const readable = [...new Set(otherNumbers.flatMap((text) => normaliseNumber(text) ?? []))];
  return readable
    .filter((number) => number !== child)
    .slice(0, MOST)
    .flatMap((number) => {
      const issuers = new Set(
        identifyNumber(number).flatMap(({ checkDigit, issuer }) =>
          checkDigit === 'ok' ? [issuer.code] : [],
        ),
      );
      if (issuers.size === 0 || [...issuers].some(isNative)) return [];
      const [only] = issuers;
      const isKnown = issuers.size === 1 && only !== undefined && findCarrier(only) !== undefined;
      return [{ number, carrierCode: isKnown ? only : '' }];
    });
}

function firstScanOf({ scans }: ParcelReading): Instant | undefined {
  return scans.length === 0 ? undefined : earliestOf(scans.map(({ time }) => time.occurredAt));
}

function earliestOf(instants: readonly Instant[]): Instant {
  return instants.reduce((a, b) => (msOf(b) < msOf(a) ? b : a));
}
