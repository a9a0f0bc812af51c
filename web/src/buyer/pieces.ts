import type { Formats } from '../ground/format.ts';
import type { Translate } from '../ground/words.ts';
import type { words as milestones } from '../words/milestones.en.ts';
import { headlineOf, lateness } from './advice.ts';
import { arrivalText, lastSeenOf, placeText, whenOf } from './phrases.ts';
import type { BuyerParcel } from './question.ts';
import type { words } from './words.en.ts';

type Say = Translate<typeof words>;
export type Sister = NonNullable<BuyerParcel['pieces']>['sisters'][number];

/** `piece 2 of 3`; undefined of a parcel that comes alone. */
export function whichText({ pieces }: Pick<BuyerParcel, 'pieces'>, t: Say): string | undefined {
  return pieces && t('pieces.which', { position: pieces.position, total: pieces.total });
}

export type Saying = {
  readonly t: Say;
  readonly m: Translate<typeof milestones>;
  readonly formats: Formats;
};

/** What a page says of a piece that comes with the parcel, in the order of telling. */
export function sisterText(
  sister: Sister,
  now: string,
  say: Saying,
  clock?: string,
): {
  readonly name: string;
  readonly state: string;
  readonly last: string | undefined;
  readonly arrival: string | undefined;
  readonly late: string | undefined;
} {
  const { t, m, formats } = say;
  const { last_step: last } = sister;
  const piece = { ...sister, steps: last === undefined ? [] : [last] };
  // The step says the same.
  const isLast = last !== undefined && last.occurred_at === sister.delivered_at;
  const arrival = isLast ? undefined : arrivalText(piece, t, formats, clock);
  const late = lateness(piece, now);
  const place = last && placeText(last.place, t, formats);
  return {
    name: t('pieces.one', { position: sister.position, tail: sister.number_tail }),
    state: t(`state.${headlineOf(piece, now)}`),
    last: last && [m(last.milestone), whenOf(last, t, formats), place].filter(Boolean).join(' · '),
    arrival: arrival && t('pieces.arrival', arrival),
    late: late && t(`promise.${late}`),
  };
}

/** How many pieces neither the parcel nor those that are told of are. */
export function unshownPieces({ total, sisters }: NonNullable<BuyerParcel['pieces']>): number {
  return Math.max(0, total - 1 - sisters.length);
}

/** What is new in one sentence: of the first parcel, or of a piece that comes with it when that alone moved. */
export function newsText(
  [was]: readonly BuyerParcel[],
  [parcel]: readonly BuyerParcel[],
  now: string,
  { t, m, formats }: Saying,
): string {
  if (parcel === undefined) return '';
  const sister = was && isAsItWas(was, parcel) ? movedSister(was, parcel) : undefined;
  if (sister !== undefined) {
    const { name, state, last } = sisterText(sister, now, { t, m, formats });
    return t('pieces.news', { name, state, step: last ?? '' });
  }
  const step = lastSeenOf(parcel) ?? parcel.steps[0];
  return t('news', { state: t(`state.${headlineOf(parcel, now)}`), step: step ? m(step.milestone) : '' });
}

function isAsItWas(was: BuyerParcel, is: BuyerParcel): boolean {
  const alone = ({ pieces: _pieces, ...own }: BuyerParcel) => JSON.stringify(own);
  return alone(was) === alone(is);
}

function movedSister({ pieces: was }: BuyerParcel, { pieces: is }: BuyerParcel): Sister | undefined {
  const known = new Set(was?.sisters.map((sister) => JSON.stringify(sister)));
  return is?.sisters.find((sister) => !known.has(JSON.stringify(sister)));
}
