import type { Queryable } from '../../platform/db/index.ts';
import type { Extended } from './condition.policy.ts';
import { extensionTerms, type OwnField, termName } from './extension.policy.ts';
import type { StoredEvent } from './model.ts';
import type { EventFilter } from './query.policy.ts';
import { countEvents, findEvents, findNotNoted, listDescribed } from './query-store.ts';
import type { Term } from './terms.policy.ts';

/*
 * Of an event with very many fields of its sender's own they are not noted as terms. What is found of such events is looked
 * into here, so that a query finds the same whichever way.
 */

/** Events that are read at once, at least; our default. */
const AT_ONCE = 25;
/** Events of one query that may turn out not to fit; our default. */
const MAX_MISFITS = 200;
/** Fields that a query looks at until it looks into no other event: twice what a page of 500 noted events has. Our default. */
const MAX_FIELDS = 1_000_000;

export type Looked<Value> = Value | 'tooMany';

/** Whether a filter asks for what may not be noted. */
function looksInside({ extended, described }: EventFilter): boolean {
  return extended.length > 0 || described.some(({ of }) => 'names' in of && of.own !== undefined);
}

/** Events that fit, in the order of the filter, at most `limit`. */
export async function findFitting(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  limit: number,
): Promise<Looked<StoredEvent[]>> {
  if (!looksInside(filter)) return findEvents(db, organisationId, filter, limit);
  return collect(db, organisationId, filter, limit, findEvents);
}

/** How many fit; counted up to `limit`. */
export async function countFitting(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  limit: number,
): Promise<Looked<number>> {
  const noted = await countEvents(db, organisationId, filter, limit);
  if (noted >= limit || !looksInside(filter)) return noted;
  const others = await collect(db, organisationId, filter, limit - noted, findNotNoted);
  return others === 'tooMany' ? others : noted + others.length;
}

async function collect(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  limit: number,
  find: typeof findEvents,
): Promise<Looked<StoredEvent[]>> {
  const events: StoredEvent[] = [];
  let misfits = 0;
  const looked: Looking = { fields: 0, most: MAX_FIELDS };
  let { after } = filter;
  while (events.length < limit) {
    const size = Math.max(AT_ONCE, limit - events.length);
    const found = await find(db, organisationId, after === undefined ? filter : { ...filter, after }, size);
    const { kept, isAll } = await keepFitting(db, organisationId, filter, found, looked);
    if (!isAll) return 'tooMany';
    events.push(...kept);
    misfits += found.length - kept.length;
    const last = found.at(-1);
    if (last === undefined || found.length < size) break;
    if (misfits > MAX_MISFITS) return 'tooMany';
    after = { time: last[filter.orderBy], eventId: last.eventId, declaresError: last.declaresError };
  }
  return events.slice(0, limit);
}

/** Fields that were looked at, and how many may be before no other event is looked into. */
type Looking = { fields: number; readonly most: number };

/** Those that fit what a filter asks of fields of a sender's own; `isAll`: each was looked into. */
export async function keepFitting<Event extends Read>(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  found: readonly Event[],
  looked: Looking = { fields: 0, most: Number.POSITIVE_INFINITY },
): Promise<{ readonly kept: readonly Event[]; readonly isAll: boolean }> {
  let isAll = true;
  const mayGoOn = () => {
    isAll &&= looked.fields <= looked.most;
    return isAll;
  };
  let kept = found.filter(
    (one) => mayGoOn() && filter.extended.every((extended) => saysOne(one, extended, looked)),
  );
  for (const described of filter.described) {
    const own = 'names' in described.of ? described.of.own : undefined;
    if (own === undefined) continue;
    const told = kept.map((one) => new Set(mayGoOn() ? valuesOf(one, own, looked) : []));
    const values = new Set(told.flatMap((one) => [...one]));
    const known = await listDescribed(db, organisationId, described, [...values]);
    kept = kept.filter((_, index) => [...(told[index] ?? [])].some((value) => known.has(value)));
  }
  return { kept, isAll };
}

type Read = Pick<StoredEvent, 'event' | 'context'>;

function* termsIn({ event, context }: Read, own: OwnField, looked: Looking): Generator<Term> {
  const search = { own, looked: 0 };
  try {
    yield* extensionTerms(event, new Map(Object.entries(context)), search);
  } finally {
    looked.fields += search.looked;
  }
}

function saysOne(event: Read, { own, fits }: Extended, looked: Looking): boolean {
  for (const { name, value, number } of termsIn(event, own, looked)) {
    const isFound = fits.some((fit) => {
      if (fit.name !== name) return false;
      if ('values' in fit) return fit.values.includes(value);
      return !('low' in fit) || (number !== undefined && fit.low <= number && number <= fit.high);
    });
    if (isFound) return true;
  }
  return false;
}

function* valuesOf(event: Read, own: OwnField, looked: Looking): Generator<string> {
  for (const { name, value } of termsIn(event, own, looked))
    if (own.names.some((one) => termName('value', own.place, one) === name)) yield value;
}
