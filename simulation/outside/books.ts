import { economyNumberOf } from './numbers.ts';
import type { Claim, Story } from './story.ts';

/** What a carrier's counter wrote down when it took a parcel in: whoever calls with a receipt is told. */
export type CounterEntry = {
  readonly number: string;
  /** The order whose reference stood on the parcel. */
  readonly orderRef: string;
  readonly isLetterPost: boolean;
  readonly country: string;
};

/** The carriers' books by receipt. A cheat has no receipt for a parcel that it did not hand over. */
export function booksOf(stories: readonly Story[]): ReadonlyMap<string, CounterEntry> {
  const entries = new Map<string, CounterEntry>();
  for (const claim of stories.flatMap((story) => story.claims)) {
    const number = claim.correction?.number ?? claim.number;
    if (claim.proof !== 'receipt' || number === undefined) continue;
    entries.set(receiptOf(claim), {
      number,
      orderRef: claim.order.ref,
      isLetterPost: number.startsWith(ECONOMY),
      country: claim.order.origin.country,
    });
  }
  return entries;
}

const ECONOMY = economyNumberOf(0).slice(0, 2);

export const receiptOf = (claim: Claim): string => `receipt ${claim.key}`;

/** What a merchant writes when it is asked, and whoever reads it finds the receipt in it again. */
export function proofOf(claim: Claim): string | undefined {
  switch (claim.proof) {
    case 'receipt':
      return `Handed over at the counter of ${claim.carrier}: ${receiptOf(claim)}.`;
    case 'photo':
      return 'It was sent, see the photo of the parcel.';
    case 'none':
      return undefined;
  }
}

export const receiptIn = (text: string): string | undefined => /receipt \d+\/\d+/.exec(text)?.[0];
