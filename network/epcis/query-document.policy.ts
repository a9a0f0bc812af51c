import type { Instant } from '../kernel/index.ts';
import type { MasterData } from './event.schema.ts';
import type { StoredEvent } from './model.ts';

export const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** The predefined query of the standard, which an address without a name asks. */
export const SIMPLE_EVENT_QUERY = 'SimpleEventQuery';

/** Events as the answer of a query; to a subscriber with the id of his subscription. */
export function queryDocument(
  events: readonly StoredEvent[],
  now: Instant,
  { queryName, subscriptionId }: { readonly queryName: string; readonly subscriptionId?: string } = {
    queryName: SIMPLE_EVENT_QUERY,
  },
): Record<string, unknown> {
  return {
    '@context': [CONTEXT],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: now,
    epcisBody: {
      queryResults: {
        queryName,
        ...(subscriptionId === undefined ? {} : { subscriptionID: subscriptionId }),
        resultsBody: { eventList: events.map(eventAnswer) },
      },
    },
  };
}

/** The event as it was sent, with its id, when it was recorded, and the namespaces of its document. */
export function eventAnswer({ event, eventId, recordTime, context }: StoredEvent): Record<string, unknown> {
  return {
    ...(Object.keys(context).length === 0 ? {} : { '@context': [CONTEXT, context] }),
    ...Object.fromEntries(Object.entries(event).filter(([name]) => name !== '@context')),
    eventID: eventId,
    recordTime,
  };
}

/** What was told of one element, as it can be captured. */
export function masterDataDocument(
  { vocabularies, context }: { readonly vocabularies: MasterData; readonly context: object },
  now: Instant,
): Record<string, unknown> {
  return {
    '@context': [CONTEXT, context],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: now,
    epcisHeader: { epcisMasterData: { vocabularyList: vocabularies } },
    epcisBody: { eventList: [] },
  };
}
