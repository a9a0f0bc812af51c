import type { Queryable } from '../../platform/db/index.ts';
import type { Extended } from './condition.policy.ts';
import { extensionTerms } from './extension.policy.ts';
import type { StoredEvent } from './model.ts';
import type { EventFilter } from './query.policy.ts';
import { countEvents, findEvents, findNotNoted, listDescribed } from './query-store.ts';

/*
 * Of an event with very many fields of its sender's own they are not noted as terms. What is found of such events is looked
 * into here, so that a query finds the same whichever way.
 */

/** Events that are read at once, at least, and those of one query that may turn out not to fit; our defaults. */
const AT_ONCE = 50;
const MAX_MISFITS = 200;

export type Looked<Value> = Value | 'tooMany';

/** Whether a filter asks for what may not be noted. */
function looksInside({ extended, described }: EventFilter): boolean {
  return extended.length > 0 || described.some(({ of }) => 'names' in of && of.isExtension);
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
  let { after } = filter;
  while (events.length < limit) {
    const size = Math.max(AT_ONCE, limit - events.length);
    const found = await find(db, organisationId, after === undefined ? filter : { ...filter, after }, size);
    const fitting = await keepFitting(db, organisationId, filter, found);
    events.push(...fitting);
    misfits += found.length - fitting.length;
    const last = found.at(-1);
    if (last === undefined || found.length < size) break;
    if (misfits > MAX_MISFITS) return 'tooMany';
    after = { time: last[filter.orderBy], eventId: last.eventId, declaresError: last.declaresError };
  }
  return events.slice(0, limit);
}

/** Those that fit what a filter asks of fields of a sender's own. */
export async function keepFitting<Event extends Pick<StoredEvent, 'event' | 'context'>>(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  found: readonly Event[],
): Promise<Event[]> {
  let kept = found.filter((one) => filter.extended.every(({ fits }) => saysOne(one, fits)));
  for (const described of filter.described) {
    const { of } = described;
    if (!('names' in of) || !of.isExtension || kept.length === 0) continue;
    const told = kept.map((one) => new Set(valuesOf(one, of.names)));
    const values = new Set(told.flatMap((one) => [...one]));
    const known = await listDescribed(db, organisationId, described, [...values]);
    kept = kept.filter((_, index) => [...(told[index] ?? [])].some((value) => known.has(value)));
  }
  return kept;
}

type Read = Pick<StoredEvent, 'event' | 'context'>;
const termsIn = ({ event, context }: Read) => extensionTerms(event, new Map(Object.entries(context)));

function saysOne(event: Read, fits: Extended['fits']): boolean {
  for (const { name, value, number } of termsIn(event)) {
    const isFound = fits.some((fit) => {
      if (fit.name !== name) return false;
      if ('values' in fit) return fit.values.includes(value);
      return !('low' in fit) || (number !== undefined && fit.low <= number && number <= fit.high);
    });
    if (isFound) return true;
  }
  return false;
}

function* valuesOf(event: Read, names: readonly string[]): Generator<string> {
  for (const { name, value } of termsIn(event)) if (names.includes(name)) yield value;
}
