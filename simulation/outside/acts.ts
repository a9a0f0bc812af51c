import type { Claim, Story } from './story.ts';

/** Something of a story outside at an instant; of a claim or a scan its place in the story. Plain data, as all acts. */
export type OutsideAct = { readonly at: number; readonly story: number } & (
  | { readonly kind: 'record_order' | 'claim' | 'correct'; readonly claim: number }
  | { readonly kind: 'see'; readonly scan: number; readonly reporter: string }
  /** A label of the network is made, and given back. */
  | { readonly kind: 'take_label' | 'give_label_back' }
  | { readonly kind: 'deny' }
);

/** Once a day everybody who has to do with doubtful shipments looks at his list. */
export type LookAct = { readonly at: number; readonly look: number };

export function actsOf(story: Story): OutsideAct[] {
  const { index, claims, scans, label, denial } = story;
  const acts: OutsideAct[] = claims.flatMap((claim, place) => actsOfClaim(index, claim, place, claims));
  for (const [place, scan] of scans.entries())
    acts.push({ at: scan.at, story: index, kind: 'see', scan: place, reporter: scan.reporter });
  if (label !== undefined)
    acts.push(
      { at: label.at, story: index, kind: 'take_label' },
      { at: label.at + GIVEN_BACK_AFTER_MS, story: index, kind: 'give_label_back' },
    );
  if (denial !== undefined) acts.push({ at: denial.at, story: index, kind: 'deny' });
  return acts;
}

const GIVEN_BACK_AFTER_MS = 2 * 3_600_000;

function actsOfClaim(story: number, claim: Claim, place: number, all: readonly Claim[]): OutsideAct[] {
  const { order, at, correction } = claim;
  // Of an order in two parts it is written down once.
  const isFirst = all.findIndex((one) => one.order.ref === order.ref) === place;
  return [
    ...(isFirst ? [{ at: order.at, story, kind: 'record_order', claim: place } as const] : []),
    { at, story, kind: 'claim', claim: place },
    ...(correction === undefined
      ? []
      : [{ at: correction.at, story, kind: 'correct', claim: place } as const]),
  ];
}
