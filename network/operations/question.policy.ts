import { pageProfileOf } from '../shipments/index.ts';

/** Who searches: staff of the network, a marketplace over its merchants, a merchant over its own. */
export type Viewer = 'network' | 'marketplace' | 'merchant';

/** How much of a person a hit shows: a merchant sees its own buyers as on its pages, everybody else as pages show strangers. */
export function hitProfileOf(viewer: Viewer, country: string): ReturnType<typeof pageProfileOf> {
  return pageProfileOf(viewer === 'merchant' ? 'own' : viewer, country);
}

/** What a text may be, all at once: people type what they have in their hand. */
export type Question = {
  /** One of our own ids; then it is nothing else. */
  readonly id: string | undefined;
  readonly number: string | undefined;
  readonly reference: string | undefined;
  readonly people: readonly { readonly by: 'name' | 'phone'; readonly text: string }[];
};

const ID = /^(?:ord|shp|pcl|wbl)_[0-9a-hjkmnp-tv-z]{26}$/;
const REFERENCE = /^#?[A-Za-z0-9_-]{1,64}$/;
/** A number that people are called on: the last four digits, or the whole with its country code. */
const PHONE = /^(?:\d{4}|\+[\d ().-]{6,24})$/;
/** Letters of any script, at least two characters; with digits in it, it is no name. */
const NAME = /^[\p{L}][\p{L}\p{M}\s.'’-]+$/u;

export function questionOf(text: string): Question {
  const asked = text.trim();
  if (ID.test(asked)) return { id: asked, number: undefined, reference: undefined, people: [] };
  const isReference = REFERENCE.test(asked);
  return {
    id: undefined,
    // No number of a parcel has fewer characters (the shortest form that is known has 9).
    number: asked.length >= 6 ? asked : undefined,
    reference: isReference ? asked.replace(/^#/, '') : undefined,
    people: [
      ...(PHONE.test(asked) ? [{ by: 'phone' as const, text: asked }] : []),
      ...(NAME.test(asked) ? [{ by: 'name' as const, text: asked }] : []),
    ],
  };
}
