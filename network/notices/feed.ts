import { wireCodec } from '../../platform/http/index.ts';
import {
  type EventType,
  type PublishedEvent,
  type Reaction,
  reactionOfAll,
} from '../../platform/outbox/index.ts';
import { insertFeedEvents, type TransmittedEvent } from './feed-store.ts';
import type { EventId } from './model.ts';

export type FeedFault = { readonly type: string; readonly paths: readonly string[] };

/**
 * Writes each published event into the feed of every organisation of its audience. Only what the event's schema knows
 * goes out. A payload that does not fit its schema is told to `onFault` and still goes out stripped: holding it back
 * would stop or falsify the feed of everybody for a slip of one module.
 */
export function feedReaction(
  eventTypes: readonly EventType[],
  onFault: (fault: FeedFault) => void,
): Reaction {
  const byName = new Map(eventTypes.map((type) => [type.name, type]));
  const transmitted = (event: PublishedEvent): TransmittedEvent[] => {
    const type = byName.get(event.type);
    if (type === undefined || event.audience.length === 0) return [];
    const parsed = type.schema.safeParse(event.payload);
    if (!parsed.success) {
      onFault({ type: event.type, paths: parsed.error.issues.map((issue) => issue.path.join('.')) });
    }
    return [
      {
        position: event.position,
        event_id: event.eventId as EventId,
        type: type.publicName,
        subject_id: event.subjectId,
        sequence: event.subjectSequence,
        occurred_at: event.occurredAt,
        audience: event.audience,
        data: wireCodec(type.schema).encode(parsed.success ? parsed.data : event.payload),
      },
    ];
  };
  return reactionOfAll('notices.feed', [...byName.keys()], async (work, events) => {
    const rows = events.flatMap(transmitted);
    if (rows.length > 0) await insertFeedEvents(work.db, rows);
  });
}
