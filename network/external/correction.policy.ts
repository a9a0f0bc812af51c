import type { Declared, ReplacedNumber } from './model.ts';

export type Pair = Pick<Declared, 'carrierCode' | 'number'>;

/** While a case stands so, nobody has decided on the declaration: its merchant may still prove or put right. */
const UNDECIDED: ReadonlySet<string> = new Set(['pending', 'suspected', 'under_review']);

/** A declaration as far as its correction depends on it. */
export type Correctable = {
  /** Every pair that was declared, the first one first and the present one last. */
  readonly pairs: readonly Pair[];
  /** The present number has been seen by a carrier. */
  readonly isScanned: boolean;
  /** Absent until its judge has told. */
  readonly verificationState: string | undefined;
};

/**
 * Whether a merchant that may declare nothing for now may still correct the number of what it declared before: back to a
 * pair that it named itself, or by one slip of the pen from the first. Counted from the first, because five slips in a row
 * would lead to any number. A number that a carrier has seen is no slip. Domain reference 3.3 is silent; our default.
 */
export function isSlipPutRight(wanted: Pair, declared: Correctable): boolean {
  const { pairs, isScanned, verificationState = 'pending' } = declared;
  const [first] = pairs;
  if (first === undefined || isScanned || !UNDECIDED.has(verificationState)) return false;
  return pairs.some((pair) => isSame(pair, wanted)) || isOneSlip(first, wanted);
}

export function isSame(one: Pair, other: Pair): boolean {
  return one.carrierCode === other.carrierCode && one.number === other.number;
}

/**
 * The declaration that was made with a pair and corrected to another one since: of several the one that was corrected last.
 * `shipments`: those of the order that stand; `replaced`: what each said before, by its id.
 */
export function correctedSince<T extends { readonly id: string }>(
  pair: Pair,
  shipments: readonly T[],
  replaced: ReadonlyMap<string, readonly Pick<ReplacedNumber, keyof Pair | 'replacedAt'>[]>,
): { readonly shipment: T; readonly replacedAt: ReplacedNumber['replacedAt'] } | undefined {
  return shipments
    .flatMap((shipment) =>
      (replaced.get(shipment.id) ?? [])
        .filter((before) => isSame(before, pair))
        .map(({ replacedAt }) => ({ shipment, replacedAt })),
    )
    .reduce<{ shipment: T; replacedAt: ReplacedNumber['replacedAt'] } | undefined>(
      (last, one) => (last === undefined || one.replacedAt >= last.replacedAt ? one : last),
      undefined,
    );
}

/** The wrong carrier of the list for the right number, or one slip in the number of the right carrier. */
function isOneSlip(one: Pair, other: Pair): boolean {
  if (one.carrierCode !== other.carrierCode) return one.number === other.number;
  return isOneCharacterOff(one.number, other.number);
}

/** A character is wrong, missing or too many, or two neighbours changed places. */
function isOneCharacterOff(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
