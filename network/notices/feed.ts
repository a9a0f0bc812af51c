import { wireCodec } from '../../platform/http/index.ts';
import type { EventType, PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { insertFeedEvent } from './feed-store.ts';

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
  return {
    name: 'notices.feed',
    on: [...byName.keys()],
    run: async (work: Work, event: PublishedEvent) => {
      const type = byName.get(event.type);
      if (type === undefined || event.audience.length === 0) return;
      const parsed = type.schema.safeParse(event.payload);
      if (!parsed.success) {
        onFault({ type: event.type, paths: parsed.error.issues.map((issue) => issue.path.join('.')) });
      }
      const payload = parsed.success ? parsed.data : event.payload;
      await insertFeedEvent(work.db, event, type.publicName, wireCodec(type.schema).encode(payload));
    },
  };
}
