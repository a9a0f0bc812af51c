import type { Milestone, Scan, ScanPlace } from './model.ts';
import type { Stop, Trail } from './travel.policy.ts';

/**
 * What a fold has to remember beside the official timeline, so that a scan which is the newest is judged without those
 * before it. `last`: the last recognised scan in order, which says what is newer; absent before the first. `lastNews`: the
 * last one that told something of the parcel, where late notices came after it.
 */
export type FoldState = {
  readonly closedBy?: Milestone;
  readonly returning: boolean;
  readonly stage: number;
  readonly last?: Pick<Scan, 'id' | 'milestone' | 'occurredAt' | 'synthetic'>;
  readonly lastNews?: LastScan;
  /** The last place that was told. */
  readonly at?: PlaceOfState;
  /** What the next place is measured against. */
  readonly trail: Trail;
};
type LastScan = Pick<Scan, 'occurredAt' | 'synthetic'>;
type PlaceOfState = Pick<ScanPlace, 'country' | 'city'>;

/** Before the first scan. */
export const START_OF_FOLD: FoldState = { returning: false, stage: 0, trail: {} };

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** Of what is not known the field is left out. */
export function foldState(
  {
    closedBy,
    returning,
    stage,
  }: Pick<FoldState, 'returning' | 'stage'> & { readonly closedBy: Milestone | undefined },
  last: FoldState['last'],
  lastScan: LastScan | undefined,
  at: PlaceOfState | undefined,
  trail: Trail,
): FoldState {
  const state: Mutable<FoldState> = { returning, stage, trail };
  if (closedBy !== undefined) state.closedBy = closedBy;
  if (at !== undefined) state.at = at;
  if (last !== undefined) {
    const { id, milestone, occurredAt, synthetic } = last;
    state.last = { id, milestone, occurredAt, synthetic };
    if (lastScan !== undefined && lastScan !== last)
      state.lastNews = { occurredAt: lastScan.occurredAt, synthetic: lastScan.synthetic };
  }
  return state;
}

/** What the clocks of the parcel hang on; absent before its first scan. */
export function lastScanOf({ last, lastNews }: FoldState): LastScan | undefined {
  return lastNews ?? last;
}

/** A place to its town. */
export function townOf({ country, city }: PlaceOfState): PlaceOfState {
  return city === undefined ? { country } : { country, city };
}

/** Which form a stored state has. Another one, such as that whose trail led by places of notices, is not read. */
const FORM = 3;

type Packed = readonly [
  form: typeof FORM,
  returning: 0 | 1,
  stage: number,
  closedBy: Milestone | null,
  country: PlaceOfState['country'] | null,
  city: string | null,
  /** The last kind of stop, and the stops. */
  trailLast: NonNullable<Trail['last']> | null,
  sharp: Stop | null,
  vague: Stop | null,
  /** All four or none. */
  lastId?: Scan['id'],
  lastMilestone?: Scan['milestone'],
  lastOccurredAt?: Scan['occurredAt'],
  lastSynthetic?: 0 | 1,
  /** Both or none. */
  newsOccurredAt?: Scan['occurredAt'],
  newsSynthetic?: 0 | 1,
];

/**
 * As it is stored, as JSON: a list, half as long as the object, and no names to look up. Every scan reads and writes one.
 */
export function packFoldState({ returning, stage, closedBy, last, lastNews, at, trail }: FoldState): string {
  const { last: kind = null, sharp = null, vague = null } = trail;
  const head = [
    FORM,
    returning ? 1 : 0,
    stage,
    closedBy ?? null,
    at?.country ?? null,
    at?.city ?? null,
    kind,
    sharp,
    vague,
  ] as const;
  if (last === undefined) return jsonOf(head);
  const { id, milestone, occurredAt, synthetic } = last;
  const whole = [...head, id, milestone, occurredAt, synthetic ? 1 : 0] as const;
  if (lastNews === undefined) return jsonOf(whole);
  return jsonOf([...whole, lastNews.occurredAt, lastNews.synthetic ? 1 : 0]);
}

const jsonOf = (packed: Packed): string => JSON.stringify(packed);

/** Undefined for one of another form: then the history tells. `stored`: what PostgreSQL has, read as JSON. */
export function unpackFoldState(stored: unknown): FoldState | undefined {
  if (!Array.isArray(stored) || stored[0] !== FORM) return undefined;
  const [
    ,
    returning,
    stage,
    closedBy,
    country,
    city,
    kind,
    sharp,
    vague,
    id,
    milestone,
    occurredAt,
    synthetic,
    newsOccurredAt,
    newsSynthetic,
  ] = stored as unknown as Packed;
  const trail: Mutable<Trail> = {};
  if (sharp !== null) trail.sharp = sharp;
  if (vague !== null) trail.vague = vague;
  if (kind !== null) trail.last = kind;
  const state: Mutable<FoldState> = { returning: returning === 1, stage, trail };
  if (closedBy !== null) state.closedBy = closedBy;
  if (country !== null) state.at = city === null ? { country } : { country, city };
  if (id !== undefined && milestone !== undefined && occurredAt !== undefined)
    state.last = { id, milestone, occurredAt, synthetic: synthetic === 1 };
  if (newsOccurredAt !== undefined)
    state.lastNews = { occurredAt: newsOccurredAt, synthetic: newsSynthetic === 1 };
  return state;
}
