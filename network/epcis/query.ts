import { type Queryable, sqlState } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, type Outcome, refused, refusedFor } from '../kernel/index.ts';
import { withDescendants } from './descendants.ts';
import { countFitting, findFitting } from './looking.ts';
import type { StoredEvent } from './model.ts';
import { type EventFilter, hasTooManyRanges, termVersionFor, tokenAfter } from './query.policy.ts';
import { hasEventsWithoutTerms, limitStatements } from './query-store.ts';
import { scheduleTerms } from './terms.ts';

/** What a query may be refused with, besides what every route may answer. */
export const QUERY_REFUSALS = [
  'epcis_query_invalid',
  'epcis_query_too_complex',
  'epcis_query_too_large',
] as const;

/** A query that takes longer is too complex. Our default. */
const LIMIT_MS = 5_000;
const SOON_SECONDS = 10;
const LOOKED_INTO =
  'Too many events have so many fields of their own that they must be looked into; name a time.';
const HOLDS_TOO_MUCH = 'Too many places lie inside those of WD_; name some further inside.';

export type QueryPage = {
  readonly events: readonly StoredEvent[];
  readonly nextPageToken: string | undefined;
};
type Answer = Outcome<QueryPage, 'epcis_query_too_complex' | 'epcis_query_too_large' | 'unavailable'>;

/** A page of the events of an organisation that fit a filter. */
export async function answerQuery(
  world: World,
  organisationId: string,
  filter: EventFilter,
  limitMs = LIMIT_MS,
): Promise<Answer> {
  try {
    const answer = await world.read({ organisationId }, async (db): Promise<Answer> => {
      const version = termVersionFor(filter);
      if (version > 0 && (await hasEventsWithoutTerms(db, organisationId, version)))
        return refusedFor('unavailable', 'Events of an earlier version are being made ready.', SOON_SECONDS);
      limitStatements(db, limitMs);
      const asked = await withDescendants(db, organisationId, filter);
      if (hasTooManyRanges(asked)) return refused('epcis_query_too_complex', HOLDS_TOO_MUCH);
      return readPage(db, organisationId, asked);
    });
    // Whoever stored them may still have run when the job of the start had ended.
    if (!answer.ok && answer.rejection.code === 'unavailable') await scheduleTerms(world);
    return answer;
  } catch (error) {
    if (sqlState(error) === QUERY_CANCELED) return refused('epcis_query_too_complex', '');
    throw error;
  }
}

const QUERY_CANCELED = '57014';

async function readPage(db: Queryable, organisationId: string, filter: EventFilter): Promise<Answer> {
  const { most, after } = filter;
  if (most !== undefined && after === undefined) {
    const count = await countFitting(db, organisationId, filter, most + 1);
    if (count === 'tooMany') return refused('epcis_query_too_complex', LOOKED_INTO);
    if (count > most) return refused('epcis_query_too_large', '');
  }
  const size = Math.min(filter.limit, filter.left ?? filter.limit);
  const found = await findFitting(db, organisationId, filter, size + 1);
  if (found === 'tooMany') return refused('epcis_query_too_complex', LOOKED_INTO);
  const events = found.slice(0, size);
  const last = events.at(-1);
  const goesOn = found.length > size && last !== undefined && filter.left !== size;
  return accepted({ events, nextPageToken: goesOn ? tokenAfter(filter, last, size) : undefined });
}
