import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { EpcisEventsCaptured, queryDocument, readCaptured, type StoredEvent } from '../epcis/index.ts';
import { addMs, type Instant } from '../kernel/index.ts';
import { countWaitingDocuments, findDocumentEndpoint, sendDocuments } from '../notices/index.ts';
import { filterOf } from './definition.policy.ts';
import { inDocuments, MAX_EVENTS } from './documents.policy.ts';
import type { NamedQuery, Subscription, SubscriptionId } from './model.ts';
import { nextRun, type Schedule } from './schedule.policy.ts';
import { findQuery, listStreams, lockSubscription, saveRun } from './store.ts';

const RUN = 'queries.run';
/** Documents that wait for a receiver; what comes behind them waits unread. Our default. */
const MAX_WAITING = 100;
const LATER_MS = 60_000;

type RunOf = {
  readonly organisationId: string;
  readonly subscriptionId: SubscriptionId;
  /** One of a schedule: it is followed by the next, and may report that there is nothing. */
  readonly isScheduled: boolean;
  /** Of several runs that belong together an earlier one found something. */
  readonly hasFound: boolean;
};
type Ref = Pick<Subscription, 'organisationId' | 'id'>;

function schedule(work: Work, ref: Ref, key: string, runAt: Instant, more: Partial<RunOf> = {}): void {
  const { organisationId, id: subscriptionId } = ref;
  const payload: RunOf = { organisationId, subscriptionId, isScheduled: false, hasFound: false, ...more };
  work.schedule({ kind: RUN, key: `${subscriptionId} ${key}`, runAt, payload });
}

/** At once. `cause` tells runs apart. */
export function scheduleRun(work: Work, ref: Ref, cause: string): void {
  schedule(work, ref, cause, work.now);
}

/** The next one behind this moment; those that were missed meanwhile are one. */
export function scheduleNext(work: Work, ref: Ref, times: Schedule): void {
  const runAt = nextRun(times, work.now);
  if (runAt !== undefined) schedule(work, ref, runAt, runAt, { isScheduled: true });
}

/**
 * Looks at what was captured since the last run, hands what fits over to be sent, and notes up to where it looked: all of
 * it or nothing. A receiver that is switched off or far behind keeps its place.
 */
async function run(work: Work, payload: RunOf): Promise<void> {
  const { organisationId, subscriptionId, isScheduled, hasFound } = payload;
  await work.actFor({ organisationId });
  const subscription = await lockSubscription(work.db, organisationId, subscriptionId);
  const query =
    subscription === undefined ? undefined : await findQuery(work.db, organisationId, subscription.queryName);
  if (subscription === undefined || query === undefined) return;
  const follow = () => {
    if (isScheduled && subscription.schedule !== undefined)
      scheduleNext(work, subscription, subscription.schedule);
  };
  const endpoint = await findDocumentEndpoint(work.db, subscription.webhookEndpointId);
  if (endpoint?.state !== 'enabled') return follow();
  // One a minute, however many ask for it.
  const later = () => {
    const runAt = addMs(work.now, LATER_MS);
    schedule(work, subscription, `later ${runAt.slice(0, 'yyyy-mm-ddThh:mm'.length)}`, runAt, payload);
  };
  if ((await countWaitingDocuments(work.db, endpoint, MAX_WAITING)) >= MAX_WAITING) return later();
  const part = await readCaptured(
    work.db,
    organisationId,
    filterFor(query, subscription),
    subscription.after,
    MAX_EVENTS,
  );
  if (part === undefined) return later();
  const { events, place, goesOn } = part;
  const isEmptyReport =
    isScheduled && subscription.reportIfEmpty && !hasFound && !goesOn && events.length === 0;
  const documents = isEmptyReport ? [[]] : inDocuments(events);
  await sendDocuments(work, endpoint, outgoing(work, subscription, documents));
  await saveRun(work.db, subscription, { place, documents: documents.length, now: work.now });
  if (!goesOn) return follow();
  const more = { isScheduled, hasFound: hasFound || events.length > 0 };
  schedule(work, subscription, `behind ${place.number} ${place.position}`, work.now, more);
}

/** What is recorded from the first moment on. */
function filterFor({ query }: NamedQuery, { initialRecordTime }: Subscription) {
  const filter = filterOf(query);
  if (!filter.ok) throw new Error(`a query that was taken is refused now: ${filter.rejection.detail}`);
  const { recordTimeFrom = initialRecordTime } = filter.value;
  return {
    ...filter.value,
    recordTimeFrom: recordTimeFrom > initialRecordTime ? recordTimeFrom : initialRecordTime,
  };
}

function outgoing(
  work: Work,
  { id, queryName, documents }: Subscription,
  parts: readonly (readonly StoredEvent[])[],
) {
  return parts.map((events, index) => ({
    document: queryDocument(events, work.now, { queryName, subscriptionId: id }),
    subject: id,
    sequence: documents + index + 1,
  }));
}

export const queryJobs: readonly JobHandler[] = [{ kind: RUN, run }];

export const queryReactions: readonly Reaction[] = [
  {
    name: 'queries.stream',
    on: [EpcisEventsCaptured.name],
    run: async (work, { payload }) => {
      const { organisationId, captureId } = EpcisEventsCaptured.schema.parse(payload);
      for (const id of await listStreams(work.db, organisationId))
        scheduleRun(work, { organisationId, id }, captureId);
    },
  },
];
